"""Everything that can be used says what it is: by a tooltip, and to a screen reader."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QDockWidget,
    QFrame,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from studio.window import MainWindow

USED = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit)


def parts(window: QWidget) -> list[QWidget]:
    """What is ours: neither scroll bars nor what Qt puts into its own widgets."""
    found = [w for kind in USED for w in window.findChildren(kind)]
    return [w for w in found if not isinstance(w, (QScrollBar, QHeaderView)) and not _of_qt(w)]


def _of_qt(widget: QWidget) -> bool:
    """Lists that drop from boxes, the cross of a search field, the arrows of a row of tabs."""
    parent = widget.parent()
    return widget.objectName().startswith("qt_") or isinstance(parent, (QLineEdit, QTabBar)) or type(parent) is QFrame


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parent()).__name__}"


def tip(widget: QWidget | None) -> str:
    """Qt shows that of what it lies in where it has none."""
    return "" if widget is None or isinstance(widget, QDockWidget) else widget.toolTip() or tip(widget.parentWidget())


def test_every_button_and_field_has_a_tooltip(window: MainWindow):
    without = [told(w) for w in parts(window) if not tip(w) and not isinstance(w, QAbstractItemView)]
    assert not without, "\n".join(without)


def test_every_button_and_field_has_a_name_for_a_screen_reader(window: MainWindow):
    without = [told(w) for w in parts(window) if not (w.accessibleName() or (isinstance(w, QAbstractButton) and len(w.text()) > 1))]
    assert not without, "\n".join(without)


def test_every_action_has_a_tooltip_with_its_key(window: MainWindow):
    for entry in window.bindings.entries():
        assert entry.action.toolTip(), entry.whole
        if entry.keys:
            assert entry.keys in entry.action.toolTip(), entry.whole


def test_every_field_can_be_reached_by_keys(window: MainWindow):
    without = [told(w) for w in parts(window) if w.focusPolicy().value == 0 and isinstance(w, (QLineEdit, QComboBox, QPlainTextEdit))]
    assert not without, "\n".join(without)
