"""`vivavoce bench`: every figure, one line each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from engine.bench import accuracy, capture, ears, emotion, encoder, endurance, people, pictures, skin, speed, stage, voices
from engine.bench.figure import Figure, device
from engine.core.errors import InvalidInput

FIGURES: dict[str, Callable[[], Iterator[Figure]]] = {
    "lips": accuracy.lips,
    "boundaries": accuracy.boundaries,
    "encoder": encoder.encoder,
    "ears": ears.ears,
    "emotion": emotion.emotion,
    "voices": voices.figures,
    "articulators": accuracy.articulators,
    "silence": accuracy.silence,
    "head": speed.head,
    "frames": speed.frames,
    "pictures": pictures.levels,
    "picture_cost": pictures.cost,
    "person": pictures.changes,
    "skin": skin.paint,
    "animate": speed.animate,
    "film": speed.film,
    "film_levels": speed.film_levels,
    "window": speed.window,
    "memory": speed.memory,
    "stage": stage.figures,
    "kills": endurance.kills,
    "undo": endurance.undo,
    "people": people.people,
    "capture": capture.figures,
    "capture_window": speed.capture_window,
    "editor": speed.editor,
    "people_panel": speed.people_panel,
}


def main(names: Sequence[str], as_json: bool = False) -> int:
    """Measure and print the figures `names`, or all.

    Returns:
        Exit status 0; a missed goal is said, not an error.

    Raises:
        InvalidInput: no such figure.
    """
    for name in names:
        if name not in FIGURES:
            raise InvalidInput(f"no figures are called {name!r}", "use some of " + ", ".join(FIGURES))
    if not as_json:
        sys.stdout.write(f"on {device()}\n")
    for name in names or FIGURES:
        for figure in FIGURES[name]():
            sys.stdout.write((figure.record() if as_json else figure.row()) + "\n")
            sys.stdout.flush()
    return 0
