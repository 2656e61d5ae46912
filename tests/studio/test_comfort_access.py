"""Everything that can be used says what it is: by a tooltip, and to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt
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


def test_every_button_and_field_says_what_it_is(window: MainWindow):
    found = parts(window)
    assert len(found) > 100
    without_tip = [told(w) for w in found if not tip(w) and not isinstance(w, QAbstractItemView)]
    assert not without_tip, "no tooltip:\n" + "\n".join(without_tip)
    nameless = [told(w) for w in found if not (w.accessibleName() or (isinstance(w, QAbstractButton) and len(w.text()) > 1))]
    assert not nameless, "no name for a screen reader:\n" + "\n".join(nameless)
    out_of_reach = [told(w) for w in found if w.focusPolicy() == Qt.FocusPolicy.NoFocus and isinstance(w, (QLineEdit, QComboBox, QPlainTextEdit))]
    assert not out_of_reach, "not reached by keys:\n" + "\n".join(out_of_reach)


def test_every_action_has_a_tooltip_with_its_key(window: MainWindow):
    for entry in window.bindings.entries():
        assert entry.action.toolTip(), entry.whole
        if entry.keys:
            assert entry.keys in entry.action.toolTip(), entry.whole
