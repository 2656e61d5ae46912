"""Draw what `vivavoce train` logged: one small picture for each measure, training in blue, what was held out in yellow.

python packaging/training_curves.py FOLDER -o docs/curves_of_it.png [--measures loss,viseme]
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen, QPolygonF

from engine.core.errors import InvalidInput
from engine.training import log

INK, FAINT, PAPER = QColor(215, 218, 222), QColor(120, 124, 130), QColor(22, 23, 26)
GRID = QColor(46, 49, 54)
COLOURS = {log.TRAIN: QColor(110, 165, 225), log.HELD_OUT: QColor(255, 214, 92)}
WIDTH, HEIGHT, COLUMNS = 320, 190, 3
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 34, 26
LEFT_OUT = ("learning rate", "gradient", "skipped")
SMOOTHING = 0.75  # of the line through noisy values: each mean keeps so much of the one before
NOISY = 40  # values from which on there is such a line


def series(rows: Sequence[log.Row], measures: Sequence[str] = ()) -> dict[tuple[str, str], list[tuple[int, float]]]:
    """(step, value) by split and measure, in the log's order; those named, or all but the loop's own."""
    out: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for row in rows:
        if (row.measure in measures if measures else row.measure not in LEFT_OUT) and math.isfinite(row.value):
            out.setdefault((row.split, row.measure), []).append((row.step, row.value))
    return out


def smoothed(values: Sequence[float]) -> list[float]:
    """Running means, without a pull towards the first value."""
    out, mean, weight = [], 0.0, 0.0
    for value in values:
        mean, weight = SMOOTHING * mean + (1 - SMOOTHING) * value, SMOOTHING * weight + (1 - SMOOTHING)
        out.append(mean / weight)
    return out


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers between two, about so many."""
    step = 10 ** math.floor(math.log10((high - low) / count))
    step = next(step * factor for factor in (1, 2, 5, 10) if (high - low) / (step * factor) <= count)
    return [step * k for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def draw(found: dict[tuple[str, str], list[tuple[int, float]]]) -> QImage:
    """A sheet with a panel for each series.

    Args:
        found: from `series`, not empty.
    """
    columns = min(COLUMNS, len(found))
    sheet = QImage(columns * WIDTH, -(-len(found) // columns) * HEIGHT, QImage.Format.Format_RGB32)
    sheet.fill(PAPER)
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    last_step = max(step for points in found.values() for step, _ in points)
    for i, ((split, measure), points) in enumerate(found.items()):
        frame = QRectF(i % columns * WIDTH + LEFT, i // columns * HEIGHT + TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
        _panel(painter, frame, f"{measure}{', held out' if split == log.HELD_OUT else ''}", points, last_step, COLOURS[split])
    painter.end()
    return sheet


def _panel(painter: QPainter, frame: QRectF, title: str, points: Sequence[tuple[int, float]], last_step: int, colour: QColor) -> None:
    values = [value for _, value in points]
    low, high = min(values), max(values)
    room = 0.08 * (high - low) or abs(high) * 0.1 or 1.0
    low, high = low - room, high + room

    def place(step: float, value: float) -> QPointF:
        return QPointF(frame.left() + frame.width() * step / last_step, frame.bottom() - frame.height() * (value - low) / (high - low))

    painter.setFont(QFont("DejaVu Sans", 8))
    for tick in ticks(low, high):
        y = place(0, tick).y()
        painter.setPen(GRID)
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        painter.setPen(FAINT)
        painter.drawText(QRectF(frame.left() - LEFT, y - 8, LEFT - 6, 16), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{tick:.4g}")
    for tick in ticks(0, last_step, 3):
        x = place(tick, low).x()
        painter.drawText(QRectF(x - 40, frame.bottom() + 4, 80, 16), Qt.AlignmentFlag.AlignHCenter, f"{tick:,.0f}" if tick else "step 0")
    painter.setPen(INK)
    painter.setFont(QFont("DejaVu Sans", 9))
    painter.drawText(QPointF(frame.left(), frame.top() - 12), title)
    ends = smoothed(values) if len(values) >= NOISY else values
    painter.setPen(colour)
    painter.drawText(QRectF(frame.left(), frame.top() - 26, frame.width(), 18), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{ends[-1]:.4g}")
    if ends is not values:
        painter.setPen(QPen(QColor(colour.red(), colour.green(), colour.blue(), 110), 1.0))
        painter.drawPolyline(QPolygonF([place(step, value) for step, value in points]))
    line = [place(step, end) for (step, _), end in zip(points, ends, strict=True)]
    painter.setPen(QPen(colour, 1.8))
    painter.drawPolyline(QPolygonF(line))
    if len(line) < NOISY:
        painter.setBrush(colour)
        for point in line:
            painter.drawEllipse(point, 2.2, 2.2)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def main() -> int:
    """Draw the log of a folder into a picture."""
    parser = argparse.ArgumentParser(description="Draw what `vivavoce train` logged.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.png")
    parser.add_argument("--measures", default="", help="names, with commas; all but the loop's own without")
    args = parser.parse_args()
    application = QGuiApplication.instance() or QGuiApplication([])
    try:
        found = series(log.read(args.folder), [name.strip() for name in args.measures.split(",") if name.strip()])
    except InvalidInput as error:
        parser.error(str(error))
    if not found:
        parser.error(f"{args.folder} has no such measures")
    written = draw(found).save(str(args.output))
    del application
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main())
