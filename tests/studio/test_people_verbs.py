"""Choosing, chance, varying, comparing, copying and files: each verb by mouse or key, undone, the documents compared."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from engine.avatars import people
from engine.avatars.axes import mirrored
from engine.avatars.chance import random_person
from engine.avatars.file import Avatar, read, write
from engine.avatars.sections import SECTIONS, addresses, value_of
from engine.core.errors import InvalidInput
from engine.core.person import Person
from studio.people.panel import PeoplePanel
from studio.people.portraits import Portraits, key_of
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS
from tests.studio.panel_scene import Bench, bench
from tests.studio.people_scene import LEFT, click_entry, drag, row_of, step, typed, unchanged

ZED = random_person(11, name="Zed")


@pytest.fixture(autouse=True)
def _own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_CONFIG", str(tmp_path / "config"))


@pytest.fixture
def window(own_cache, qtbot) -> Iterator[Bench]:
    """The panel alone in a window."""
    yield from bench(qtbot, "people_panel", lambda desk, _: PeoplePanel(desk))


@pytest.fixture
def panel(window: Bench) -> PeoplePanel:
    return window.people_panel


def differs(a: Person, b: Person) -> set[str]:
    return {s for s, found in addresses().items() if any(value_of(a, x) != value_of(b, x) for x in found)}


def verb(panel: PeoplePanel, name: str) -> None:
    """By way of the menu, as it is when it opens."""
    panel.more.menu().aboutToShow.emit()
    assert panel.verbs[name].isEnabled()
    panel.verbs[name].trigger()


# The gallery.


def test_a_click_in_the_gallery_puts_somebody_on(panel: PeoplePanel, window: Bench):
    people.keep(Avatar(ZED))
    panel.later()
    names = [entry.person.name for entry in panel.gallery.entries]
    assert names[0] == "Ada" and "Zed" in names
    assert step(window, lambda: click_entry(panel.gallery, names.index("Zed"))) == ZED
    character = window.session.document.characters[0]
    assert character.person == ZED and character.name == "Zed"
    person = step(window, lambda: click_entry(panel.gallery, 0))
    character = window.session.document.characters[0]
    assert person == Person() and character.person is None and character.avatar == "ada", "a built-in person is named, not copied"


def test_the_gallery_is_walked_by_keys(panel: PeoplePanel, window: Bench):
    people.keep(Avatar(ZED))
    panel.later()
    panel.gallery.setFocus()
    panel.gallery.setCurrentRow(len(panel.gallery.entries) - 2)
    unchanged(window, lambda: QTest.keyClick(panel.gallery, Qt.Key.Key_Right))
    assert step(window, lambda: QTest.keyClick(panel.gallery, Qt.Key.Key_Return)) == ZED


def test_the_gallery_shows_one_kind_at_a_time(panel: PeoplePanel, window: Bench):
    people.keep(Avatar(ZED))
    panel.looks.become(random_person(5, name="Yan"), "Choose person")
    shown = {}
    for i, origin in enumerate(("all", "built-in", "project", "own")):
        QTest.mouseClick(panel.origins.button(i), LEFT)
        shown[origin] = [entry.person.name for entry in panel.gallery.entries]
    assert shown["own"] == ["Zed"] and shown["project"] == ["Yan"] and len(shown["built-in"]) == len(people.BUILT_IN)
    assert shown["all"] == [*shown["built-in"], "Zed", "Yan"]


def test_ones_own_are_removed_after_asking(panel: PeoplePanel, window: Bench, qtbot):
    path = people.keep(Avatar(ZED))
    QTest.mouseClick(panel.origins.button(3), LEFT)
    panel.gallery.setFocus()
    panel.gallery.setCurrentRow(0)
    unchanged(window, lambda: QTest.keyClick(panel.gallery, Qt.Key.Key_Delete))
    box = window.findChild(QMessageBox, "removePersonBox")
    assert box is not None and path.exists()
    QTest.mouseClick(next(b for b in box.buttons() if b.text() == "Remove"), LEFT)
    assert not path.exists() and panel.gallery.count() == 0
    QTest.mouseClick(panel.origins.button(1), LEFT)
    panel.gallery.setCurrentRow(0)
    QTest.keyClick(panel.gallery, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert len(panel.gallery.entries) == len(people.BUILT_IN), "who comes with the studio stays"


def test_a_broken_file_of_the_library_hides_nobody(panel: PeoplePanel):
    people.keep(Avatar(ZED))
    (people.library() / "broken.viva-avatar").write_text("x")
    panel.later()
    assert [entry.person.name for entry in panel.gallery.entries][-1] == "Zed"


@pytest.mark.skipif(os.environ.get("VIVAVOCE_NO_GL") == "1", reason="no GL")
def test_pictures_are_drawn_beside_the_window_and_kept(panel: PeoplePanel, window: Bench, qtbot, own_cache: Path):
    assert not window.jobs.tasks, "none is drawn before the viewport has its first"
    panel.portraits.allow()
    qtbot.waitUntil(lambda: panel.portraits.picture(Person()) is not None or panel.portraits.useless, timeout=WAIT_MS)
    if panel.portraits.useless:
        pytest.skip("there is no GL here")
    kept = own_cache / "people" / f"{key_of(Person())}.png"
    qtbot.waitUntil(kept.exists, timeout=WAIT_MS)
    assert Portraits.of(window.jobs) is panel.portraits
    assert key_of(Person()) == key_of(Person(name="Eve")) != key_of(ZED), "a name is not seen"
    panel.looks.save(own_cache / "x.viva-avatar", panel.portraits.png(Person()))
    assert read(own_cache / "x.viva-avatar").thumbnail is not None


# Chance and varying.


def test_random_leaves_locked_sections(panel: PeoplePanel, window: Bench):
    first = step(window, lambda: QTest.mouseClick(panel.random, LEFT))
    assert len(differs(first, Person())) > 15
    for name in ("Nose", "Hair"):
        QTest.mouseClick(panel.sections[name].lock, LEFT)
    second = step(window, lambda: QTest.mouseClick(panel.random, LEFT))
    assert len(differs(first, second)) > 12 and not differs(first, second) & {"Nose", "Hair"}
    third = step(window, lambda: QTest.mouseClick(panel.random, LEFT))
    assert third not in (first, second)


def test_varying_shows_others_and_puts_one_on(panel: PeoplePanel, window: Bench):
    QTest.mouseClick(panel.varying.button, LEFT)
    QApplication.processEvents()
    some = [entry.person for entry in panel.varying.grid.entries]
    assert len(set(some)) == 8
    assert step(window, lambda: click_entry(panel.varying.grid, 2)) == some[2]
    assert [entry.person for entry in panel.varying.grid.entries] == some, "the others stay to be tried"
    unchanged(window, lambda: QTest.mouseClick(panel.varying.again, LEFT))
    others = [entry.person for entry in panel.varying.grid.entries]
    assert not set(others) & set(some)
    drag(panel.varying.strength, 0.05)
    near = [entry.person for entry in panel.varying.grid.entries]
    far = max(abs(p.shape.get(n, 0) - some[2].shape.get(n, 0)) for p in near for n in p.shape)
    assert far < 0.35 and near != others
    QTest.mouseClick(panel.sections["Hair"].lock, LEFT)
    assert all(entry.person.hair == panel.looks.person.hair for entry in panel.varying.grid.entries)


# Before and after, mirroring, resetting.


def test_before_is_seen_while_the_button_is_held(panel: PeoplePanel, window: Bench):
    shown = []
    panel.looks.shown_before.connect(shown.append)
    assert not panel.compare.isEnabled()
    row = row_of(panel, "Skin", "skin/freckles")
    drag(row, 0.9)
    drag(row, 0.7)
    assert panel.compare.isEnabled()

    def hold() -> None:
        QTest.mousePress(panel.compare, LEFT)
        assert shown == [Person()] and panel.looks.showing_before
        QTest.mouseRelease(panel.compare, LEFT)

    unchanged(window, hold)
    assert shown == [Person(), None]
    panel.looks.become(ZED, "Choose person")
    assert panel.looks.before is not None and panel.looks.before.skin.freckles == pytest.approx(0.7, abs=0.03)


def test_looks_of_before_go_when_something_changes(panel: PeoplePanel, window: Bench):
    shown = []
    panel.looks.shown_before.connect(shown.append)
    panel.looks.put("Skin", {"skin/freckles": 0.9})
    panel.looks.show_before(True)
    panel.looks.put("Skin", {"skin/tone": 0.9})
    assert shown == [Person(), None]


def test_mirror(panel: PeoplePanel, window: Bench):
    panel.looks.become(ZED, "Choose person")
    assert step(window, lambda: verb(panel, "mirror")) == mirrored(ZED)


def test_reset_all(panel: PeoplePanel, window: Bench):
    panel.looks.become(ZED, "Choose person")
    assert step(window, lambda: verb(panel, "reset")) == Person(name="Zed")


# The clipboard.


def test_looks_are_copied_from_one_to_another(panel: PeoplePanel, window: Bench):
    panel.looks.become(ZED, "Choose person")
    unchanged(window, lambda: verb(panel, "copy"))
    panel.looks.become(Person(), "Choose person", "ada")
    pasted = step(window, lambda: verb(panel, "paste"))
    assert not differs(pasted, ZED) and pasted.name == "Ada"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"name": 5}', b'{"wings": 1}', b"\xff", b'{"name": "x", "skin": {"tone": 9}}', b" " * 300_000])
def test_a_clipboard_that_holds_no_looks(panel: PeoplePanel, window: Bench, data: bytes):
    mime = QMimeData()
    mime.setData("application/x-vivavoce-person", data)
    QApplication.clipboard().setMimeData(mime)
    panel.more.menu().aboutToShow.emit()
    assert not panel.verbs["paste"].isEnabled()
    unchanged(window, panel.looks.paste)


def test_an_axis_that_is_not_known_is_not_pasted(panel: PeoplePanel, window: Bench):
    mime = QMimeData()
    mime.setData("application/x-vivavoce-person", b'{"name": "x", "shape": {"gills": 0.5}}')
    QApplication.clipboard().setMimeData(mime)
    unchanged(window, panel.looks.paste)


# Files.


def test_saving_and_opening(panel: PeoplePanel, window: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    panel.looks.become(ZED, "Choose person")
    asked = []

    def ask(_parent, _title, suggested, _kinds) -> tuple[str, str]:
        asked.append(suggested)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    unchanged(window, lambda: QTest.mouseClick(panel.save_file, LEFT))
    assert asked[0].endswith("zed.viva-avatar") and read(tmp_path / "mine.viva-avatar").person == ZED
    panel.looks.become(Person(), "Choose person", "ada")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.viva-avatar"), ""))
    assert step(window, lambda: QTest.mouseClick(panel.open_file, LEFT)) == ZED


def test_a_file_that_cannot_be_read_changes_nothing(panel: PeoplePanel, window: Bench, tmp_path: Path):
    failed: list[object] = []
    panel.failed.connect(failed.append)
    path = tmp_path / "x.viva-avatar"
    write(path, ZED)
    path.write_bytes(path.read_bytes()[:-30])
    unchanged(window, lambda: panel.files.open(path))
    assert isinstance(failed[0], InvalidInput) and str(path) in str(failed[0])
    unchanged(window, lambda: panel.files.save(tmp_path / "no" / "x.viva-avatar"))
    assert len(failed) == 2


def test_keeping_somebody(panel: PeoplePanel, window: Bench):
    panel.looks.become(ZED, "Choose person")
    unchanged(window, lambda: verb(panel, "keep"))
    assert people.find("zed").person == ZED
    QTest.mouseClick(panel.origins.button(3), LEFT)
    assert [entry.person for entry in panel.gallery.entries] == [ZED]


def drop(target, path: Path) -> bool:
    """Drag a file onto a widget and let it go; whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    enter.setAccepted(False)
    target.dragEnterEvent(enter)
    if enter.isAccepted():
        target.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier))
    return enter.isAccepted()


