"""Every slider, swatch and box of the people panel by mouse and keys: each verb undone, the documents compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.avatars.axes import ancestry_of, axes, years_of
from engine.avatars.chance import random_person
from engine.avatars.palette import EYES, HAIR
from engine.avatars.people import newcomer
from engine.avatars.sections import SECTIONS, addresses, is_usual, value_of
from engine.core.person import Person
from engine.project.document import new_id
from engine.project.edits import AddCharacter, SetPerson
from studio.comfort.steps import step_words
from studio.people.panel import PeoplePanel
from studio.people.rows import ColourRow, NumberRow, SidesRow, StyleRow, ToneRow
from studio.people.triangle import AncestryRow
from studio.people.words import what_of
from tests.studio.panel_scene import Bench, bench
from tests.studio.people_scene import LEFT, click_swatch, double_click, drag, point, row_of, step, typed, unchanged


@pytest.fixture
def window(own_cache, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """The panel alone in a window, with a library of its own."""
    monkeypatch.setenv("VIVAVOCE_CONFIG", str(tmp_path / "config"))
    yield from bench(qtbot, "people_panel", lambda desk, _: PeoplePanel(desk))


@pytest.fixture
def panel(window: Bench) -> PeoplePanel:
    return window.people_panel


def put_on(window: Bench, person: Person) -> None:
    """Let the first character look so."""
    window.session.apply(SetPerson(window.session.document.characters[0].id, person))
    QApplication.processEvents()


# Everything is there.


def test_every_value_has_a_row(panel: PeoplePanel):
    for name, section in panel.sections.items():
        section.build()
        for address in addresses()[name]:
            assert section._leader(address) in section.rows, address
    assert tuple(panel.sections) == SECTIONS


def test_rows_are_made_when_a_section_is_opened(panel: PeoplePanel, qtbot):
    nose = panel.sections["Nose"]
    assert not nose.rows and panel.sections["Person"].rows
    QTest.mouseClick(nose.button, LEFT)
    qtbot.waitUntil(lambda: len(nose.rows) == len(addresses()["Nose"]))
    order = [nose.column.itemAt(i).widget() for i in range(nose.column.count())]
    assert order == [nose.rows[a] for a in addresses()["Nose"]]


def test_rows_show_the_looks(panel: PeoplePanel, window: Bench):
    person = random_person(3)
    for section in panel.sections.values():
        section.button.setChecked(True)
        section.build()
    put_on(window, person)
    for section in panel.sections.values():
        for address, row in section.rows.items():
            if type(row) is NumberRow:
                assert row.value == pytest.approx(value_of(person, address), abs=1e-3)
            elif isinstance(row, StyleRow):
                assert row.box.currentData() == value_of(person, address)
            elif isinstance(row, ColourRow):
                assert row.button.colour == (value_of(person, address) or person.hair.colour)
    assert panel.name.text() == person.name


# Sliders.


def test_a_slider_is_dragged_as_one_step(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Nose", "shape/nose-hump")
    person = step(window, lambda: drag(row, 0.9))
    assert list(person.shape) == ["nose-hump"] and person.shape["nose-hump"] == pytest.approx(0.8, abs=0.03)
    assert step_words(window.session.history.undo_label) == "Undo Change Nose: Hump"
    person = step(window, lambda: typed(row.number, "-0.5"))
    assert person.shape["nose-hump"] == -0.5
    person = step(window, lambda: double_click(row.slider))
    assert person == Person(), "a double click resets"


def test_escape_takes_a_drag_back(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Skin", "skin/freckles")
    unchanged(window, lambda: drag(row, 0.9, lambda: QTest.keyClick(row.slider, Qt.Key.Key_Escape)))
    assert row.value == Person().skin.freckles


def test_a_drag_shows_while_it_goes_on(panel: PeoplePanel, window: Bench):
    row, seen = row_of(panel, "Skin", "skin/freckles"), []
    drag(row, 0.9, lambda: seen.append(panel.looks.person.skin.freckles))
    assert seen == [pytest.approx(0.9, abs=0.03)] and not window.session.history.dragging


def test_steps_by_keys_are_merged(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Skin", "skin/freckles")
    row.slider.setFocus()

    def press() -> None:
        for _ in range(4):
            QTest.keyClick(row.slider, Qt.Key.Key_Right)

    assert step(window, press).skin.freckles > Person().skin.freckles


def test_age_is_told_in_years(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Person", "shape/age")
    assert row.value == 25
    person = step(window, lambda: typed(row.number, "57"))
    assert years_of(person) == pytest.approx(57, abs=0.01) and row.value == pytest.approx(57, abs=0.01)
    assert years_of(step(window, lambda: typed(row.number, "12"))) == pytest.approx(12, abs=0.01)


# Sides.


def test_both_sides_move_together_and_keep_their_difference(panel: PeoplePanel, window: Bench):
    put_on(window, Person(shape={"l-eye-scale": 0.1, "r-eye-scale": 0.3}))
    row = row_of(panel, "Eyes", "shape/l-eye-scale")
    assert isinstance(row, SidesRow) and row.both.isVisible() and row.both.value == pytest.approx(0.2)
    person = step(window, lambda: typed(row.both.number, "0.5"))
    assert (person.shape["l-eye-scale"], person.shape["r-eye-scale"]) == pytest.approx((0.4, 0.6))
    person = step(window, lambda: double_click(row.both.slider))
    assert person.shape == {}


def test_sides_are_set_one_by_one(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Eyes", "shape/l-eye-scale")
    QTest.mouseClick(panel.symmetry, LEFT)
    QApplication.processEvents()
    assert not row.both.isVisible() and all(side.isVisible() for side in row.sides)
    left, right = row.sides
    assert step(window, lambda: typed(left.number, "0.5")).shape == {"l-eye-scale": 0.5}
    assert step_words(window.session.history.undo_label) == "Undo Change Eyes: Size, left"
    assert step(window, lambda: typed(right.number, "-0.2")).shape == {"l-eye-scale": 0.5, "r-eye-scale": -0.2}
    assert (left.value, right.value) == (0.5, -0.2)
    QTest.mouseClick(panel.symmetry, LEFT)
    assert row.both.isVisible() and row.both.value == pytest.approx(0.15)


# Ancestry.


def test_the_ancestry_is_dragged_in_the_triangle(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Person", "shape/african")
    assert isinstance(row, AncestryRow)
    triangle = row.triangle

    def to_africa() -> None:
        corner = triangle.corners()[0]
        QTest.mousePress(triangle, LEFT, pos=point(triangle.place_of(triangle.shares)))
        for share in (0.5, 1.0):
            QTest.mouseMove(triangle, point(triangle.place_of(triangle.shares) * (1 - share) + corner * share))
        QTest.mouseRelease(triangle, LEFT, pos=point(corner))

    assert ancestry_of(step(window, to_africa)) == pytest.approx((1.0, 0.0, 0.0), abs=0.02)
    assert step_words(window.session.history.undo_label) == "Undo Change Person: Ancestry"
    assert step(window, lambda: QTest.mouseDClick(triangle, LEFT, pos=QPoint(2, 2))) == Person()


def test_shares_are_typed_and_sum_up(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Person", "shape/african")
    before = ancestry_of(Person())
    shares = ancestry_of(step(window, lambda: typed(row.numbers[1], "70")))
    assert shares[1] == pytest.approx(0.7) and sum(shares) == pytest.approx(1.0)
    assert shares[0] / shares[2] == pytest.approx(before[0] / before[2], rel=0.01), "the others keep their proportion"
    assert [number.value() for number in row.numbers] == pytest.approx([100 * share for share in shares], abs=0.1)


def test_the_triangle_is_moved_by_keys(panel: PeoplePanel, window: Bench):
    triangle = row_of(panel, "Person", "shape/african").triangle
    triangle.setFocus()
    before = triangle.shares
    shares = ancestry_of(step(window, lambda: QTest.keyClick(triangle, Qt.Key.Key_Up)))
    assert shares[2] == pytest.approx(before[2] + 0.05, abs=0.002) and sum(shares) == pytest.approx(1.0)


def test_escape_takes_the_triangles_drag_back(panel: PeoplePanel, window: Bench):
    triangle = row_of(panel, "Person", "shape/african").triangle

    def do() -> None:
        QTest.mousePress(triangle, LEFT, pos=point(triangle.corners()[1] + QPointF(-2, -2)))
        assert ancestry_of(panel.looks.person)[1] > 0.9
        triangle.setFocus()
        QTest.keyClick(triangle, Qt.Key.Key_Escape)
        QTest.mouseRelease(triangle, LEFT, pos=point(triangle.corners()[1]))

    unchanged(window, do)
    assert triangle.shares == pytest.approx(ancestry_of(Person()), abs=0.001)


# Colours and styles.


def test_swatches_are_clicked_and_walked(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Hair", "hair/colour")
    person = step(window, lambda: click_swatch(row.swatches, 6))
    assert person.hair.colour == HAIR[6][1] and row.swatches.current == 6
    row.swatches.setFocus()

    def keys() -> None:
        QTest.keyClick(row.swatches, Qt.Key.Key_Right)
        QTest.keyClick(row.swatches, Qt.Key.Key_Space)

    window.session.history._open = None  # a moment later: not merged with the step before
    assert step(window, keys).hair.colour == HAIR[7][1]


def test_an_iris_brings_its_inner_ring(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Eye colour", "eyes/colour")
    person = step(window, lambda: click_swatch(row.swatches, 9))
    assert (person.eyes.colour, person.eyes.inner) == EYES[9][1:]


def test_brows_and_beard_take_the_hairs_colour_again(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Eyebrows", "brows/colour")
    assert row.swatches.current == 0, "as the hair"
    assert step(window, lambda: click_swatch(row.swatches, 1)).brows.colour == HAIR[0][1]
    window.session.history._open = None
    assert step(window, lambda: click_swatch(row.swatches, 0)) == Person()


def test_tones_of_skin(panel: PeoplePanel, window: Bench):
    row = row_of(panel, "Skin", "skin/tone")
    assert isinstance(row, ToneRow)
    assert step(window, lambda: click_swatch(row.swatches, 8)).skin.tone == ToneRow.TONES[8]
    assert row.number.value == ToneRow.TONES[8]


def test_any_colour_by_the_dialog(panel: PeoplePanel, window: Bench, qtbot):
    row = row_of(panel, "Clothing", "clothing/colour")

    def choose(keep: bool) -> None:
        QTest.mouseClick(row.button, LEFT)
        dialog = row.button.dialog
        assert dialog is not None
        qtbot.waitUntil(dialog.isVisible)
        from PySide6.QtGui import QColor

        dialog.setCurrentColor(QColor("#804020"))
        assert panel.looks.person.clothing.colour == pytest.approx((0.502, 0.251, 0.125), abs=1e-3), "seen while it is chosen"
        dialog.accept() if keep else dialog.reject()
        QApplication.processEvents()

    unchanged(window, lambda: choose(False))
    assert step(window, lambda: choose(True)).clothing.colour == pytest.approx((0.502, 0.251, 0.125), abs=1e-3)


@pytest.mark.parametrize(("section", "address"), [("Hair", "hair/style"), ("Beard", "beard/style"), ("Clothing", "clothing/pattern")])
def test_styles_are_chosen_by_keys(panel: PeoplePanel, window: Bench, section: str, address: str):
    box = row_of(panel, section, address).box
    box.setFocus()
    key = Qt.Key.Key_Up if box.currentIndex() else Qt.Key.Key_Down
    expected = box.itemData(box.currentIndex() + (-1 if box.currentIndex() else 1))
    assert value_of(step(window, lambda: QTest.keyClick(box, key)), address) == expected


# Sections.


def test_a_section_is_reset_by_its_button_or_a_double_click(panel: PeoplePanel, window: Bench):
    person = random_person(3)
    put_on(window, person)
    nose, skin = panel.sections["Nose"], panel.sections["Skin"]
    assert nose.restore.isEnabled()
    opened = nose.opened
    after = step(window, lambda: double_click(nose.button))
    assert is_usual(after, "Nose") and nose.opened == opened and not nose.restore.isEnabled()
    assert not is_usual(after, "Skin") and after.shape != {}
    after = step(window, lambda: QTest.mouseClick(skin.restore, LEFT))
    assert is_usual(after, "Skin") and after.hair == person.hair
    after = step(window, lambda: QTest.mouseClick(panel.sections["Person"].restore, LEFT))
    assert is_usual(after, "Person") and ancestry_of(after) == ancestry_of(Person())


def test_search_finds_rows_by_their_words(panel: PeoplePanel, qtbot):
    opened = {name: section.opened for name, section in panel.sections.items()}
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "lower lip")
    mouth = panel.sections["Mouth"]
    wanted = {f"shape/{a.name}" for a in axes() if "lower lip" in a.title.lower()}

    def seen() -> set[str]:
        return {address for section in panel.sections.values() for address, row in section.rows.items() if row.isVisible()}

    qtbot.waitUntil(lambda: seen() == wanted)
    assert not panel.gallery_section.isVisible() and not panel.sections["Ears"].isVisible()
    panel.search.selectAll()
    QTest.keyClicks(panel.search, "xyzzy")
    assert panel.nothing.isVisible()
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.search.text() == "" and panel.gallery_section.isVisible() and not panel.nothing.isVisible()
    assert {name: section.opened for name, section in panel.sections.items()} == opened
    mouth.button.setChecked(True)
    qtbot.waitUntil(lambda: len(mouth.rows) == len(addresses()["Mouth"]) and all(row.isVisible() for row in mouth.rows.values()))


def test_a_part_found_on_the_right_side_shows_the_row_of_both(panel: PeoplePanel, qtbot):
    QTest.keyClicks(panel.search, "r-eye-scale")
    eyes = panel.sections["Eyes"]
    qtbot.waitUntil(lambda: list(eyes.rows) == ["shape/l-eye-scale"])


# The person.


def test_the_name_is_typed(panel: PeoplePanel, window: Bench):
    person = step(window, lambda: typed(panel.name, "Bob"))
    assert person == replace(Person(), name="Bob")
    assert window.session.document.characters[0].name == "Bob", "a character called as the person was"
    unchanged(window, lambda: typed(panel.name, "   "))
    assert panel.name.text() == "Bob"


def test_who_is_shaped_follows_the_cast(panel: PeoplePanel, window: Bench):
    assert not panel.who.isVisible()
    other = newcomer(window.session.document.characters, new_id())
    window.session.apply(AddCharacter(other))
    QApplication.processEvents()
    assert panel.who.isVisible() and panel.who.count() == 2
    window.conductor.speaker = other.id
    assert panel.looks.character == window.session.document.characters[1] and panel.who.currentIndex() == 1
    row = row_of(panel, "Skin", "skin/freckles")
    step(window, lambda: typed(row.number, "0.9"))
    assert window.session.document.characters[0].person is None
    panel.who.setFocus()
    QTest.keyClick(panel.who, Qt.Key.Key_Up)
    assert panel.looks.character == window.session.document.characters[0] and row.value == Person().skin.freckles


def test_nothing_changes_where_a_project_is_read_only(panel: PeoplePanel, window: Bench, monkeypatch):
    row = row_of(panel, "Skin", "skin/freckles")
    monkeypatch.setattr(type(window.session), "read_only", property(lambda _: "a test"))
    panel.refresh()
    assert not row.isEnabled() and "a test" in row.toolTip()
    assert not panel.random.isEnabled() and not panel.gallery.isEnabled() and not panel.sections["Nose"].restore.isEnabled()
    panel.more.menu().aboutToShow.emit()
    assert panel.verbs["copy"].isEnabled() and panel.verbs["save"].isEnabled() and not panel.verbs["mirror"].isEnabled()


def test_every_control_speaks(panel: PeoplePanel):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider, QWidget

    for section in panel.sections.values():
        section.build()
    for kind in (QAbstractButton, QComboBox, QLineEdit, QSlider):
        for widget in panel.findChildren(kind):
            if isinstance(widget.parentWidget(), QLineEdit | QAbstractButton):
                continue  # Qt's own, inside a field
            said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            assert said or widget.objectName().startswith("qt_"), (type(widget).__name__, widget.objectName())
            around: QWidget | None = widget
            while around is not None and not around.toolTip() and around is not panel:
                around = around.parentWidget()
            assert around is not panel or widget.objectName().startswith("qt_"), (type(widget).__name__, widget.objectName(), said)


def test_words_for_the_history():
    assert what_of("Nose", "shape/nose-hump") == "Nose: Hump"
    assert step_words("Undo Change Eyes: Size, left") == "Undo Change Eyes: Size, left"
