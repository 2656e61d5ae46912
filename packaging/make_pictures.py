"""The pictures of the README, made by the app itself, into `docs/`: the window, a sentence frame by frame, Ada, her expressions.

    .venv/bin/python packaging/make_pictures.py [NAME ...]

Needs no display: Qt's off-screen platform stands in.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPolygonF

from engine import pipeline
from engine.core import assets
from engine.core.channels import CHANNELS, INDEX
from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.head.rig import HeadRig, LipGauge
from engine.project.document import Settings, emotion_track, new_document
from engine.project.edits import SetCurve
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen
from engine.speech.files import open_sound
from engine.systems import expressions
from studio.app import make_application

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SAMPLE = assets.path("projects/sample")
TEXT = (SAMPLE / "line.txt").read_text(encoding="utf-8").strip()
CLOSE = replace(Camera.three_quarter(), yaw_rad=0.28, pitch_rad=0.0, distance_m=0.64, target=(0.0, -0.025, 0.0))
INK, PAPER, VOICE, MARK = QColor(215, 218, 222), QColor(22, 23, 26), QColor(110, 165, 225), QColor(255, 214, 92)


def image(picture: np.ndarray) -> QImage:
    """A Qt image of uint8 [H, W, 3]."""
    height, width, _ = picture.shape
    return QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def wave(painter: QPainter, samples: np.ndarray, x: float, y: float, width: int, height: int) -> None:
    """The sound of one tile as an outline about the height y."""
    if not len(samples):
        return
    at = np.linspace(0, len(samples), width + 1).astype(int)
    peak = np.array([np.abs(samples[a : max(b, a + 1)]).max(initial=0.0) for a, b in itertools.pairwise(at)]) * height
    points = [QPointF(x + i, y - p) for i, p in enumerate(peak)] + [QPointF(x + i, y + p) for i, p in reversed(list(enumerate(peak)))]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(VOICE)
    painter.drawPolygon(QPolygonF(points))


def sentence(start_s: float = 1.4, end_s: float = 4.2, columns: int = 10, side: int = 150) -> QImage:
    """A stretch of the sample line, a frame every 40 ms, with the phoneme, the time, the lip gap and the sound under each."""
    sound = open_sound(SAMPLE / "line.flac")
    work = pipeline.LinePipeline()
    line = pipeline.recorded_line(sound, TEXT)
    document = pipeline.analysed(work, pipeline.with_line(new_document(Settings(rate=Fraction(25))), line), line.id)
    spoken, clip = work.line(document.line(line.id)), work.motion(document.line(line.id), Fraction(25))
    gap = LipGauge().mm(clip.values)
    first, last = int(start_s * 25), int(end_s * 25)
    vertices = HeadRig().pose(clip.values[first:last]).numpy()
    foot = 44
    rows = -(-(last - first) // columns)
    sheet = QImage(columns * side, rows * (side + foot), QImage.Format.Format_RGB888)
    sheet.fill(PAPER)
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    samples = sound.mono(8000)
    with Offscreen(2 * side, 2 * side) as offscreen:
        for i, posed in enumerate(vertices):
            x, y, time_s = (i % columns) * side, (i // columns) * (side + foot), (first + i) / 25
            small = image(offscreen.render(posed, CLOSE)).scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(x, y, small)
            label = next((str(p["label"]) for p in spoken.phonemes if p["start_s"] <= time_s < p["end_s"]), "")
            painter.setPen(MARK)
            painter.setFont(QFont("DejaVu Sans", 13))
            painter.drawText(x + 6, y + side + 18, label or "·")
            painter.setPen(INK)
            painter.setFont(QFont("DejaVu Sans", 8))
            painter.drawText(x + 52, y + side + 16, f"{time_s:.2f} s  {gap[first + i]:.1f} mm")
            wave(painter, samples[int((time_s - 0.02) * 8000) : int((time_s + 0.02) * 8000)], x, y + side + 32, side, 26)
    painter.end()
    return sheet


def row(poses: list[np.ndarray], cameras: list[Camera], labels: list[str], size: tuple[int, int]) -> QImage:
    """Pictures side by side with a label in the corner; each drawn at twice its size."""
    width, height = size
    sheet = QImage(len(poses) * width, height, QImage.Format.Format_RGB888)
    painter = QPainter(sheet)
    rig = HeadRig()
    with Offscreen(2 * width, 2 * height) as offscreen:
        for i, (values, camera, label) in enumerate(zip(poses, cameras, labels, strict=True)):
            picture = image(offscreen.render(rig.pose(values[None])[0].numpy(), camera))
            painter.drawImage(i * width, 0, picture.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation))
            painter.setPen(INK)
            painter.setFont(QFont("DejaVu Sans", 10))
            painter.drawText(i * width + 8, height - 10, label)
    painter.end()
    return sheet


def ada() -> QImage:
    """Front, three-quarter and profile."""
    rest = np.zeros(len(CHANNELS), np.float32)
    return row([rest] * 3, [Camera.front(), Camera.three_quarter(), Camera.profile()], ["", "", ""], (420, 420))


def emotions() -> QImage:
    """The seven expressions at full intensity."""
    poses = []
    for i in range(len(EMOTIONS)):
        intensity = np.zeros((1, len(EMOTIONS)), np.float32)
        intensity[0, i] = 1.0
        values = expressions.pattern_channels(intensity)[0]
        posture = expressions.posture(intensity)[0]
        values[INDEX["headRotX"] : INDEX["headPosZ"] + 1] = posture[:6]
        values[[INDEX["eyeLookDownLeft"], INDEX["eyeLookDownRight"]]] = posture[6]
        poses.append(values)
    return row(poses, [CLOSE] * len(EMOTIONS), list(EMOTIONS), (220, 220))


def window() -> QImage:
    """The studio on the sample line, stopped in the middle of a word."""
    from studio.window import MainWindow

    app = make_application()
    studio = MainWindow()
    studio.files.ask_unsaved = lambda: "discard"
    studio.resize(1440, 900)
    studio.show()
    studio.conductor.add_sound(SAMPLE / "line.flac", TEXT)

    def wait(ready, most_s: float = 120.0) -> None:
        end = time.monotonic() + most_s
        while not ready() and time.monotonic() < end:
            app.processEvents()
            time.sleep(0.01)

    wait(lambda: studio.conductor.motion is not None and studio.viewport.drawn_with and not studio.jobs.tasks)
    studio.session.apply(SetCurve(studio.session.line.id, emotion_track("happy"), Curve((Key(0.0, 0.45),))))
    wait(lambda: not studio.jobs.tasks)
    studio.player.seek(2.36)
    end = time.monotonic() + 6.0
    wait(lambda: time.monotonic() > end)
    picture = studio.grab().toImage()
    studio.close()
    app.processEvents()
    return picture


PICTURES = {"window": window, "sentence": sentence, "ada": ada, "emotions": emotions}


def main() -> None:
    """Make the pictures named, or all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:  # a new user's: no recent files, nothing to recover
        os.environ |= {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home, "VIVAVOCE_CACHE": home}
        make_application()
        DOCS.mkdir(exist_ok=True)
        for name in sys.argv[1:] or PICTURES:
            path = DOCS / f"{name}.jpg"
            PICTURES[name]().save(str(path), "JPG", 88)
            print(path.relative_to(ROOT), path.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