def test_a_file_is_dropped_on_the_panel(panel: PeoplePanel, window: Bench, tmp_path: Path):
    write(tmp_path / "x.viva-avatar", ZED)
    assert step(window, lambda: drop(panel, tmp_path / "x.viva-avatar")) == ZED
    unchanged(window, lambda: drop(panel, tmp_path / "x.wav"))
    assert not drop(panel, tmp_path / "x.wav")


# The studio's window.


@pytest.fixture
def studio(request: pytest.FixtureRequest) -> MainWindow:
    from tests.studio import conftest  # noqa: F401  the fixture below is its

    make = request.getfixturevalue("make_window")
    return make()


def test_a_file_is_dropped_on_the_window_and_errors_are_shown(studio: MainWindow, tmp_path: Path, qtbot):
    write(tmp_path / "x.viva-avatar", ZED)
    assert drop(studio, tmp_path / "x.viva-avatar")
    qtbot.waitUntil(lambda: studio.session.document.characters[0].person == ZED)
    (tmp_path / "x.viva-avatar").write_text("no")
    drop(studio, tmp_path / "x.viva-avatar")
    qtbot.waitUntil(lambda: bool(studio.faults.open_boxes))
    assert "x.viva-avatar" in studio.faults.open_boxes[0].text() + studio.faults.open_boxes[0].informativeText()
    assert studio.session.document.characters[0].person == ZED
    studio.undo()
    assert studio.session.document.characters[0].person is None


