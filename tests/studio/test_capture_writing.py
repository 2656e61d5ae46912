"""A take on disk holds every picture at its own time, with the sound heard at that moment, and is readable whatever broke off."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.avatars.tracking.pictures import open_video
from engine.speech.files import open_sound
from studio.capture.writing import TakeWriter

RATE = 16000


class Heard:
    """A microphone that hears silence until a click, in blocks that began before the first picture."""

    rate = RATE

    def __init__(self, begun_s: float, click_s: float) -> None:
        samples = np.zeros(RATE * 2, np.int16)
        samples[round((click_s - begun_s) * RATE)] = 20000
        self._blocks = [(samples[at : at + 1024], begun_s + at / RATE) for at in range(0, len(samples), 1024)]

    def keep(self, on: bool) -> None:
        pass

    def take(self) -> list[tuple[np.ndarray, float]]:
        blocks, self._blocks = self._blocks, []
        return blocks


def picture(n: int) -> np.ndarray:
    return np.full((48, 65, 3), 20 + 8 * n, np.uint8)


def test_pictures_keep_their_times_and_the_sound_is_with_them(tmp_path: Path):
    times = [100.0, 100.033, 100.101, 100.2, 100.25]
    writer = TakeWriter(tmp_path / "take.mkv", (65, 48), Heard(99.9, 100.2))  # type: ignore[arg-type]
    for n, time_s in enumerate(times):
        writer.put(picture(n), time_s)
    writer.close()
    assert (writer.frames, writer.lost, writer.error) == (5, 0, None) and writer.length_s == pytest.approx(0.25)
    video = open_video(tmp_path / "take.mkv")
    assert video.size == (64, 48) and video.has_sound
    assert video.times == pytest.approx(np.array(times) - 100.0, abs=6e-4), "of a millisecond, as Matroska has them"
    assert [round(float(rgb.mean())) for _, _, rgb in video] == pytest.approx([20, 28, 36, 44, 52], abs=2)
    sound = open_sound(tmp_path / "take.mkv")
    click = int(np.abs(sound.read(0.0, 1.0, RATE)).argmax())
    assert click / RATE == pytest.approx(0.2, abs=2e-3), "with the picture taken at that moment"


def test_a_take_that_cannot_be_written_says_so_and_holds_nobody_up(tmp_path: Path):
    writer = TakeWriter(tmp_path / "nowhere" / "take.mkv", (64, 48))
    for n in range(300):
        writer.put(picture(0), n / 30)
    writer.close()
    assert writer.frames == 0 and writer.error is not None and "take.mkv" in writer.error.what and writer.error.remedy
