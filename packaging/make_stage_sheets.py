"""Contact sheets of stage performances: their frames, the instruction they follow, and the sound with its phonemes.

    .venv/bin/python packaging/make_stage_sheets.py CORPUS OUT.jpg|OUT.png [SPLIT] [--source SOURCE] [--from N]

`docs/stage.jpg` is of `vivavoce stage CORPUS --minutes 5 --seed 5 --languages en --scenes 0.5`.

CORPUS is a folder of `vivavoce stage`; ten of its items are drawn, by whoever is built in. Needs no display.
"""

from __future__ import annotations

import argparse
import itertools
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from make_pictures import INK, MARK, PAPER, image, wave
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from engine.avatars import people
from engine.project.stage import Shot, Stage
from engine.render.actor import Actor, Member, View
from engine.render.offscreen import Offscreen
from engine.training.stage.shards import MOTION_RATE, Item, read_corpus
from studio.app import make_application

COUNT, FRAMES, SIDE, HEAD, FOOT = 10, 9, 132, 26, 56
LISTENING = QColor(120, 190, 150)
SHOT = Stage(shot=Shot(yaw=8.0, distance=0.72))
CALL = QColor(96, 104, 116)


def chosen(corpus: Path, split: str | None, source: str | None, first: int) -> list[Item]:
    """Ten items, of as many emotions and voices as there are among them."""
    found: list[Item] = []
    seen: set[tuple[str, int]] = set()
    for item in itertools.islice((i for i in read_corpus(corpus, split) if source is None or i.record.source == source), first, None):
        key = (item.record.emotion, item.record.level) if source is None else (item.record.name, 0)
        if key not in seen and (len(item["partner"]) or len(found) != 4) and item.seconds > 2.0:
            seen.add(key)
            found.append(item)
        if len(found) == COUNT:
            break
    return found


def sheet(items: Sequence[Item]) -> QImage:
    """The items one below the other."""
    height = HEAD + SIDE + FOOT
    out = QImage(FRAMES * SIDE, len(items) * height, QImage.Format.Format_RGB888)
    out.fill(PAPER)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    with Offscreen(2 * SIDE, 2 * SIDE) as offscreen:
        for row, item in enumerate(items):
            draw(painter, offscreen, item, row * height, row)
    painter.end()
    return out


def draw(painter: QPainter, offscreen: Offscreen, item: Item, top: int, number: int) -> None:
    """One performance from `top` down."""
    record = item.record
    painter.setFont(QFont("DejaVu Sans", 10))
    painter.setPen(MARK)
    said = painter.fontMetrics().elidedText(f"“{record.instruction}”", Qt.TextElideMode.ElideRight, round(0.72 * FRAMES * SIDE))
    painter.drawText(QRectF(6, top + 4, 0.74 * FRAMES * SIDE, HEAD), said)
    painter.setPen(INK)
    painter.setFont(QFont("DejaVu Sans", 8))
    about = f"{record.voice}, {record.emotion} {record.level or ''}, {record.mouth if record.mouth == 'capture' else ''}".rstrip(", ")
    painter.drawText(QRectF(0.7 * FRAMES * SIDE, top + 6, 0.3 * FRAMES * SIDE - 8, HEAD), Qt.AlignmentFlag.AlignRight, about)
    actor = Actor.of(people.named(people.BUILT_IN[number % len(people.BUILT_IN)]))
    other = Actor.of(people.named(people.BUILT_IN[(number + 5) % len(people.BUILT_IN)]))
    partner = len(item["partner"]) > 0
    own = FRAMES - 2 if partner else FRAMES
    times = (np.arange(own) + 0.5) / own * item.seconds
    for place in range(FRAMES):
        mine = place < own
        motion, who = (item["channels"], actor) if mine else (item["partner"], other)
        time_s = times[place] if mine else (0.35, 0.75)[place - own] * item.seconds
        values = motion[min(int(time_s * MOTION_RATE), len(motion) - 1)]
        picture = image(offscreen.render([Member(who, values)], View.of(SHOT, 0.0)))
        painter.drawImage(place * SIDE, top + HEAD, picture.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
        painter.setPen(INK if mine else LISTENING)
        painter.drawText(place * SIDE + 5, top + HEAD + 13, f"{time_s:.2f}" if mine else f"listens {time_s:.2f}")
    speech(painter, item, top + HEAD + SIDE, own * SIDE, times)


def speech(painter: QPainter, item: Item, top: int, width: int, times: np.ndarray) -> None:
    """The sound, its phonemes and the moments of the frames."""
    at = lambda seconds: seconds / item.seconds * width  # noqa: E731
    wave(painter, item.samples, 0, top + 20, width, 30)
    painter.setPen(CALL)
    for time_s in times:
        painter.drawLine(int(at(time_s)), top, int(at(time_s)), top + 40)
    painter.setFont(QFont("DejaVu Sans", 8))
    painter.setPen(INK)
    for label, start, end in item["phones"].tolist():
        painter.drawText(QRectF(at(start) - 8, top + 38, at(end) - at(start) + 16, 16), Qt.AlignmentFlag.AlignHCenter, label)


def main() -> None:
    """Draw one sheet."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("split", nargs="?")
    parser.add_argument("--source")
    parser.add_argument("--from", dest="first", type=int, default=0)
    args = parser.parse_args()
    make_application()
    sheet(chosen(args.corpus, args.split, args.source, args.first)).save(str(args.out), None, 88)
    print(args.out, args.out.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
