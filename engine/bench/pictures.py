"""Pictures: frames a second at every level, what a picture costs the graphics card, and how soon another person is seen."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from engine.bench.figure import Figure
from engine.core.channels import CHANNELS, INDEX
from engine.core.person import Beard, Hair, Person, Skin
from engine.render.actor import Actor, Member, View
from engine.render.levels import LEVELS
from engine.render.offscreen import Offscreen, Role, render_frames

SIDE = 640  # of the viewport's picture
_FRAMES = {"draft": 100, "standard": 60, "high": 4, "final": 2}
_GOALS = {"draft": ">= 25", "standard": ">= 15"}
_ADA = Person()
_STEPS = 14
_OTHERS = (
    Person("Kofi", {"sex": 1.0, "african": 1.0, "age": 0.1}, Skin(tone=0.85), hair=Hair("short", colour=(0.05, 0.04, 0.04))),
    Person("Mei", {"asian": 1.0, "age": 0.4}, Skin(tone=0.25), hair=Hair("bob", colour=(0.06, 0.05, 0.05))),
    Person("Olaf", {"sex": 1.0, "age": 0.8}, Skin(tone=0.15, lines=0.7), hair=Hair("side", grey=0.8), beard=Beard("full")),
)


def talking(frames: int) -> np.ndarray:
    """Channel values float32 [T, 63] in which mouth, eyes and head move as in speech, 25 frames a second."""
    t = np.arange(frames, dtype=np.float32) / 25
    out = np.zeros((frames, len(CHANNELS)), np.float32)
    moves = {"jawOpen": 0.16 * (1 + np.sin(2 * np.pi * 3.1 * t)), "mouthFunnel": 0.2 * (1 + np.sin(2 * np.pi * 1.7 * t)), "headRotY": 0.15 * np.sin(t)}
    for name, values in moves.items():
        out[:, INDEX[name]] = values
    for side in ("Left", "Right"):
        out[:, INDEX[f"mouthSmile{side}"]] = 0.3
        out[:, INDEX[f"eyeBlink{side}"]] = np.sin(2 * np.pi * 0.3 * t) > 0.97
    return out


def levels() -> Iterator[Figure]:
    """Frames a second of somebody talking, posed, drawn and read back, at the size of the viewport."""
    for level in LEVELS:
        count, view = _FRAMES[level], View()
        frames = render_frames([Role(Actor.of(_ADA), talking(count + 2))], lambda frame, view=view: view, (SIDE, SIDE), level=level)  # type: ignore[misc]
        next(frames), next(frames)
        started = time.perf_counter()
        drawn = sum(1 for _ in frames)
        taken = time.perf_counter() - started
        note = f"{drawn} frames, {1000 * taken / drawn:.1f} ms each; {_driver()}"
        yield Figure(f"picture.{SIDE}.{level}", drawn / taken, "fps", _GOALS.get(level, ""), note)


def _driver() -> str:
    with Offscreen(64, 64, "draft") as offscreen:
        return offscreen.description


def cost() -> Iterator[Figure]:
    """What a picture of `high` at 1080p costs the graphics card, for whoever costs most of several; and how long one of `final` takes."""
    most = {"draw calls": 0.0, "thousand triangles": 0.0, "MB of textures": 0.0}
    who = dict.fromkeys(most, "")
    for person in (_ADA, *_OTHERS, *(replace(_ADA, name=style, hair=Hair(style)) for style in ("curly", "long"))):
        with Offscreen(1920, 1080, replace(LEVELS["high"], passes=1)) as offscreen:
            before = offscreen.renderer.calls
            offscreen.render([Member(Actor.of(person), talking(2)[1])], View())
            found = offscreen.renderer.calls - before, offscreen.renderer.triangles / 1000, offscreen.renderer.texture_bytes / 1e6
            for name, value in zip(most, found, strict=True):
                if value > most[name]:
                    most[name], who[name] = float(value), person.name
    for name, goal in zip(most, ("<= 60", "<= 150", "<= 128"), strict=True):
        yield Figure("picture.1080.high." + name.split()[-1], most[name], "", goal, f"{name}; {who[name]}")
    with Offscreen(1920, 1080, "final") as offscreen:
        prepared = offscreen.prepare([Member(Actor.of(_ADA), talking(2)[1])], View())
        offscreen.draw(prepared, stop=_after(2)).result()
        started = time.perf_counter()
        offscreen.render_prepared(prepared)
        yield Figure("picture.1080.final", time.perf_counter() - started, "s", "", f"one frame, {LEVELS['final'].passes} passes; {offscreen.description}")


def _after(passes: int) -> Callable[[], bool]:
    """Says True when it was asked so often."""
    left = iter(range(passes))
    return lambda: next(left, None) is None


def changes() -> Iterator[Figure]:
    """From a person who changed to the picture, at the level and size of the viewport while something moves: another person, and one slider."""
    rest = np.zeros(len(CHANNELS), np.float32)
    with Offscreen(SIDE, SIDE, "draft") as offscreen:

        def seconds(person: Person) -> float:
            started = time.perf_counter()
            offscreen.render([Member(Actor.of(person), rest)], View())
            return time.perf_counter() - started

        seconds(_ADA)
        cold = [seconds(person) for person in _OTHERS]
        yield Figure("person.switch", 1000 * max(cold), "ms", "< 300", f"slowest of {len(cold)}, each for the first time")
        warm = [seconds(person) for person in (_ADA, *_OTHERS)]
        yield Figure("person.switch_back", 1000 * max(warm), "ms", "< 300", "to somebody seen before")
        seconds(_ADA)
        slides = {
            "shape": [_ADA.with_axis("age", 0.02 * k) for k in range(1, _STEPS)],
            "skin": [replace(_ADA, skin=Skin(tone=0.3 + 0.02 * k)) for k in range(1, _STEPS)],
            "hair": [replace(_ADA, hair=Hair(colour=(0.2 + 0.02 * k, 0.13, 0.09))) for k in range(1, _STEPS)],
        }
        for name, steps in slides.items():
            taken = [seconds(person) for person in steps][1:]
            yield Figure(f"person.slider.{name}", 1000 * statistics.median(taken), "ms", "< 50", f"median of {len(taken)}; worst {1000 * max(taken):.0f}")
