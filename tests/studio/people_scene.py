"""The people panel in a window of its own, and what hands do to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.core.person import Person
from studio.panels.levels import STEPS, LevelRow
from studio.people.gallery import Gallery
from studio.people.panel import PeoplePanel
from tests.studio.panel_scene import Bench

LEFT = Qt.MouseButton.LeftButton


def step(window: Bench, do: Callable[[], object], steps: int = 1) -> Person:
    """Do something that is one step, take it back and make it again; the looks after it."""
    before, cursor = window.session.document, window.session.cursor
    do()
    QApplication.processEvents()
    after = window.session.document
    assert after != before and window.session.cursor == cursor + steps
    for _ in range(steps):
        window.undo()
    assert window.session.document == before
    for _ in range(steps):
        window.redo()
    assert window.session.document == after
    return window.people_panel.looks.person


def unchanged(window: Bench, do: Callable[[], object]) -> None:
    """Do something that leaves document and history as they are."""
    before, cursor = window.session.document, window.session.cursor
    do()
    QApplication.processEvents()
    assert window.session.document == before and window.session.cursor == cursor


def row_of(panel: PeoplePanel, section: str, address: str) -> Any:
    """The row of a value, in its opened section."""
    found = panel.sections[section]
    if not found.opened:
        QTest.mouseClick(found.button, LEFT)
    found.build()
    QApplication.processEvents()
    row = found.rows[address]
    panel.ensureWidgetVisible(row)
    QApplication.processEvents()
    return row


def drag(row: LevelRow, share: float, end: Callable[[], object] | None = None) -> None:
    """Drag a slider's knob to a share of its range; `end` instead of letting it go."""
    slider = row.slider

    def at(position: float) -> QPoint:
        return QPoint(round(slider._x(position)), slider.height() // 2)

    QTest.mousePress(slider, LEFT, pos=at(slider.value()))
    for part in (0.5, 0.9, 1.0):
        QTest.mouseMove(slider, at(slider.value() + part * (share * STEPS - slider.value())))
    if end is not None:
        end()
    QTest.mouseRelease(slider, LEFT, pos=at(share * STEPS))


def double_click(widget: QWidget) -> None:
    """A double click near the left end, as it comes from a hand: its first click has its own effect."""
    place = QPoint(9, widget.height() // 2)
    QTest.mouseClick(widget, LEFT, pos=place)
    QTest.mouseDClick(widget, LEFT, pos=place)


def typed(field: Any, text: str) -> None:
    """Type into a field and press Return."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def click_swatch(swatches: Any, index: int) -> None:
    """Click a colour."""
    QTest.mouseClick(swatches, LEFT, pos=swatches.place_of(index).center().toPoint())


def click_entry(gallery: Gallery, index: int) -> None:
    """Click a picture."""
    item = gallery.item(index)
    QTest.mouseClick(gallery.viewport(), LEFT, pos=gallery.visualItemRect(item).center())


def point(place: QPointF) -> QPoint:
    """A place in whole pixels."""
    return place.toPoint()
