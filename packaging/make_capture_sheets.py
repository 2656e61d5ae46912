"""Pictures of what `vivavoce capture` makes: a clip beside an avatar that plays it, and the frames labelled by hand with ours drawn in.

    .venv/bin/python packaging/make_capture_sheets.py clip VIDEO OUT.jpg [--avatar NAME]     docs/capture.jpg is of video/grid_s1/lgbs8p.mpg
    .venv/bin/python packaging/make_capture_sheets.py labels OUT.jpg                          docs/capture_labels.jpg; needs the recordings

Needs no display. GRID: Cooke, Barker, Cunningham, Shao, JASA 2006, CC BY 4.0.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
from make_pictures import INK, MARK, PAPER, image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from engine.avatars import people
from engine.avatars.capture import fitted
from engine.avatars.tracking.landmarks import Tracker
from engine.avatars.tracking.models import models
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.settings import CaptureSettings
from engine.avatars.watching import watch
from engine.bench.capture import folder, looked_at
from engine.bench.face_labels import PARTS, points_of
from engine.core.channels import CHANNELS
from engine.project.stage import Lighting, Shot, Stage
from engine.render.actor import Actor, Member, View
from engine.render.offscreen import Offscreen
from engine.speech.files import open_sound
from engine.speech.line import analyse
from engine.training.captures import text_beside
from studio.app import make_application

COLUMNS, ROWS, SIDE, MOUTH, FOOT = 8, 2, 200, 100, 20
OURS, FIRST, SECOND = QColor(90, 220, 120), QColor(255, 90, 70), QColor(80, 170, 255)
# From the front, in even light: a lamp from the side makes an even mouth look uneven.
SHOT = Stage(shot=Shot(distance=0.62), lighting=Lighting(exposure=0.15, fill=1.5, rim=0.5, turn=35.0, softness=1.0))
_ROOM, _MOUTH_ROOM = 1.12, 0.95  # of a face's box; of the eyes' distance
_LOUPE = 4  # times as large are labelled frames


def clip_sheet(path: Path, name: str) -> QImage:
    """Moments of a clip over the avatar that plays it, both mouths closer below, with the phoneme that is heard; two rows of moments."""
    watched = watch(open_video(path))
    track, found = watched.track(), fitted(watched, CaptureSettings())
    sound = open_sound(path)
    line = analyse(sound, text_beside(path) or None)
    start_s, rate = watched.video.origin_s - sound.origin_s, float(found.clip.rate)
    said = line.phonemes[line.phonemes["label"] != ""]
    begin, end = max(float(said["start_s"][0]) - 0.1 - start_s, 0.0), min(float(said["end_s"][-1]) + 0.1 - start_s, watched.duration_s - 0.05)
    frames = np.linspace(begin * rate, end * rate, COLUMNS * ROWS).astype(int)
    height = 2 * SIDE + 2 * MOUTH + FOOT
    out = QImage(COLUMNS * SIDE, ROWS * height, QImage.Format.Format_RGB888)
    out.fill(PAPER)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setFont(QFont("DejaVu Sans", 9))
    actor = Actor.of(people.find(name).person)
    seen = mouth_and_face(track.points)
    with Offscreen(4 * SIDE, 4 * SIDE) as offscreen:
        drawn = [image(offscreen.render([Member(actor, found.clip.values[frame])], View.of(SHOT, 0.0))) for frame in frames.tolist()]
    played = mouth_and_face(np.stack([Tracker(models()).find(picture(np.zeros(len(CHANNELS), np.float32), actor))[0].points]))
    for place, frame in enumerate(frames.tolist()):
        left, top = float(place % COLUMNS * SIDE), float(place // COLUMNS * height)
        real = image(watched.video.frame_at(frame / rate)[2])
        for shown, (face, mouth), y in ((real, seen, 0), (drawn[place], played, 1)):
            painter.drawImage(QRectF(left, top + y * SIDE, SIDE - 1, SIDE - 1), shown, face)
            painter.drawImage(QRectF(left, top + 2 * SIDE + y * MOUTH, SIDE - 1, MOUTH), shown, mouth)
        at = frame / rate + start_s
        heard = next((str(p["label"]) for p in line.phonemes if p["start_s"] <= at < p["end_s"]), "")
        painter.setPen(MARK if found.closed[frame] else INK)
        words = f"{at:.2f} s  {heard}{'  shut' if found.closed[frame] else ''}"
        painter.drawText(QRectF(left, top + height - FOOT, SIDE, FOOT), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return out


def picture(values: np.ndarray, actor: Actor) -> np.ndarray:
    """The avatar as the sheet shows it, uint8 [H, W, 3]."""
    with Offscreen(4 * SIDE, 4 * SIDE) as offscreen:
        return np.asarray(offscreen.render([Member(actor, values)], View.of(SHOT, 0.0)))


def mouth_and_face(points: np.ndarray) -> tuple[QRectF, QRectF]:
    """What to show of pictures with a face's points [T, 468, 3]: the face, and its mouth, where they usually are."""
    p = np.nanmedian(points[:, :, :2], 0)
    (x, y), size = (p.min(0) + p.max(0)) / 2, _ROOM * float(np.ptp(p, axis=0).max())
    wide = _MOUTH_ROOM * float(np.linalg.norm(p[33] - p[263]))
    mx, my = p[[61, 291, 13, 14]].mean(0)
    return QRectF(x - size / 2, y - size / 2, size, size), QRectF(mx - wide / 2, my - wide / 4 * 0.9, wide, wide / 2)


