"""Where the characters stand and how they are filmed: light, background, lens and camera.

Angles are degrees, lengths metres, colours sRGB from 0 to 1. The camera's numbers can be keyed over the scene's time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

from engine.core.curves import Curve
from engine.core.errors import InvalidInput
from engine.core.person import Colour, check_colour, check_share

LIGHTS: tuple[str, ...] = ("studio", "window", "night", "stage", "overcast", "sunset")
TONES: tuple[str, ...] = ("filmic", "neutral", "punchy")
BACKGROUNDS: tuple[str, ...] = ("gradient", "colour", "picture", "surroundings", "transparent")
CAMERA_TRACK = "camera/"  # before the name of a number of the camera, as an address of its curve
EYES = "eyes"  # the lens is focused on the eyes of who is nearest

# Of the camera: least, most.
SHOT_LIMITS: dict[str, tuple[float, float]] = {
    "yaw": (-180.0, 180.0), "pitch": (-85.0, 85.0), "roll": (-90.0, 90.0), "distance": (0.12, 8.0),
    "right": (-1.0, 1.0), "up": (-1.0, 1.0), "focal": (14.0, 300.0),
}  # fmt: skip


def _check_known(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InvalidInput(f"the {what} {value!r} is not known", "use one of " + ", ".join(known))


@dataclass(frozen=True)
class Placement:
    """Where a character stands: metres to the picture's right, up and towards the camera from the middle, and how far they are turned.

    Args:
        x: metres towards the left hand of who faces the camera, which is the picture's right.
        y: metres up.
        z: metres towards the camera.
        turn: degrees about the vertical, positive towards the character's left.
    """

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    turn: float = 0.0

    def __post_init__(self) -> None:
        for name in ("x", "y", "z"):
            check_share("placement", name, getattr(self, name), -3.0, 3.0)
        check_share("placement", "turn", self.turn, -180.0, 180.0)


@dataclass(frozen=True)
class Shot:
    """From where the picture is taken, about a point between the eyes and the mouth.

    Args:
        yaw: degrees round the head, positive towards its left.
        pitch: degrees, positive from above.
        roll: degrees, positive turns the picture's top to its right.
        distance: metres from the target.
        right: metres the target is shifted to the picture's right.
        up: metres it is shifted up.
        focal: millimetres of a lens on 24 x 36 mm film.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    distance: float = 1.05
    right: float = 0.0
    up: float = 0.0
    focal: float = 70.0

    def __post_init__(self) -> None:
        for name, (low, high) in SHOT_LIMITS.items():
            check_share("camera", name, getattr(self, name), low, high)


@dataclass(frozen=True)
class Lighting:
    """The light.

    Args:
        preset: what surrounds the scene and which lamps there are.
        exposure: stops.
        key: factor on the main lamp, 0 to 3.
        fill: factor on the lamp that lightens its shadows, 0 to 3.
        rim: factor on the lamp from behind, 0 to 3.
        surroundings: factor on the light from everywhere, 0 to 3.
        turn: degrees all of it is turned about the vertical.
        softness: size of the lamps, 0 sharp to 1 soft shadows.
        warmth: colour of the lamps, -1 cooler to 1 warmer.
        tone: how light becomes a picture.
        contrast: 0.5 as the tone says.
        saturation: 0.5 as it is.
        follows: share of the camera's yaw that the lamps turn along with it, so that a profile is lit as well as the front.
    """

    preset: str = "studio"
    exposure: float = 0.0
    key: float = 1.0
    fill: float = 1.0
    rim: float = 1.0
    surroundings: float = 1.0
    turn: float = 0.0
    softness: float = 0.5
    warmth: float = 0.0
    tone: str = "filmic"
    contrast: float = 0.5
    saturation: float = 0.5
    follows: float = 0.6

    def __post_init__(self) -> None:
        _check_known("light", self.preset, LIGHTS)
        _check_known("tone", self.tone, TONES)
        check_share("light", "exposure", self.exposure, -5.0, 5.0)
        for name in ("key", "fill", "rim", "surroundings"):
            check_share("light", name, getattr(self, name), 0.0, 3.0)
        check_share("light", "turn", self.turn, -180.0, 180.0)
        check_share("light", "warmth", self.warmth, -1.0, 1.0)
        for name in ("softness", "contrast", "saturation", "follows"):
            check_share("light", name, getattr(self, name))


@dataclass(frozen=True)
class Picture:
    """A picture file: where it is, and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Background:
    """What is behind the characters.

    Args:
        kind: what it shows.
        colour: of the background; of the middle of a gradient.
        edge: of a gradient at the picture's edge.
        picture: for the kind `picture`; fills the frame, what does not fit is cut off.
        blur: of picture or surroundings, 0 to 1.
    """

    kind: str = "gradient"
    colour: Colour = (0.46, 0.47, 0.48)
    edge: Colour = (0.17, 0.18, 0.20)
    picture: Picture | None = None
    blur: float = 0.3

    def __post_init__(self) -> None:
        _check_known("background", self.kind, BACKGROUNDS)
        check_colour("background", "colour", self.colour)
        check_colour("background", "edge", self.edge)
        check_share("background", "blur", self.blur)
        if self.kind == "picture" and self.picture is None:
            raise InvalidInput("the background shows a picture and there is none", "choose a picture file, or another kind of background")


@dataclass(frozen=True)
class Lens:
    """How sharp the picture is.

    Args:
        depth_of_field: True to blur what is out of focus.
        f_number: smaller blurs more.
        focus: metres from the camera; None for the eyes of the nearest character.
    """

    depth_of_field: bool = False
    f_number: float = 2.8
    focus: float | None = None

    def __post_init__(self) -> None:
        check_share("lens", "f_number", self.f_number, 0.7, 32.0)
        if self.focus is not None:
            check_share("lens", "focus", self.focus, 0.1, 12.0)


@dataclass(frozen=True)
class Stage:
    """All of it.

    Args:
        lighting: the light.
        background: what is behind.
        lens: how sharp.
        shot: the camera where nothing is keyed.
        camera: keys of the camera over the scene's time, by the name of the field of `Shot`; an empty curve counts as none.
    """

    lighting: Lighting = Lighting()
    background: Background = Background()
    lens: Lens = Lens()
    shot: Shot = Shot()
    camera: dict[str, Curve] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, curve in self.camera.items():
            if name not in SHOT_LIMITS:
                raise InvalidInput(f"the camera has no {name!r} to key", "use one of " + ", ".join(SHOT_LIMITS))
            for key in curve.keys:
                check_share("camera", name, key.value, *SHOT_LIMITS[name])

    @property
    def moving(self) -> bool:
        """True if the camera has keys."""
        return any(curve.keys for curve in self.camera.values())

    def shot_at(self, time_s: float) -> Shot:
        """The camera at a time of the scene, seconds."""
        keyed = {name: float(curve.evaluate(time_s)) for name, curve in self.camera.items() if curve.keys}
        keyed = {name: min(max(value, SHOT_LIMITS[name][0]), SHOT_LIMITS[name][1]) for name, value in keyed.items()}
        return replace(self.shot, **keyed) if keyed else self.shot


def shot_fields() -> tuple[str, ...]:
    """Names of what can be keyed, in the order of the panel."""
    return tuple(f.name for f in fields(Shot))
