"""Real recordings of which nobody says what is spoken, driven by what is heard in them: frames, the sound, and the heard phonemes under it.

    .venv/bin/python packaging/heard_sheet.py [NAME=SOUND,LANGUAGE,START ...] [--ears NAME]

Without arguments it takes `VIVAVOCE_DATA`'s Mandarin and acted German and writes `docs/heard.jpg`. Needs no display.
"""

from __future__ import annotations

import itertools
import os
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from make_pictures import DOCS, INK, MARK, PAPER, ROOT, VOICE, image, wave
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from engine.bench.figure import data_folder
from engine.core.motion import MotionClip
from engine.core.person import Person
from engine.head.rig import LipGauge
from engine.project.stage import Shot, Stage
from engine.render.actor import Actor, Member, View
from engine.render.offscreen import Offscreen
from engine.speech.files import open_sound
from engine.speech.line import Line, analyse
from engine.systems.performer import perform
from studio.app import make_application

RATE = Fraction(25)
COLUMNS, SIDE, STEP_S = 16, 100, 0.08
HEAD, STRIP, LABELS = 20, 54, 26
VIEW = Stage(shot=Shot(yaw=14.0, distance=0.44, up=-0.022))
SHUT = QColor(214, 92, 84)


@dataclass(frozen=True)
class Heard:
    """A stretch of a recording to show.

    Args:
        title: over its rows.
        path: of the recording.
        language: tag.
        start_s: where the stretch begins.
        rows: of `COLUMNS` frames.
    """

    title: str
    path: Path
    language: str
    start_s: float
    rows: int = 2


def usual() -> list[Heard]:
    """A recording in Mandarin and one in German.

    Raises:
        SystemExit: they are not here.
    """
    data = data_folder()
    if data is None:
        raise SystemExit("no recordings: set VIVAVOCE_DATA, or name a sound")
    return [
        Heard("Mandarin, acted, no transcript (Claire_joy_mandarin)", data / "emotion/claire_mark/Claire_joy_mandarin.wav", "cmn", 4.2, 2),
        Heard("German, read, no transcript (ema_de 0020)", data / "speech/ema_de/dfgspp_mo1_prosody_0020.wav", "de", 0.6, 2),
    ]


def sheet(stretches: list[Heard], ears: str) -> QImage:
    """Rows of frames, each frame over its moment of the sound, and the heard phonemes under it."""
    row = SIDE + STRIP + LABELS
    height = sum(HEAD + each.rows * row for each in stretches)
    out = QImage(COLUMNS * SIDE, height, QImage.Format.Format_RGB888)
    out.fill(PAPER)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    y = 0
    with Offscreen(2 * SIDE, 2 * SIDE, level="standard") as offscreen:
        for each in stretches:
            line = analyse(open_sound(each.path), None, each.language, ears=ears)
            clip = perform(line, RATE)
            painter.setPen(INK)
            painter.setFont(QFont("DejaVu Sans", 9))
            painter.drawText(8, y + 14, f"{each.title} · {line.method} · a frame every {STEP_S * 1000:.0f} ms · red: the lips are shut")
            y += HEAD
            for i in range(each.rows):
                _row(painter, offscreen, line, clip, each.start_s + i * COLUMNS * STEP_S, y)
                y += row
    painter.end()
    return out


def _row(painter: QPainter, offscreen: Offscreen, line: Line, clip: MotionClip, start_s: float, y: int) -> None:
    gap = LipGauge().mm(clip.values)
    actor, view = Actor.of(Person()), View.of(VIEW, 0.0)
    for i in range(COLUMNS):
        frame = min(round((start_s + (i + 0.5) * STEP_S) * float(RATE)), len(clip.values) - 1)
        picture = image(offscreen.render([Member(actor, clip.values[frame])], view))
        painter.drawImage(i * SIDE, y, picture.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
        painter.setPen(INK)
        painter.setFont(QFont("DejaVu Sans", 6))
        painter.drawText(i * SIDE + 4, y + SIDE - 4, f"{frame / float(RATE):.2f} s  {gap[frame]:.1f} mm")
    _sound(painter, line, clip.times_s, gap, start_s, y + SIDE)


def _sound(painter: QPainter, line: Line, times_s: np.ndarray, gap: np.ndarray, start_s: float, y: int) -> None:
    """The waveform, where the lips are shut, and the phonemes."""
    width, end_s = COLUMNS * SIDE, start_s + COLUMNS * STEP_S
    across = lambda time_s: (time_s - start_s) / (end_s - start_s) * width  # noqa: E731
    grid = np.arange(start_s, end_s, 0.005)
    shut = np.interp(grid, times_s, gap) < 1.0
    for is_shut, group in itertools.groupby(range(len(grid)), key=lambda i: bool(shut[i])):
        run = list(group)
        if is_shut:
            left, right = across(grid[run[0]]), across(grid[run[-1]] + 0.005)
            painter.fillRect(QRectF(left, y, right - left, STRIP), SHUT.darker(210))
            painter.fillRect(QRectF(left, y + STRIP - 3, right - left, 3), SHUT)
    samples = line.sound.read(start_s, min(end_s, line.sound.duration_s), 8000)
    wave(painter, samples / max(float(np.abs(samples).max(initial=0.0)), 1e-3), 0, y + STRIP / 2, int(across(min(end_s, line.sound.duration_s))), STRIP // 2)
    painter.setFont(QFont("DejaVu Sans", 10))
    for label, start, end in line.phonemes.tolist():
        if label and end > start_s and start < end_s:
            place = QRectF(across(max(start, start_s)), y + STRIP, across(min(end, end_s)) - across(max(start, start_s)), LABELS)
            painter.setPen(VOICE.darker(180))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            painter.setPen(MARK)
            painter.drawText(place.adjusted(-20, 0, 20, 0), Qt.AlignmentFlag.AlignCenter, label)


def _named(text: str) -> Heard:
    name, _, rest = text.partition("=")
    path, language, start = rest.rsplit(",", 2)
    return Heard(name, Path(path), language, float(start))


def main() -> None:
    """Make the sheet."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    arguments = sys.argv[1:]
    ears = "auto"
    if "--ears" in arguments:
        at = arguments.index("--ears")
        ears = arguments[at + 1]
        del arguments[at : at + 2]
    out = DOCS / "heard.jpg" if not arguments or arguments[-1].count("=") else Path(arguments.pop())
    sheet([_named(text) for text in arguments] or usual(), ears).save(str(out), quality=88)
    print(out.relative_to(ROOT) if out.is_relative_to(ROOT) else out, out.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
