"""How soon a slider of the skin is seen: what painting the skin anew takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from engine.bench.figure import Figure, timed
from engine.core.errors import EngineError
from engine.core.person import Person
from engine.render.egl import EglContext
from engine.render.levels import LEVELS
from engine.render.library import Library
from engine.render.paint import SkinPaint

_SIDES = {1024: "<= 30", 2048: ""}  # pixels, and the goal in milliseconds
_REPEATS = 11


def paint() -> Iterator[Figure]:
    """Painting a person's skin, with its mipmaps, in both sizes."""
    try:
        context = EglContext()
    except EngineError as error:
        yield Figure("skin.paint", None, "ms", "", str(error))
        return
    ada, turns = Person(), count()
    with context.current():
        library = Library(LEVELS["draft"])
        for side, goal in _SIDES.items():
            paint = SkinPaint(library, side)

            def again(paint: SkinPaint = paint) -> None:
                paint.paint(replace(ada, skin=replace(ada.skin, tone=next(turns) % 10 / 10)))
                paint.finish()

            yield from timed(f"skin.paint.{side}", again, goal, 1e-3, "ms", _REPEATS)
            paint.close()
        library.close()
    context.close()
