"""What `vivavoce bench people_panel` says: `python -m studio.measure_people` prints one figure a line, as JSON.

Measured in a new user's window: from a slider's step to the picture that shows it, and from a click in the gallery to
the picture of somebody else; how long the window's thread is busy meanwhile.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from studio.launch import display_trouble
from studio.measure_editor import figure, until

if TYPE_CHECKING:
    from engine.core.person import Person
    from studio.people.looks import Looks
    from studio.window import MainWindow

STEPS, SWITCHES = 40, 12
_PATIENCE_S = 120.0
_REST_S = 1.0  # between two switches: the picture at rest is drawn in full meanwhile
SLIDERS = (("shape", "Nose", "shape/nose-hump"), ("age", "Person", "shape/age"), ("skin", "Skin", "skin/tone"), ("hair", "Hair", "hair/grey"))


def main() -> int:
    """Print the figures; the exit status."""
    if display_trouble() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from studio.app import SWITCH_S, make_application

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VIVAVOCE_CACHE": folder, "VIVAVOCE_CONFIG": folder, "XDG_CONFIG_HOME": folder}  # a new user's window
        app = make_application()
        sys.setswitchinterval(SWITCH_S)
        from studio.window import MainWindow

        window = MainWindow([], True)
        window.show()
        painted: list[bool] = []
        window.viewport.painted.connect(lambda: painted.append(True))
        until(lambda: bool(painted) and bool(window.viewport.drawn_with), _PATIENCE_S)
        drawn: list[tuple[float, Person]] = []
        window.viewport.presenting.painted.connect(lambda request: drawn.append((time.perf_counter(), request.person)))
        for row in (*sliders(window, drawn), *switches(window, drawn)):
            sys.stdout.write(json.dumps(row) + "\n")
            sys.stdout.flush()
        window.files.ask_unsaved = lambda: "discard"
        window.close()
        app.processEvents()
    return 0


def _timed(looks: Looks, do: Callable[[], object], drawn: list[tuple[float, Person]]) -> tuple[float, float]:
    """Milliseconds until a picture of the person as it is then is on screen, and those of them that the call itself took."""
    drawn.clear()
    began = time.perf_counter()
    do()
    busy_ms = (time.perf_counter() - began) * 1000.0
    person = looks.person
    until(lambda: any(p == person for _, p in drawn), _PATIENCE_S)
    return (next((t for t, p in drawn if p == person), time.perf_counter()) - began) * 1000.0, busy_ms


def sliders(window: MainWindow, drawn: list[tuple[float, Person]]) -> Iterator[dict[str, object]]:
    """A slider's step to its picture, while it is dragged."""
    looks = window.people_panel.looks
    for name, section, address in SLIDERS:
        until(lambda: False, 1.0)
        looks.begin()
        found = [_timed(looks, lambda i=i: looks.put(section, {address: round(0.1 + 0.02 * i, 3)}), drawn) for i in range(STEPS)]  # type: ignore[misc]  # noqa: B023
        looks.end()
        ms, busy = sorted(f[0] for f in found[2:]), max(f[1] for f in found)
        note = f"median of {len(ms)} steps of a drag; p95 {ms[int(0.95 * len(ms))]:.0f}, worst {ms[-1]:.0f}; window's thread busy at most {busy:.0f} ms"
        yield figure(f"people.slider.{name}", round(statistics.median(ms), 1), "ms", "< 50", f"{note}; {window.viewport.drawn_with}")


def switches(window: MainWindow, drawn: list[tuple[float, Person]]) -> Iterator[dict[str, object]]:
    """Somebody else put on, never seen before and seen before."""
    from engine.avatars.chance import random_person

    looks = window.people_panel.looks
    people = [random_person(100 + i) for i in range(SWITCHES)]
    for name in ("cold", "warm"):
        ms = []
        for person in people:
            until(lambda: False, _REST_S)
            ms.append(_timed(looks, lambda p=person: looks.become(p, "Choose person"), drawn)[0])  # type: ignore[misc]
        note = f"median of {len(ms)} people {'never seen before' if name == 'cold' else 'seen before'}; worst {max(ms):.0f}"
        yield figure(f"people.switch.{name}", round(statistics.median(ms), 1), "ms", "< 300", f"{note}; {window.viewport.drawn_with}")


if __name__ == "__main__":
    sys.exit(main())