def test_newcomers_look_like_nobody_else(studio: MainWindow):
    cast = studio.line_panel.cast
    for _ in range(3):
        QTest.mouseClick(cast.add_button, LEFT)
    characters = studio.session.document.characters
    assert len({people.person_of(c) for c in characters}) == len({c.placement for c in characters}) == len({c.name for c in characters}) == 4
    assert studio.people_panel.looks.character == characters[-1], "the newcomer is the one to shape"


def test_the_layout_for_people(studio: MainWindow):
    studio.layouts.use("people")
    QApplication.processEvents()
    assert studio.people_panel.isVisible() and studio.people_panel.height() > 400
    assert set(studio.people_panel.sections) == set(SECTIONS)
    typed(studio.people_panel.name, "Eve")
    assert studio.session.document.characters[0].name == "Eve"


def test_the_viewport_shows_the_looks_of_before(studio: MainWindow):
    panel = studio.people_panel
    character = studio.session.document.characters[0]
    panel.looks.become(ZED, "Choose person")
    assert studio.viewport.shown.company(0)["person"] == ZED
    panel.looks.show_before(True)
    assert studio.viewport.shown.company(0)["person"] == Person() and studio.session.document.characters[0].person == ZED
    panel.looks.show_before(False)
    assert studio.viewport.shown.company(0)["person"] == ZED and character.id == studio.session.document.characters[0].id


def test_the_menus_reach_people(studio: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    act, panel = studio.actions_by_name, studio.people_panel
    act["show_people"].trigger()
    QApplication.processEvents()
    assert panel.isVisible() and panel.search.hasFocus()
    act["random_person"].trigger()
    first = panel.looks.person
    assert first != Person()
    act["mirror_person"].trigger()
    assert panel.looks.person == mirrored(first)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.viva-avatar"), ""))
    act["save_avatar"].trigger()
    studio.undo()
    studio.undo()
    assert panel.looks.person == Person()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "x.viva-avatar"), ""))
    act["open_avatar"].trigger()
    assert panel.looks.person == mirrored(first)
