"""What a graphics driver can do, and which level it is good for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vispy.gloo.gl import gl2 as gl

from engine.render.gl import DepthTarget, GLError, describe
from engine.render.levels import Level

_SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "swrast", "swr", "gdi generic", "software", "microsoft basic render")
_MAX_TEXTURE_IMAGE_UNITS, _MAX_VARYING_FLOATS, _MAX_TEXTURE_SIZE = 0x8872, 0x8B4B, 0x0D33
UNITS = 8  # texture units that the shaders use
_VARYINGS = 32  # floats between vertex and fragment
_PROBE_PX = 16
_QUICKLY_PAINTED = 512  # pixels


@dataclass(frozen=True)
class Abilities:
    """Of the driver behind the current GL context.

    Args:
        name: version and renderer.
        texture_side: largest picture, pixels.
        units: texture units in a fragment shader.
        varyings: floats between vertex and fragment shader.
        depth_textures: depth can be drawn into a texture and looked up.
    """

    name: str
    texture_side: int
    units: int
    varyings: int
    depth_textures: bool

    @property
    def software(self) -> bool:
        """It draws on the processor."""
        return any(name in self.name.lower() for name in _SOFTWARE)


def measured() -> Abilities:
    """Of the current context."""
    ask = lambda name: int(gl.glGetParameter(name))  # noqa: E731
    try:
        DepthTarget(_PROBE_PX).close()
        depth = True
    except (GLError, RuntimeError):  # refused, or no such call
        depth = False
    found = Abilities(describe(), ask(_MAX_TEXTURE_SIZE), ask(_MAX_TEXTURE_IMAGE_UNITS), ask(_MAX_VARYING_FLOATS), depth)
    gl.glGetError()  # an old driver does not know every name
    return found


def fitting(level: Level, able: Abilities) -> tuple[Level, tuple[str, ...]]:
    """The level as a driver can draw it, and what is less than was asked for, in words for a person.

    In software the level standard goes without the shadow map, which is how the level is meant there, and the draft has skin that is painted
    quickly enough to follow a slider: as fine as the pixels of so small a picture all the same.
    """
    notices = []
    if able.software and level.name == "standard":
        level = replace(level, shadow_px=0)  # which would take a third of the frame: what is baked must do
    if able.software and level.name == "draft":
        level = replace(level, texture_side=min(level.texture_side, _QUICKLY_PAINTED))
    if able.units < UNITS or able.varyings < _VARYINGS:
        notices.append(f"this graphics driver has too few texture units or varyings for soft shadows ({able.units}, {able.varyings}); they are left out")
        level = replace(level, shadow_px=0)
    elif level.shadow_px and not able.depth_textures:
        notices.append("this graphics driver cannot draw into depth textures; hair and clothes cast no shadows")
        level = replace(level, shadow_px=0)
    side = max(64, able.texture_side)
    if level.texture_side > side or level.shadow_px > side:
        notices.append(f"this graphics driver holds pictures of at most {side} pixels; the skin is less fine")
        level = replace(level, texture_side=min(level.texture_side, side), shadow_px=min(level.shadow_px, side))
    return level, tuple(notices)
