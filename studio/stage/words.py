"""Words of the stage's tables, marked for the translator, and what its steps are called in the history."""

from __future__ import annotations

from studio.panels.words import QT_TRANSLATE_NOOP

LIGHTS: dict[str, str] = {
    "studio": QT_TRANSLATE_NOOP("Light", "Studio"), "window": QT_TRANSLATE_NOOP("Light", "Window"), "night": QT_TRANSLATE_NOOP("Light", "Night"),
    "stage": QT_TRANSLATE_NOOP("Light", "Stage"), "overcast": QT_TRANSLATE_NOOP("Light", "Overcast"), "sunset": QT_TRANSLATE_NOOP("Light", "Sunset"),
}  # fmt: skip
TONES: dict[str, str] = {
    "filmic": QT_TRANSLATE_NOOP("Tone", "Filmic"), "neutral": QT_TRANSLATE_NOOP("Tone", "Neutral"), "punchy": QT_TRANSLATE_NOOP("Tone", "Punchy"),
}  # fmt: skip
BACKGROUNDS: dict[str, str] = {
    "gradient": QT_TRANSLATE_NOOP("Background", "Gradient"), "colour": QT_TRANSLATE_NOOP("Background", "Colour"),
    "picture": QT_TRANSLATE_NOOP("Background", "Picture"), "surroundings": QT_TRANSLATE_NOOP("Background", "Surroundings"),
    "transparent": QT_TRANSLATE_NOOP("Background", "Transparent"),
}  # fmt: skip
# The camera's numbers: name, what it does.
CAMERA: dict[str, tuple[str, str]] = {
    "yaw": (QT_TRANSLATE_NOOP("Camera", "Orbit"), QT_TRANSLATE_NOOP("Camera", "Round the head, towards the character's left")),
    "pitch": (QT_TRANSLATE_NOOP("Camera", "Elevation"), QT_TRANSLATE_NOOP("Camera", "From above, or from below")),
    "roll": (QT_TRANSLATE_NOOP("Camera", "Roll"), QT_TRANSLATE_NOOP("Camera", "Tilts the picture: its top goes to the right")),
    "distance": (QT_TRANSLATE_NOOP("Camera", "Distance"), QT_TRANSLATE_NOOP("Camera", "From the point that is looked at")),
    "right": (QT_TRANSLATE_NOOP("Camera", "Right"), QT_TRANSLATE_NOOP("Camera", "The point that is looked at, to the picture's right")),
    "up": (QT_TRANSLATE_NOOP("Camera", "Up"), QT_TRANSLATE_NOOP("Camera", "The point that is looked at, upwards")),
    "focal": (QT_TRANSLATE_NOOP("Camera", "Focal length"), QT_TRANSLATE_NOOP("Camera", "Of a lens on 24 × 36 mm film: longer comes closer and flattens")),
}  # fmt: skip
GUIDES: dict[str, tuple[str, str]] = {
    "frame": (QT_TRANSLATE_NOOP("Guides", "Picture's &Frame"), QT_TRANSLATE_NOOP("Guides", "Show through the camera just what is exported")),
    "action": (QT_TRANSLATE_NOOP("Guides", "&Action Safe"), QT_TRANSLATE_NOOP("Guides", "93 % of the picture: what moves should stay inside")),
    "title": (QT_TRANSLATE_NOOP("Guides", "&Title Safe"), QT_TRANSLATE_NOOP("Guides", "90 % of the picture: words should stay inside")),
    "thirds": (QT_TRANSLATE_NOOP("Guides", "T&hirds"), QT_TRANSLATE_NOOP("Guides", "Lines at thirds of the picture")),
    "centre": (QT_TRANSLATE_NOOP("Guides", "&Centre"), QT_TRANSLATE_NOOP("Guides", "A cross in the picture's middle")),
}  # fmt: skip
ARRANGEMENTS: dict[str, tuple[str, str]] = {
    "alone": (QT_TRANSLATE_NOOP("Arrange", "Alone"), QT_TRANSLATE_NOOP("Arrange", "The one chosen in the middle, the others out of the picture")),
    "facing": (QT_TRANSLATE_NOOP("Arrange", "Facing"), QT_TRANSLATE_NOOP("Arrange", "Two who look at each other; others behind them")),
    "beside": (QT_TRANSLATE_NOOP("Arrange", "Side by side"), QT_TRANSLATE_NOOP("Arrange", "Beside each other, turned a little inwards")),
    "row": (QT_TRANSLATE_NOOP("Arrange", "Row"), QT_TRANSLATE_NOOP("Arrange", "In a row, looking ahead")),
}  # fmt: skip
# What a change is of, as in "Change exposure"; by the field of the part of the stage it is in.
WHAT: dict[tuple[str, str], str] = {
    ("lighting", "preset"): "light", ("lighting", "exposure"): "exposure", ("lighting", "key"): "key light", ("lighting", "fill"): "fill light",
    ("lighting", "rim"): "rim light", ("lighting", "surroundings"): "light around", ("lighting", "turn"): "turn of the light",
    ("lighting", "softness"): "softness of the light", ("lighting", "warmth"): "warmth of the light", ("lighting", "follows"): "following light",
    ("lighting", "tone"): "tone", ("lighting", "contrast"): "contrast", ("lighting", "saturation"): "saturation",
    ("background", "kind"): "background", ("background", "colour"): "background colour", ("background", "edge"): "colour of the edge",
    ("background", "picture"): "background picture", ("background", "blur"): "background blur", ("lens", "depth_of_field"): "depth of field",
    ("lens", "f_number"): "f-number", ("lens", "focus"): "focus",
}  # fmt: skip
ARRANGE = "Arrange characters"
# Titles of steps, collected by `studio.comfort.steps`.
STEPS: tuple[str, ...] = (
    *(f"Change {what}" for what in WHAT.values()),
    "Change camera",
    "Frame",
    "Change camera key",
    "Change camera keys",
    "Move camera",
    ARRANGE,
)
