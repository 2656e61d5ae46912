"""The pictures of the README, made by the app itself, into `docs/`: the window, a sentence frame by frame.

    .venv/bin/python packaging/make_pictures.py [NAME ...]

Needs no display: Qt's off-screen platform stands in. `capturing` needs the models that find faces and a real recording, in the folder
that VIVAVOCE_DATA names; without them it is left out.
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

import av
import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QApplication, QDockWidget

from engine import pipeline
from engine.avatars.tracking.models import absent, folder
from engine.core import assets
from engine.core.person import Person
from engine.head.rig import LipGauge
from engine.project.document import Settings, new_document
from engine.project.edits import SetStage
from engine.project.stage import Shot, Stage
from engine.render.actor import Actor, Member, View
from engine.render.offscreen import Offscreen
from engine.speech.files import open_sound
from studio.app import make_application
from studio.curves.editor import CurveEditor

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SAMPLE = assets.path("projects/sample")
TEXT = (SAMPLE / "line.txt").read_text(encoding="utf-8").strip()
CLOSE = Stage(shot=Shot(yaw=16.0, distance=0.66, right=0.01))
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
    actor, view = Actor.of(Person()), View.of(CLOSE, 0.0)
    foot = 44
    rows = -(-(last - first) // columns)
    sheet = QImage(columns * side, rows * (side + foot), QImage.Format.Format_RGB888)
    sheet.fill(PAPER)
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    samples = sound.mono(8000)
    with Offscreen(2 * side, 2 * side) as offscreen:
        for i, values in enumerate(clip.values[first:last]):
            x, y, time_s = (i % columns) * side, (i // columns) * (side + foot), (first + i) / 25
            small = image(offscreen.render([Member(actor, values)], view)).scaled(
                side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
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


class Studio:
    """The studio as a new user has it, on the sample line or on none, in a size and theme, ready to be pictured."""

    def __init__(self, size: tuple[int, int], theme: str = "dark", sample: bool = True) -> None:
        from studio.app import make_application
        from studio.window import MainWindow

        self.app = make_application()
        QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Viva Voce", "Studio").clear()  # no layout of the picture before
        self.window = MainWindow()
        self.window.files.ask_unsaved = lambda: "discard"
        self.window.resize(*size)
        self.window.choose_theme(theme)
        self.window.show()
        if sample:
            self.window.files.open_sample()
        self.wait(lambda: self.window.viewport.drawn_with and (not sample or self.window.conductor.performance is not None) and not self.window.jobs.tasks)

    def wait(self, ready, most_s: float = 120.0) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + most_s
        while not ready() and time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.005)

    def rest(self, seconds: float) -> None:
        """Let it live for a while: a picture at rest is drawn finer."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    def close(self) -> None:
        """End it."""
        self.window.close()
        self.app.processEvents()


def window(theme: str = "dark") -> QImage:
    """The studio on the sample line, stopped at its big surprise."""
    studio = Studio((1600, 1240), theme)
    studio.window.resizeDocks([studio.window.docks[2]], [690], Qt.Orientation.Vertical)  # every lane in sight
    studio.window.player.seek(5.5)
    studio.rest(6.0)
    picture = studio.window.grab().toImage()
    studio.close()
    return picture


def window_light() -> QImage:
    """The same in the light theme."""
    return window("light")


def shaping() -> QImage:
    """The people panel beside the viewport."""
    studio = Studio((1600, 1000))
    next(d for d in studio.window.findChildren(QDockWidget) if d.isAncestorOf(studio.window.people_panel)).raise_()
    studio.window.player.seek(5.5)
    studio.rest(8.0)
    picture = studio.window.grab().toImage()
    studio.close()
    return picture


def curves() -> QImage:
    """The curve editor, a few keys selected."""
    studio = Studio((1600, 1080))
    line = studio.window.session.line
    studio.window.curve_dock.raise_()
    studio.window.selection.select(keys=[("emotions/surprised", k.time_s) for k in line.curve("emotions/surprised").keys[1:3]])
    studio.window.player.seek(5.5)
    studio.rest(5.0)
    picture = studio.window.grab().toImage()
    studio.close()
    return picture


def capturing() -> QImage | None:
    """A face in a real recording with its points, the avatar that plays what was captured, its jaw and brows in the curve editor."""
    clip = Path(os.environ.get("VIVAVOCE_DATA", "")) / "video" / "grid_s1" / "bbal6n.mpg"
    if absent() or not clip.is_file():
        return None
    studio = Studio((1600, 1050), sample=False)
    window = studio.window
    window.show_capture()
    window.files.take_video(clip)
    studio.wait(lambda: window.session.line is not None and window.capture.view.image is not None and not window.jobs.tasks)
    window.capture_now()
    studio.wait(lambda: window.session.line.layers and not window.jobs.tasks)
    window.curve_dock.raise_()
    model, layer = window.findChild(CurveEditor).model, window.session.line.layers[0]
    shown = [f"layers/{layer.id}/{name}" for name in ("jawOpen", "browInnerUp", "browOuterUpLeft", "mouthPucker")]
    model.set_visible([track.address for track in model.tracks if track.address not in shown], False)
    window.selection.select(keys=[(shown[0], key.time_s) for key in layer.curves["jawOpen"].keys if 0.7 < key.time_s < 1.1])
    window.player.seek(29 / 30)
    studio.rest(7.0)
    picture = window.grab().toImage()
    studio.close()
    return picture


