"""The stage panel by mouse and key: every control is one step, taken back to the very document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog

from engine.core.curves import Curve, Key
from engine.export.png import write_png
from engine.project.document import Character, LineDoc, Media
from engine.project.edits import AddCharacter, AddLine
from engine.project.stage import BACKGROUNDS, LIGHTS, Placement, Shot
from studio.panels.levels import LevelRow
from studio.stage.company import arranged
from studio.stage.panel import StagePanel
from studio.stage.shooting import Shooting
from tests.studio.conftest import WAIT_MS
from tests.studio.panel_scene import Bench, bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def scene(qtbot, own_cache: Path) -> Iterator[Bench]:
    """The panel with a line at one second of the scene, all its sections open."""

    def make(desk, viewport) -> StagePanel:
        shooting = Shooting(desk.session, desk.player)
        viewport.looking.attach(shooting)
        panel = StagePanel(desk, viewport, shooting)
        panel.shooting = shooting  # type: ignore[attr-defined]
        return panel

    for made in bench(qtbot, "stage_panel", make):
        made.resize(330, 1900)
        line = LineDoc("line", "one", Media("a.wav", "0" * 64, 4.0, 48000), start_s=1.0)
        made.session.apply(AddLine(made.session.document.characters[0].id, line))
        made.player.set_line(4.0, made.session.document.settings.rate, None)
        for section in made.stage_panel.sections:
            section.button.setChecked(True)
        QApplication.processEvents()
        yield made


class Step:
    """What happens inside is one step: undone the document is as before, redone as after."""

    def __init__(self, scene: Bench) -> None:
        self._session = scene.session

    def __enter__(self) -> None:
        self._before, self._steps = self._session.document, self._session.cursor

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None:
            return
        after = self._session.document
        assert after != self._before, "nothing changed"
        assert self._session.cursor == self._steps + 1, "not one step"
        self._session.undo()
        assert self._session.document == self._before
        self._session.redo()
        assert self._session.document == after


def place(row: LevelRow, share: float) -> QPoint:
    """Where on a slider a share of its range lies."""
    return QPoint(round(7 + (row.slider.width() - 14) * share), row.slider.height() // 2)


def pull(row: LevelRow, share: float, let_go: bool = True) -> None:
    """Drag a slider's knob to a share of its range."""
    QTest.mousePress(row.slider, LEFT, pos=place(row, row.slider.value() / 1000))
    for part in (0.5, 0.8, 1.0):
        point = QPointF(place(row, row.slider.value() / 1000 * (1 - part) + share * part))
        moved = QMouseEvent(QEvent.Type.MouseMove, point, QPointF(row.slider.mapToGlobal(point.toPoint())), Qt.MouseButton.NoButton, LEFT, Qt.NoModifier)
        QApplication.sendEvent(row.slider, moved)
    if let_go:
        QTest.mouseRelease(row.slider, LEFT, pos=place(row, share))


def type_in(row: LevelRow, text: str) -> None:
    row.number.setFocus()
    row.number.selectAll()
    QTest.keyClicks(row.number, text)
    QTest.keyClick(row.number, Qt.Key.Key_Return)


def rows(panel: StagePanel) -> dict[str, LevelRow]:
    lens = {"f_number": panel.lens.f_number, "focal": panel.lens.focal}
    return {**panel.light.levels, **panel.look.levels, **lens, **panel.camera.rows, **panel.company.rows}


