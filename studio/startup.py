"""What is loaded once the window is on screen: the engine, the sound device, the voices. The window never waits for it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from engine.core.jobs import Job
from studio.jobs import Jobs, Task
from studio.playback.clock import SilentClock
from studio.playback.output import NoSound, SoundClock

if TYPE_CHECKING:
    from studio.window import MainWindow

Names = list[tuple[str, str]]
# Tags of voices that people look for first.
_FIRST = ("en-us", "en-gb", "de", "fr-fr", "es", "it", "pt-br", "ja", "cmn")


def begin(window: MainWindow) -> None:
    """Load everything, beside the window.

    What is loaded stays: the collector need not look at it again, which would stop all threads for a tenth of a second.
    """
    jobs: Jobs = window.jobs
    jobs.submit(Task("startup", "Looking for sound", visible=False), _sound, lambda clock: _on_sound(window, clock), lambda error: _no_sound(window, error))
    window.viewport.start()
    jobs.submit(Task("startup", "Loading voices", visible=False), _voices, lambda found: window.line_panel.set_voices(*found))
    pipeline = window.conductor.pipeline
    jobs.submit(Task("startup", "Loading the engine", visible=False), lambda job: pipeline(), lambda _: gc.freeze())


def _sound(job: Job) -> SoundClock:
    return SoundClock()


def _on_sound(window: MainWindow, clock: SoundClock) -> None:
    window.player.set_clock(clock)


def _no_sound(window: MainWindow, error: BaseException) -> None:
    if isinstance(error, NoSound):
        window.player.set_clock(SilentClock(f"{error.what}"))
    else:
        window.jobs.failed.emit(error, None)


def _voices(job: Job) -> tuple[Names, Names]:
    """Names and tags of the voices, and of the languages."""
    from engine.speech.voices import list_voices

    order = {tag: i for i, tag in enumerate(_FIRST)}
    found = sorted(list_voices(), key=lambda v: (order.get(v.language, len(order)), v.name))
    voices = [(v.name, v.language) for v in found]
    languages = [("English", "en"), *((name, tag) for name, tag in voices if not tag.startswith("en"))]
    return voices, languages
