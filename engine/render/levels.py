"""How much is spent on a picture: four levels, and what a driver cannot do of them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.errors import InvalidInput
from engine.project.stage import Stage


@dataclass(frozen=True)
class Level:
    """What a picture is made of.

    Args:
        name: of the level.
        fine: the finer mesh.
        texture_side: of a person's skin, pixels.
        samples: per pixel, where the driver draws them at no great cost.
        passes: pictures that are drawn and averaged, each from a little beside the last.
        shadow_px: side of the key lamp's shadow map; 0 for none.
        taps: looked up in it for one point.
        strands: share of the hairs that are drawn.
    """

    name: str
    fine: bool
    texture_side: int
    samples: int
    passes: int
    shadow_px: int
    taps: int
    strands: float


LEVELS: dict[str, Level] = {
    level.name: level
    for level in (
        Level("draft", fine=False, texture_side=1024, samples=1, passes=1, shadow_px=0, taps=0, strands=0.5),
        Level("standard", fine=True, texture_side=1024, samples=4, passes=1, shadow_px=1024, taps=4, strands=0.75),
        Level("high", fine=True, texture_side=2048, samples=1, passes=8, shadow_px=1024, taps=4, strands=1.0),
        Level("final", fine=True, texture_side=2048, samples=1, passes=32, shadow_px=2048, taps=4, strands=1.0),
    )
}


def level_of(name: str | Level) -> Level:
    """A level by its name.

    Raises:
        InvalidInput: no such level.
    """
    if isinstance(name, Level):
        return name
    if name not in LEVELS:
        raise InvalidInput(f"the level {name!r} is not known", "use one of " + ", ".join(LEVELS))
    return LEVELS[name]


def lower(level: Level) -> Level | None:
    """The next level down; None below the lowest."""
    names = list(LEVELS)
    at = names.index(level.name)
    return LEVELS[names[at - 1]] if at else None


def shortfalls(level: str | Level, stage: Stage) -> tuple[str, ...]:
    """What a stage asks for and a level does not draw, in words for a person.

    Raises:
        InvalidInput: no such level.
    """
    if stage.lens.depth_of_field and level_of(level).passes == 1:
        return (f"depth of field is drawn from the level high up, not at {level_of(level).name}",)
    return ()
