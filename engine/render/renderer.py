"""The one renderer: draws the members of a picture into whatever GL context and framebuffer are current."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.errors import InvalidInput
from engine.core.person import Person
from engine.project.stage import Lighting
from engine.render.actor import Actor, Member, Prepared, View, prepare
from engine.render.camera import Camera
from engine.render.frame import Frame
from engine.render.gl import Texture, Triangles, bound_framebuffer, check, leave
from engine.render.ground import Ground, Rgb
from engine.render.levels import LEVELS, Level
from engine.render.library import Library
from engine.render.lighting import LightUniforms, atlas, lamps, light_turn, mirror_key
from engine.render.parts import PARTS
from engine.render.parts.base import Body, Common, Part, Shared
from engine.render.sampling import CENTRE, Jitter
from engine.render.shadow import ShadowMap, around

MIRROR_UNIT, SHADOW_UNIT = 7, 6  # texture units; parts use those below
_NEAREST_FOCUS_M = 0.05
MOST_ATTRIBUTES = 8  # that any part feeds
_STEPS_BLUR = 3.6
_CHANGED = 2  # parts made anew that are still better than a new character
_KEPT = 6  # characters whose GL resources are kept though they are not in the picture


class Puppet:
    """All GL resources of one character.

    Args:
        actor: whose.
        level: how finely.
        library: what it shares with the others.
    """

    def __init__(self, actor: Actor, level: Level, library: Library) -> None:
        self.actor, self.level = actor, level
        self._body = Body(actor, level)
        self._shared = Shared(library, self._body)
        self.parts: list[Part] = [part(actor, level, self._shared) for part in PARTS]
        self._loaded: Frame | None = None

    def become(self, actor: Actor) -> None:
        """Draw another actor from now on, and keep what both have in common."""
        self._body.update(actor, self.level)
        for k, part in enumerate(self.parts):
            if not part.update(actor):
                self.parts[k] = type(part)(actor, self.level, self._shared)
                part.close()
        self.actor = actor

    def fits(self, actor: Actor) -> int:
        """How many parts need not be made anew for another actor."""
        return sum(part.needs(actor, self.level) == part.made_for for part in self.parts)

    def load(self, frame: Frame) -> None:
        """Hand over the buffers of a frame."""
        if "body" in frame.buffers:
            self._body.load(frame.buffers["body"])

    def close(self) -> None:
        """Give everything back."""
        for part in self.parts:
            part.close()
        self._body.close()


def begin(size: tuple[int, int]) -> None:
    """The state that drawing begins with: nothing on, no depth."""
    gl.glViewport(0, 0, *size)
    for switch in (gl.GL_SCISSOR_TEST, gl.GL_CULL_FACE, gl.GL_BLEND, gl.GL_DEPTH_TEST, gl.GL_STENCIL_TEST):
        gl.glDisable(switch)
    gl.glColorMask(True, True, True, True)
    gl.glDepthMask(True)
    gl.glClear(gl.GL_DEPTH_BUFFER_BIT)
    gl.glDepthFunc(gl.GL_LESS)
    gl.glFrontFace(gl.GL_CCW)
    gl.glCullFace(gl.GL_BACK)


class LightMaps:
    """What the light needs of the graphics card: the picture of what is mirrored, and the shadow map.

    Args:
        level: says how large the shadow map is.

    Raises:
        GLError: the driver cannot make them.
    """

    def __init__(self, level: Level) -> None:
        lighting = Lighting()
        self._mirror = Texture(atlas(lighting), mipmaps=False)
        self._mirrors = mirror_key(lighting)
        self.shadow = ShadowMap(level.shadow_px) if level.shadow_px else None

    def take(self, lighting: Lighting) -> int:
        """Mirror these surroundings; the texture unit they are bound to."""
        if mirror_key(lighting) != self._mirrors:
            self._mirror.update(atlas(lighting))
            self._mirrors = mirror_key(lighting)
        return self._mirror.bind(MIRROR_UNIT)

    @property
    def texture_bytes(self) -> int:
        """Memory of both."""
        return self._mirror.nbytes + (self.shadow.nbytes if self.shadow is not None else 0)

    def close(self) -> None:
        """Give the GL resources back."""
        self._mirror.close()
        if self.shadow is not None:
            self.shadow.close()


@dataclass
class _Light:
    """The light of one pass: directions in the scene, the unit of what is mirrored, uniforms in the scene's space, and the shadow map's matrix."""

    towards: NDArray[np.float32]
    mirror: int
    scene: dict[str, Any]
    matrix: NDArray[np.float32] | None = None
    blur: float = 0.0
    spin: float = 0.0


def placed(member: Member) -> NDArray[np.float32]:
    """A character's own space to the scene's, float32 [4, 4]."""
    out = np.eye(4, dtype=np.float32)
    out[:3, :3], out[:3, 3] = member.turned, member.at
    return out


def focus_m(picture: Prepared) -> float:
    """How far from the camera the picture is sharp: as the lens says, or at the eyes of who is nearest."""
    camera, lens = picture.view.camera, picture.view.stage.lens
    if lens.focus is not None:
        return lens.focus
    eyes = [member.turned @ frame.pose.offset + member.at for member, frame in picture.members]
    away = [float((camera.eye - at) @ camera.axes[2]) for at in eyes]
    ahead = [distance for distance in away if distance > _NEAREST_FOCUS_M]
    return min(ahead, default=max(camera.distance_m, _NEAREST_FOCUS_M))


class Renderer:
    """Draws characters. Made, used and closed while its GL context is current; shares nothing with other contexts.

    Args:
        level: how finely.

    Raises:
        GLError: the driver refused a shader or a buffer.
    """

    def __init__(self, level: Level = LEVELS["standard"]) -> None:
        self.level = level
        self._library = Library(level)
        self._ground = Ground()
        self._maps = LightMaps(level)
        self._pictures = 0
        self._puppets: dict[tuple[Actor, int], Puppet] = {}  # by actor and how often they were in the picture before; the last used last
        self._puppet(Actor.of(Person()), 0, set())
        check("making the renderer")

    def prepare(self, members: Sequence[Member] | NDArray[np.float32], view: View | Camera) -> Prepared:
        """All of a picture that needs no GL; may run on another thread.

        Args:
            members: who; or posed vertices of Ada, float32 [V, 3] metres.
            view: from where.

        Raises:
            InvalidInput: vertices that are not the actor's.
        """
        return prepare(members_of(members), view_of(view), self.level)

    def draw(self, members: Sequence[Member] | NDArray[np.float32], view: View | Camera, size: tuple[int, int]) -> None:
        """Draw a picture into the current framebuffer, its lower left corner at 0, 0; arguments and errors as `prepare`'s."""
        self.draw_prepared(self.prepare(members, view), size)
        # Opaque: a window's compositor would look through what alpha is used for here.
        gl.glColorMask(False, False, False, True)
        gl.glClearColor(0.0, 0.0, 0.0, 1.0)
        gl.glClear(gl.GL_COLOR_BUFFER_BIT)
        gl.glColorMask(True, True, True, True)

    def draw_prepared(self, picture: Prepared, size: tuple[int, int], jitter: Jitter = CENTRE, plain: Rgb | None = None) -> None:
        """As `draw`, of what `prepare` gave; alpha holds the kind of thing each pixel shows (`edges.smooth_edges`).

        Args:
            picture: what.
            size: width and height in pixels.
            jitter: which pass of it.
            plain: a colour to stand in for a transparent background.

        Raises:
            InvalidInput: the background's picture cannot be read.
        """
        shown = self._shown(picture)
        for puppet, (_, frame) in zip(shown, picture.members, strict=True):
            puppet.load(frame)
        light = self._light(picture, shown, jitter)
        begin(size)
        self._ground.draw(picture.view, size, {**light.scene, "around_picture": MIRROR_UNIT}, plain)
        leave(MOST_ATTRIBUTES)
        self._pictures += 1
        gl.glEnable(gl.GL_DEPTH_TEST)
        gl.glBlendFuncSeparate(gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA, gl.GL_SRC_ALPHA, gl.GL_ONE_MINUS_SRC_ALPHA)
        gl.glEnable(gl.GL_CULL_FACE)
        self._draw_members(picture, shown, size, jitter, light)
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDisable(gl.GL_BLEND)
        leave(MOST_ATTRIBUTES)

    def _light(self, picture: Prepared, shown: list[Puppet], jitter: Jitter) -> _Light:
        """The lamps as this pass has them, and the shadow map drawn for it."""
        lighting = picture.view.stage.lighting
        key = lamps(lighting)[0]
        towards = picture.lights.copy()
        towards[0] = around(towards[0], jitter.lamp, key.radius)
        light = _Light(towards, self._maps.take(lighting), LightUniforms(lighting, math.radians(lighting.turn)).of(towards))
        shadow = self._maps.shadow
        if shadow is None or not picture.members:
            return light
        before = bound_framebuffer()
        light.spin = jitter.turn
        light.matrix = shadow.matrix(picture, towards[0])
        # What few places on the lamp leave as steps is blurred over.
        light.blur = key.radius * (1.0 if jitter is CENTRE else min(1.6, _STEPS_BLUR / math.sqrt(self.level.passes)))
        shadow.begin()
        for puppet, (member, frame) in zip(shown, picture.members, strict=True):
            common = Common(
                {"transform": light.matrix @ placed(member), "lift": 0.0, "eye": towards[0] @ member.turned * 10.0},
                np.eye(3, dtype=np.float32),
                (shadow.side,) * 2,
            )
            for part in puppet.parts:
                if part.casts:
                    part.cast(frame, common)
                    leave(MOST_ATTRIBUTES)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, before)
        return light

    def _draw_members(self, picture: Prepared, shown: list[Puppet], size: tuple[int, int], jitter: Jitter, light: _Light) -> None:
        eye = picture.view.camera.eye
        sight = self._sight(picture, size, jitter)
        cast = [
            (puppet, frame, self._common(member, frame, picture, sight, light, size)) for puppet, (member, frame) in zip(shown, picture.members, strict=True)
        ]
        far_first = sorted(range(len(cast)), key=lambda k: -float(np.linalg.norm(picture.members[k][0].at - eye)))
        for blended, order in ((False, far_first[::-1]), (True, far_first)):
            if blended:
                gl.glEnable(gl.GL_BLEND)
            for k in order:
                puppet, frame, common = cast[k]
                for part in puppet.parts:
                    if part.blended == blended:
                        part.draw(frame, common)
                        leave(MOST_ATTRIBUTES)

    @staticmethod
    def _sight(picture: Prepared, size: tuple[int, int], jitter: Jitter) -> NDArray[np.float32]:
        """Scene to clip space as this pass has it, float32 [4, 4]."""
        camera, lens = picture.view.camera, picture.view.stage.lens
        view = camera.view()
        if lens.depth_of_field and jitter.lens != (0.0, 0.0):
            focus, radius = focus_m(picture), camera.focal_mm / 1000 / lens.f_number / 2
            moved = np.eye(4, dtype=np.float32)
            for k in (0, 1):  # the camera on another place of the lens, and what is in focus where it was
                moved[k, 2], moved[k, 3] = -radius * jitter.lens[k] / focus, -radius * jitter.lens[k]
            view = moved @ view
        shift = np.eye(4, dtype=np.float32)
        shift[0, 3], shift[1, 3] = 2 * jitter.pixel[0] / size[0], 2 * jitter.pixel[1] / size[1]
        return np.asarray(shift @ camera.projection(size[0] / size[1]) @ view, np.float32)

    def _common(self, member: Member, frame: Frame, picture: Prepared, sight: NDArray[np.float32], light: _Light, size: tuple[int, int]) -> Common:
        camera, turned, place = picture.view.camera, member.turned, placed(member)
        lighting = picture.view.stage.lighting
        turn = light_turn(camera, lighting) - math.radians(member.placement.turn)
        uniforms: dict[str, Any] = {
            **LightUniforms(lighting, turn).of(light.towards @ turned),
            "around_picture": light.mirror,
            "transform": sight @ place,
            "eye": (camera.eye - member.at) @ turned,
            "lift": 0.0,
            "up": frame.pose.head[:, 1],
            "head": frame.pose.head,
            "pixel": 2 * math.tan(camera.fov_rad / 2) / size[1],
        }
        if light.matrix is not None and self._maps.shadow is not None:
            uniforms |= self._maps.shadow.uniforms(light.matrix @ place, light.blur, light.spin, SHADOW_UNIT)
        return Common(uniforms, camera.axes @ turned, size)

    # Who is there.

    def _shown(self, picture: Prepared) -> list[Puppet]:
        """A puppet for each member."""
        wanted, seen = [], dict[Actor, int]()
        for member, _ in picture.members:
            turn = seen.get(member.actor, 0)
            seen[member.actor] = turn + 1
            wanted.append((member.actor, turn))
        return [self._puppet(actor, turn, set(wanted)) for actor, turn in wanted]

    def _puppet(self, actor: Actor, turn: int, wanted: set[tuple[Actor, int]]) -> Puppet:
        key = (actor, turn)
        found = self._puppets.pop(key, None)
        if found is None:
            idle = [k for k in self._puppets if k not in wanted]
            near = max(idle, key=lambda k: self._puppets[k].fits(actor), default=None)
            # One slider further, nearly all stays: better to change what is there than to make anew.
            if near is not None and self._puppets[near].fits(actor) >= len(PARTS) - _CHANGED:
                found = self._puppets.pop(near)
            elif len(idle) >= _KEPT:
                found = self._puppets.pop(idle[0])
            if found is not None:
                found.become(actor)
            else:
                found = Puppet(actor, self.level, self._library)
        self._puppets[key] = found
        return found

    @property
    def calls(self) -> int:
        """Draw calls up to now, the background's and the shadow map's among them."""
        return self._pictures + Triangles.calls

    @property
    def triangles(self) -> int:
        """Of all characters that are kept."""
        return sum(part.triangles for puppet in self._puppets.values() for part in puppet.parts)

    @property
    def texture_bytes(self) -> int:
        """Memory of all textures."""
        return (
            self._library.texture_bytes
            + self._maps.texture_bytes
            + self._ground.texture_bytes
            + sum(part.texture_bytes for puppet in self._puppets.values() for part in puppet.parts)
        )

    def close(self) -> None:
        """Give the GL resources back; the context must be current."""
        owned: list[Any] = [*self._puppets.values(), self._library, self._ground, self._maps]
        for resource in owned:
            resource.close()
        self._puppets = {}


def members_of(what: Sequence[Member] | NDArray[np.float32]) -> tuple[Member, ...]:
    """Members as they are; posed vertices [V, 3] as Ada.

    Raises:
        InvalidInput: neither.
    """
    if isinstance(what, np.ndarray):
        return (Member(Actor.of(Person()), vertices=what),)
    members = tuple(what)
    if not all(isinstance(member, Member) for member in members):
        raise InvalidInput("what is drawn must be members", "give a sequence of engine.render.actor.Member")
    return members


def view_of(where: View | Camera) -> View:
    """A view as it is; a camera with the usual stage."""
    return where if isinstance(where, View) else View(where)