def editing() -> list[QImage]:
    """A key of an emotion curve dragged up and down, the face following: pictures at 12 a second."""
    from studio.timeline.stack import HEADER_PX

    studio = Studio((1120, 860))
    window, timeline, track = studio.window, studio.window.timeline, "emotions/happy"
    for dock in window.findChildren(QDockWidget):
        dock.setVisible(dock is window.docks[2])
    window.resizeDocks([window.docks[2]], [470], Qt.Orientation.Vertical)
    key = max(window.session.line.curve(track).keys, key=lambda k: k.value)
    window.player.seek(key.time_s + 0.5)  # a smile takes a moment to come
    window.session.apply(SetStage(replace(window.session.document.stage, shot=CLOSE.shot), "camera"))
    studio.rest(1.5)
    place = timeline.stack.place(track)
    timeline.scroll_to(max(0, place.top - 150))
    studio.rest(3.0)
    place = timeline.stack.place(track)
    at = lambda value: QPointF(HEADER_PX + timeline.axis.x(key.time_s), place.top + place.lane.y(value, timeline.content, place.height))  # noqa: E731
    values = [0.95 - 0.9 * (0.5 - 0.5 * np.cos(np.pi * i / 14)) for i in range(29)] + [0.05 + 0.9 * (0.5 - 0.5 * np.cos(np.pi * i / 14)) for i in range(1, 15)]
    values = values[:15] + [0.05] * 6 + values[29:] + [0.95] * 8
    pictures = []
    send = lambda kind, to, button, held: QApplication.sendEvent(  # noqa: E731
        timeline, QMouseEvent(kind, to, timeline.mapToGlobal(to), button, held, Qt.KeyboardModifier.NoModifier)
    )
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(QEvent.Type.MouseButtonPress, at(values[0]), left, left)
    for value in values:
        send(QEvent.Type.MouseMove, at(value), none, left)
        studio.rest(0.9)
        pictures.append(_with_pointer(window.grab().toImage(), timeline.mapTo(window, at(value))))
    send(QEvent.Type.MouseButtonRelease, at(values[-1]), left, none)
    studio.close()
    return pictures


def _with_pointer(picture: QImage, at: QPointF) -> QImage:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(20, 20, 20))
    painter.setBrush(QColor(250, 250, 250))
    outline = ((0, 0), (0, 17), (4, 13.5), (7, 20), (9.6, 19), (6.8, 12.6), (12, 12))
    painter.drawPolygon(QPolygonF([QPointF(at.x() + x, at.y() + y) for x, y in outline]))
    painter.end()
    return picture


def save_moving(pictures: list[QImage], path: Path, rate: int = 12, width: int = 840) -> None:
    """Pictures as an animated WebP."""
    frames = [p.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation).convertToFormat(QImage.Format.Format_RGB888) for p in pictures]
    with av.open(str(path), "w", options={"loop": "0"}) as film:
        stream = film.add_stream("libwebp_anim", rate=rate, options={"quality": "82", "compression_level": "6"})
        stream.width, stream.height, stream.pix_fmt = frames[0].width(), frames[0].height(), "yuv420p"
        for number, frame in enumerate(frames):
            rows = np.frombuffer(frame.constBits(), np.uint8).reshape(frame.height(), frame.bytesPerLine())[:, : 3 * frame.width()]
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(rows).reshape(frame.height(), frame.width(), 3), format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, rate)
            film.mux(stream.encode(picture))
        film.mux(stream.encode(None))


PICTURES = {
    "window": window, "window_light": window_light, "curves": curves, "shaping": shaping, "capturing": capturing, "sentence": sentence, "editing": editing,
}  # fmt: skip


def main() -> None:
    """Make the pictures named, or all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:  # a new user's: no recent files, nothing to recover
        os.environ.setdefault("VIVAVOCE_LANDMARKS", str(folder()))
        os.environ |= {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home, "VIVAVOCE_CACHE": home}
        make_application()
        DOCS.mkdir(exist_ok=True)
        for name in sys.argv[1:] or PICTURES:
            made = PICTURES[name]()
            if made is None:
                print(f"{name} left out: it needs VIVAVOCE_DATA and the models of `vivavoce doctor --fix`")
                continue
            path = DOCS / f"{name}.{'webp' if isinstance(made, list) else 'jpg'}"
            if isinstance(made, list):
                save_moving(made, path)
            else:
                made.save(str(path), "JPG", 88)
            print(path.relative_to(ROOT), path.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
