"""The tour, and the preferences."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton

from studio import theme
from studio.comfort import language
from studio.comfort.tour import STOPS, Tour
from studio.settings import Preferences
from studio.window import MainWindow


def where(window: MainWindow, widget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_the_tour_stands_beside_each_widget_within_the_window(window: MainWindow, qtbot):
    tour = window.show_tour()
    assert len(tour.stops) == len(STOPS)
    for stop in tour.stops:
        target = tour.target
        assert target is not None and target.isVisible() and tour.title.text() == stop.title
        assert window.rect().contains(tour.geometry()), stop.title
        if stop.title not in ("The viewport",):
            shared = tour.geometry().intersected(where(window, target))
            assert shared.isEmpty(), f"{stop.title}: the card is over what it is about"
        qtbot.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    assert window.tour is None and not window.findChild(Tour).isVisible()


def test_the_tour_can_be_walked_by_keys_and_left(window: MainWindow, qtbot):
    tour = window.show_tour()
    assert not tour.back.isEnabled()
    qtbot.keyClick(tour.next, Qt.Key.Key_Right)
    assert tour.at == 1 and window.player.frame == 0
    qtbot.mouseClick(tour.back, Qt.MouseButton.LeftButton)
    assert tour.at == 0
    qtbot.keyClick(tour, Qt.Key.Key_Escape)
    assert window.tour is None and not tour.isVisible()


def test_it_comes_by_itself_once_with_the_sample(window: MainWindow, qtbot):
    Preferences().put("tour/seen", False)
    sample = next(b for b in window.stage.welcome.findChildren(QPushButton) if b.text() == "Try the Sample")
    qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
    assert window.tour is not None
    window.tour.end()
    window.offer_tour()
    assert window.tour is None
    window.actions_by_name["tour"].trigger()
    assert window.tour is not None
    window.tour.end()


def test_preferences_hold_at_once(window: MainWindow, qtbot):
    qtbot.keyClick(window.timeline, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChildren(type(window.show_preferences()))[0]
    qtbot.keyClick(dialog.theme, Qt.Key.Key_Down)
    assert theme.mode() == "light" and window.preferences.text("look/theme") == "light"
    qtbot.keyClick(dialog.theme, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.unit, Qt.Key.Key_End)
    assert window.transport.unit == dialog.unit.currentData() == "frames"
    qtbot.keyClick(dialog.unit, Qt.Key.Key_Home)
    qtbot.keyClick(dialog.keys, Qt.Key.Key_End)
    assert window.actions_by_name["snap"].shortcuts()[0].toString() == "S"
    qtbot.keyClick(dialog.keys, Qt.Key.Key_Home)
    assert window.actions_by_name["snap"].shortcuts()[0].toString() == "N"
    before = window.actions_by_name["scrub_audible"].isChecked()
    dialog.scrub.click()
    assert window.actions_by_name["scrub_audible"].isChecked() != before
    dialog.scrub.click()


def test_a_language_is_chosen_for_the_next_start(window: MainWindow, qtbot):
    dialog = window.show_preferences()
    codes = [dialog.language.itemData(i) for i in range(dialog.language.count())]
    assert codes == ["", *language.offered()] and "en" in codes
    dialog.language.setCurrentIndex(codes.index("en"))
    dialog.language.activated.emit(codes.index("en"))
    assert Preferences().text("look/language") == "en" and not dialog.restart.isVisibleTo(dialog)
    Preferences().put("look/language", "")