def label_sheet() -> QImage:
    """Every labelled frame: two people's points as dots, ours as rings."""
    seen = looked_at()
    columns, width, height = 6, 220, 264
    out = QImage(columns * width, -(-len(seen) // columns) * height, QImage.Format.Format_RGB888)
    out.fill(PAPER)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for place, each in enumerate(seen):
        left, top = place % columns * width, place // columns * height
        mean, ours = each.frame.mean, points_of(each.points, each.frame.mean)
        places = np.array(list(mean.values()))
        middle = (places.min(0) + places.max(0)) / 2
        size = 1.2 * float(np.ptp(places, axis=0).max())
        corner = middle - np.array([size * width / height, size]) / 2
        scale = height / size
        picture = image(open_video(folder() / f"{each.frame.clip}.mpg").frame_at(each.frame.frame / 25)[2])
        painter.drawImage(QRectF(left, top, width - 2, height - 2), picture, QRectF(corner[0], corner[1], (width - 2) / scale, (height - 2) / scale))
        for names in PARTS.values():
            for name in names:
                for person, colour in ((each.frame.first, FIRST), (each.frame.second, SECOND)):
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colour)
                    x, y = (person.points[name] - corner) * scale
                    painter.drawEllipse(QPointF(left + x, top + y), 1.8, 1.8)
                painter.setPen(QPen(OURS, 1.3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                x, y = (ours[name] - corner) * scale
                painter.drawEllipse(QPointF(left + x, top + y), 3.4, 3.4)
        painter.setPen(MARK if each.shut != each.frame.lips_closed else INK)
        painter.setFont(QFont("DejaVu Sans", 8))
        painter.drawText(QRectF(left + 4, top + height - 18, width - 8, 14), f"{each.frame.clip} {each.frame.frame}{'  shut' if each.shut else ''}")
    painter.end()
    return out


def main() -> None:
    """Draw one sheet."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    clip = kinds.add_parser("clip")
    clip.add_argument("video", type=Path)
    clip.add_argument("out", type=Path)
    clip.add_argument("--avatar", default="mateo")
    labels = kinds.add_parser("labels")
    labels.add_argument("out", type=Path)
    args = parser.parse_args()
    make_application()
    sheet = clip_sheet(args.video, args.avatar) if args.kind == "clip" else label_sheet()
    sheet.save(str(args.out), None, 84)
    print(args.out, args.out.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
