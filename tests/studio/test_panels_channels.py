"""Layers and channels by mouse and keys: each verb undone, the documents compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.project.document import Document, LineDoc, Typed, new_id
from engine.project.edits import AddLine
from studio.panels.channels import ChannelsPanel
from studio.panels.layers import LayerBar
from studio.panels.levels import STEPS, LevelRow
from tests.studio.panel_scene import Bench, bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(own_cache, qtbot) -> Iterator[Bench]:
    """The panel alone in a window."""
    yield from bench(qtbot, "channels_panel", lambda desk, _: ChannelsPanel(desk))


@pytest.fixture
def panel(window: Bench, monkeypatch: pytest.MonkeyPatch, qtbot) -> ChannelsPanel:
    """The panel in view, with a line nobody analyses."""
    monkeypatch.setattr(window.conductor, "analyse", lambda *_: None)
    window.session.apply(AddLine(window.session.document.characters[0].id, LineDoc(new_id(), "one", Typed("Hello."))))
    dock = window.channels_panel.parentWidget()
    dock.show()
    dock.raise_()
    qtbot.waitUntil(lambda: window.channels_panel.isVisible() and bool(window.channels_panel.rows))
    return window.channels_panel


@pytest.fixture
def undone(window: Bench) -> Callable[[Callable[[], object]], Document]:
    """Does something that must be one step, takes it back, makes it again; gives the document with it."""

    def check(do: Callable[[], object]) -> Document:
        before, steps = window.session.document, window.session.cursor
        do()
        after = window.session.document
        assert after != before and window.session.cursor == steps + 1
        window.undo()
        assert window.session.document == before
        window.redo()
        assert window.session.document == after
        return after

    return check


def line_of(document: Document) -> LineDoc:
    return next(iter(document.lines()))


def choose(bar: LayerBar, row: int) -> None:
    """Click a row beside its controls."""
    QTest.mouseClick(bar._item_at(row).weight, LEFT)
    assert bar.list.currentRow() == row and bar.active is not None


def drag(row: LevelRow, start: float, stop: float) -> None:
    slider = row.slider
    points = [QPoint(round(slider._x(share * STEPS)), slider.height() // 2) for share in (start, (start + stop) / 2, stop)]
    QTest.mousePress(slider, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(slider, point)
    QTest.mouseRelease(slider, LEFT, pos=points[2])


def test_layers_are_added_renamed_duplicated_moved_and_deleted(panel: ChannelsPanel, window: Bench, undone):
    bar = panel.layers
    document = undone(lambda: QTest.mouseClick(bar.buttons["addLayer"], LEFT))
    assert [x.name for x in line_of(document).layers] == ["Layer 1"]
    QTest.mouseClick(bar.buttons["addLayer"], LEFT)
    assert bar.active is not None and bar.active.name == "Layer 2"

    def rename() -> None:
        name = bar._item_at(0).name
        QTest.mouseDClick(name, LEFT)
        QTest.keyClicks(name, "Smile")
        QTest.keyClick(name, Qt.Key.Key_Return)

    document = undone(rename)
    assert [x.name for x in line_of(document).layers] == ["Layer 1", "Smile"]
    document = undone(lambda: QTest.mouseClick(bar.buttons["duplicateLayer"], LEFT))
    assert [x.name for x in line_of(document).layers] == ["Layer 1", "Smile", "Smile copy"]
    choose(bar, 0)  # what was undone is no longer the active one
    document = undone(lambda: QTest.mouseClick(bar.buttons["lowerLayer"], LEFT))
    assert [x.name for x in line_of(document).layers] == ["Layer 1", "Smile copy", "Smile"]
    document = undone(lambda: QTest.mouseClick(bar.buttons["removeLayer"], LEFT))
    assert [x.name for x in line_of(document).layers] == ["Layer 1", "Smile"]


def test_a_layer_is_muted_soloed_locked_weighed_and_spanned(panel: ChannelsPanel, window: Bench, undone):
    bar = panel.layers
    QTest.mouseClick(bar.buttons["addLayer"], LEFT)
    for name in ("mute", "solo"):
        assert getattr(line_of(undone(lambda n=name: QTest.mouseClick(bar._item_at(0).buttons[n], LEFT))).layers[0], name)
    assert line_of(undone(lambda: drag(bar.weight, 1.0, 0.4))).layers[0].weight == pytest.approx(0.4, abs=0.03)

    def override() -> None:
        bar.mode.setFocus()
        QTest.keyClick(bar.mode, Qt.Key.Key_Down)

    assert line_of(undone(override)).layers[0].mode == "override"

    def span() -> None:
        bar.start.setFocus()
        bar.start.selectAll()
        QTest.keyClicks(bar.start, "0.5")
        QTest.keyClick(bar.start, Qt.Key.Key_Return)

    assert line_of(undone(span)).layers[0].start_s == 0.5
    undone(lambda: QTest.mouseClick(bar.whole, LEFT))
    undone(lambda: QTest.mouseClick(bar._item_at(0).buttons["lock"], LEFT))
    row = panel.rows["jawOpen"]
    assert not row.isEnabled() and "locked" in row.toolTip() and not bar.buttons["removeLayer"].isEnabled()


def test_a_channel_is_dragged_typed_keyed_and_reset(panel: ChannelsPanel, window: Bench, undone):
    row = panel.rows["jawOpen"]
    document = undone(lambda: drag(row, 0.5, 0.8))
    layer = line_of(document).layers[0]
    assert layer.name == "Edits" and layer.curves["jawOpen"].keys[0].value == pytest.approx(0.6, abs=0.06)
    panel.layers.list.setCurrentRow(0)
    window.player.set_line(2.0, window.session.document.settings.rate, None)
    window.player.seek(1.0)

    def typed() -> None:
        row.number.setFocus()
        row.number.selectAll()
        QTest.keyClicks(row.number, "-=0.2")
        QTest.keyClick(row.number, Qt.Key.Key_Return)

    keys = line_of(undone(typed)).layers[0].curves["jawOpen"].keys
    assert len(keys) == 2 and keys[1].value == pytest.approx(keys[0].value - 0.2)
    assert row.keybox is not None and row.keybox.state == "keyed"
    assert len(line_of(undone(lambda: QTest.mouseClick(row.keybox, LEFT))).layers[0].curves["jawOpen"].keys) == 1
    steps = window.session.cursor
    at = QPoint(round(row.slider._x(100)), row.slider.height() // 2)
    QTest.mouseClick(row.slider, LEFT, pos=at)
    QTest.mouseDClick(row.slider, LEFT, pos=at)
    assert row.value == 0.0 and window.session.cursor == steps + 1


def test_both_sides_move_together_while_mirrored(panel: ChannelsPanel, window: Bench, undone):
    QTest.mouseClick(panel.mirror, LEFT)
    curves = line_of(undone(lambda: drag(panel.rows["browDownLeft"], 0.5, 0.7))).layers[0].curves
    assert curves["browDownLeft"] == curves["browDownRight"]


def test_escape_takes_a_drag_back(panel: ChannelsPanel, window: Bench):
    row, before, steps = panel.rows["cheekPuff"], window.session.document, window.session.cursor
    at = QPoint(round(row.slider._x(800)), row.slider.height() // 2)
    QTest.mousePress(row.slider, LEFT, pos=at)
    assert window.session.document != before
    QTest.keyClick(row.slider, Qt.Key.Key_Escape)
    QTest.mouseRelease(row.slider, LEFT, pos=at)
    assert window.session.document == before and window.session.cursor == steps and row.value == 0.0


def test_search_keyed_only_and_curves(panel: ChannelsPanel, window: Bench):
    drag(panel.rows["noseSneerLeft"], 0.5, 0.8)
    window.selection.set_active_layer(line_of(window.session.document).layers[0].id)
    QTest.keyClicks(panel.search, "sneer")
    assert [n for n, r in panel.rows.items() if not r.isHidden() and not panel.sections["Cheeks and Nose"].isHidden()].count("noseSneerRight") == 1
    assert panel.rows["jawOpen"].isHidden() and panel.sections["Jaw"].isHidden()
    panel.search.clear()
    QTest.mouseClick(panel.keyed_only, LEFT)
    assert [n for n, r in panel.rows.items() if not r.isHidden()] == ["noseSneerLeft"]
    QTest.mouseClick(panel.curves, LEFT)
    assert {t.rsplit("/", 1)[-1] for t in window.selection.tracks} == {"noseSneerLeft"}
    QTest.mouseClick(panel.keyed_only, LEFT)
    QTest.mouseClick(panel.rows["jawOpen"].title, LEFT, Qt.KeyboardModifier.ControlModifier)
    assert {t.rsplit("/", 1)[-1] for t in window.selection.tracks} == {"noseSneerLeft", "jawOpen"}