def test_every_slider_is_one_step_by_hand_by_number_and_back(scene: Bench):
    panel: StagePanel = scene.stage_panel
    QTest.mouseClick(panel.lens.depth_box, LEFT, pos=QPoint(8, panel.lens.depth_box.height() // 2))
    for name, row in rows(panel).items():
        before = row.value
        with Step(scene):
            pull(row, 0.81)
        assert row.value != before and not scene.session.history.dragging, name
        with Step(scene):
            type_in(row, f"{row.low + 0.3 * (row.high - row.low):.3f}")
        steps = scene.session.cursor
        QTest.mouseClick(row.slider, LEFT, pos=place(row, 0.6))
        QTest.mouseDClick(row.slider, LEFT, pos=place(row, 0.6))
        assert row.value == pytest.approx(row.level.usual) and scene.session.cursor == steps + 1, name
        QTest.mouseRelease(row.slider, LEFT)
        for _ in range(3):
            scene.undo()
        assert row.value == pytest.approx(before, abs=1e-3), name


def test_escape_takes_a_pulled_slider_back(scene: Bench):
    panel, before, steps = scene.stage_panel, scene.session.document, scene.session.cursor
    for row in (panel.light.levels["exposure"], panel.camera.rows["yaw"], panel.company.rows["x"]):
        pull(row, 0.9, let_go=False)
        assert scene.session.document != before
        QTest.keyClick(panel, Qt.Key.Key_Escape)
        assert scene.session.document == before and scene.session.cursor == steps
        QTest.mouseRelease(row.slider, LEFT)


def test_lights_are_chosen_by_their_pictures(scene: Bench, qtbot):
    panel = scene.stage_panel
    for name in LIGHTS[1:]:
        with Step(scene):
            QTest.mouseClick(panel.light.presets[name], LEFT)
        assert scene.session.document.stage.lighting.preset == name and panel.light.presets[name].isChecked()

    def pictures() -> list:
        return [panel.light.presets[name].icon().pixmap(44, 44).toImage() for name in LIGHTS]

    qtbot.waitUntil(lambda: all(picture.pixelColor(22, 22).alpha() == 255 for picture in pictures()), timeout=WAIT_MS)
    icons = pictures()
    assert all(a != b for i, a in enumerate(icons) for b in icons[:i]), "no two look alike"


def test_backgrounds_and_tones_are_chosen(scene: Bench):
    panel = scene.stage_panel
    for name in BACKGROUNDS:
        if name not in ("picture", "gradient"):
            with Step(scene):
                panel.background.kind.setCurrentIndex(panel.background.kind.findData(name))
                panel.background.kind.activated.emit(panel.background.kind.currentIndex())
            assert scene.session.document.stage.background.kind == name
    assert panel.background.edge_button.isHidden() or not panel.background.edge_button.isVisible()
    with Step(scene):
        panel.look.tone.setCurrentIndex(2)
        panel.look.tone.activated.emit(2)
    assert scene.session.document.stage.lighting.tone == "punchy"


def test_a_colour_is_chosen_in_a_dialog_seen_at_once_and_taken_back(scene: Bench, qtbot):
    button, session = scene.stage_panel.background.colour_button, scene.session
    before, steps = session.document, session.cursor

    def opened() -> QColorDialog:
        QTest.mouseClick(button, LEFT)
        qtbot.waitUntil(lambda: button.dialog is not None and button.dialog.isVisible(), timeout=WAIT_MS)
        return button.dialog

    dialog = opened()
    dialog.setCurrentColor(QColor(255, 0, 0))
    assert session.document.stage.background.colour == (1.0, 0.0, 0.0)
    dialog.reject()
    assert session.document == before and session.cursor == steps and button.colour == before.stage.background.colour
    with Step(scene):
        dialog = opened()
        dialog.setCurrentColor(QColor(0, 255, 0))
        dialog.setCurrentColor(QColor(0, 0, 255))
        dialog.accept()
    assert session.document.stage.background.colour == (0.0, 0.0, 1.0)


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    path = tmp_path / "a wall é.png"
    write_png(path, np.full((30, 40, 3), (90, 120, 60), np.uint8))
    return path


def dropped(widget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    widget.dropEvent(event)


def test_a_picture_is_dropped_behind_and_found_missing(scene: Bench, qtbot, wall: Path):
    section, session = scene.stage_panel.background, scene.session
    before = session.document
    dropped(section, wall)
    qtbot.waitUntil(lambda: session.document.stage.background.kind == "picture", timeout=WAIT_MS)
    assert section.file.text() == wall.name and section.missing.isHidden()
    assert Path(scene.stage_panel.shooting.drawn_stage.background.picture.path) == wall
    wall.unlink()
    scene.stage_panel.shooting.look_again()
    section.refresh()
    assert not section.missing.isHidden() and scene.stage_panel.shooting.drawn_stage.background.kind == "gradient"
    session.undo()
    assert session.document == before


def test_what_is_no_picture_changes_nothing(scene: Bench, qtbot, tmp_path: Path):
    section, before = scene.stage_panel.background, scene.session.document
    (tmp_path / "text.png").write_text("no picture")
    with qtbot.waitSignal(section.refused, timeout=WAIT_MS) as caught:
        dropped(section, tmp_path / "text.png")
    assert "text.png" in str(caught.args[0]) and scene.session.document == before


def test_framings_keep_the_lens_and_know_the_other_side(scene: Bench):
    panel, session = scene.stage_panel, scene.session
    with Step(scene):
        QTest.mouseClick(panel.camera.framings["profile"], LEFT)
    assert session.document.stage.shot.yaw == 90.0
    with Step(scene):
        QTest.mouseClick(panel.camera.framings["profile"], LEFT)
    assert session.document.stage.shot.yaw == -90.0
    far = session.document.stage.shot.distance
    type_in(panel.lens.focal, "105")
    assert session.document.stage.shot.distance == pytest.approx(far * 1.5), "heads stay as large"
    QTest.mouseClick(panel.lens.keep_size, LEFT, pos=QPoint(8, panel.lens.keep_size.height() // 2))
    type_in(panel.lens.focal, "50")
    assert session.document.stage.shot.distance == pytest.approx(far * 1.5)
    type_in(panel.lens.focal, "105")
    with Step(scene):
        QTest.mouseClick(panel.camera.framings["eyes"], LEFT)
    shot = session.document.stage.shot
    assert shot.focal == 105.0 and shot.yaw == 0.0 and shot.distance < 0.6
    for name, button in panel.camera.framings.items():
        QTest.mouseClick(button, LEFT)
        assert session.document.stage.shot != shot or name == "eyes"


def test_rows_have_keys_at_the_playhead_of_the_scene(scene: Bench, qtbot):
    panel, session = scene.stage_panel, scene.session
    scene.player.seek(0.5)
    yaw = panel.camera.rows["yaw"]
    assert yaw.keybox is not None
    with Step(scene):
        QTest.mouseClick(yaw.keybox, LEFT, pos=yaw.keybox.centre(0).toPoint())
    assert session.document.stage.camera == {"yaw": Curve((Key(1.5, 0.0),))} and yaw.keybox.state == "keyed"
    scene.player.seek(2.0)
    qtbot.waitUntil(lambda: yaw.keybox.state == "between", timeout=WAIT_MS)
    with Step(scene):
        type_in(yaw, "20")
    assert session.document.stage.camera["yaw"].keys == (Key(1.5, 20.0),), "without auto-key the curve moves"
    QTest.mouseClick(panel.camera.auto, LEFT)
    with Step(scene):
        pull(yaw, 0.7)
    assert [k.time_s for k in session.document.stage.camera["yaw"].keys] == [1.5, 3.0]
    with Step(scene):
        QTest.mouseClick(panel.camera.key_all, LEFT)
    assert set(session.document.stage.camera) == set(vars(Shot()))
    QTest.mouseClick(yaw.keybox, LEFT, pos=yaw.keybox.centre(-1).toPoint())
    assert scene.player.position_s == pytest.approx(0.5)
    with Step(scene):
        QTest.mouseClick(yaw.keybox, LEFT, pos=yaw.keybox.centre(0).toPoint())
    assert [k.time_s for k in session.document.stage.camera["yaw"].keys] == [3.0]


def test_the_last_key_leaves_the_camera_where_it_was(scene: Bench):
    panel, session = scene.stage_panel, scene.session
    box = panel.camera.rows["up"].keybox
    assert box is not None
    QTest.mouseClick(box, LEFT, pos=box.centre(0).toPoint())
    type_in(panel.camera.rows["up"], "0.2")
    QTest.mouseClick(box, LEFT, pos=box.centre(0).toPoint())
    assert not session.document.stage.camera and session.document.stage.shot.up == 0.2


def test_depth_of_field_and_focus(scene: Bench):
    lens, session = scene.stage_panel.lens, scene.session
    assert not lens.f_number.isEnabled() and lens.distance.isHidden()
    with Step(scene):
        QTest.mouseClick(lens.depth_box, LEFT, pos=QPoint(8, lens.depth_box.height() // 2))
    assert session.document.stage.lens.depth_of_field and lens.f_number.isEnabled()
    with Step(scene):
        lens.focus.setCurrentIndex(1)
        lens.focus.activated.emit(1)
    assert session.document.stage.lens.focus == pytest.approx(Shot().distance) and lens.distance.isVisible()
    with Step(scene):
        type_in(lens.distance, "0.75")
    assert session.document.stage.lens.focus == 0.75


def test_characters_are_placed_and_arranged(scene: Bench):
    session, section = scene.session, scene.stage_panel.company
    for name in ("Bo", "Cy"):
        session.apply(AddCharacter(Character(f"id{name}", name)))
    ids = [c.id for c in session.document.characters]
    assert [section.who.itemText(i) for i in range(section.who.count())] == ["Ada", "Bo", "Cy"]
    section.select(ids[1])
    with Step(scene):
        type_in(section.rows["x"], "2")
    assert session.document.character(ids[1]).placement == Placement(x=2.0)
    for name, button in section.arrangements.items():
        with Step(scene):
            QTest.mouseClick(button, LEFT)
        assert tuple(c.placement for c in session.document.characters) == arranged(name, session.document.characters, 1), name
    far = session.document.stage.shot.distance
    assert far > Shot().distance, "a row needs room"


def test_arrangements_make_sense():
    three = [Character(str(i), str(i)) for i in range(3)]
    alone = arranged("alone", three, 2)
    assert alone[2] == Placement() and all(abs(p.x) > 2 for p in alone[:2])
    facing = arranged("facing", three)
    assert facing[0].x < 0 < facing[1].x and facing[0].turn > 0 > facing[1].turn and facing[2].z < 0
    beside = arranged("beside", three)
    assert [p.x for p in beside] == sorted(p.x for p in beside) and beside[0].turn > 0 > beside[2].turn and beside[1].turn == 0
    row = arranged("row", three)
    assert all(p.turn == 0 for p in row) and row[1].x == 0
    for name in ("alone", "facing", "beside", "row"):
        for count in (1, 2, 12):
            assert len(arranged(name, [Character(str(i), str(i)) for i in range(count)])) == count


def test_a_project_for_reading_only_changes_nothing(scene: Bench, monkeypatch: pytest.MonkeyPatch):
    panel = scene.stage_panel
    monkeypatch.setattr(type(scene.session), "read_only", property(lambda _: "somebody else has it open"))
    panel.refresh()
    enabled = [w for w in (*rows(panel).values(), *panel.light.presets.values(), *panel.company.arrangements.values(), panel.camera.key_all) if w.isEnabled()]
    assert not enabled and "reading only" in panel.light.levels["key"].toolTip()
    assert not panel.background.colour_button.isEnabled() and not panel.picture.width_px.isEnabled()


def test_size_and_rate_of_the_project(scene: Bench):
    picture, session = scene.stage_panel.picture, scene.session
    with Step(scene):
        picture.size_box.setCurrentIndex(3)
        picture.size_box.activated.emit(3)
    assert (session.document.settings.width, session.document.settings.height) == (1920, 1080)
    with Step(scene):
        picture.width_px.setFocus()
        picture.width_px.selectAll()
        QTest.keyClicks(picture.width_px, "640")
        QTest.keyClick(picture.width_px, Qt.Key.Key_Return)
    assert session.document.settings.width == 640 and picture.size_box.currentIndex() == -1
    with Step(scene):
        picture.rate_box.setCurrentIndex(1)
        picture.rate_box.activated.emit(1)
    assert session.document.settings.rate == 24


def test_guides_are_the_views_alone(scene: Bench):
    panel, before = scene.stage_panel, scene.session.document
    for name, box in panel.guides.boxes.items():
        on = box.isChecked()
        QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
        assert (name in scene.viewport.framing.guides) is not on
    assert scene.session.document == before
