"""The small bar in the viewport's corner: whether the view is the camera's or free, and the way from one to the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from studio import theme
from studio.stage.looking import Looking

MARGIN_PX = 8


class ViewBar(QFrame):
    """Lies over the picture.

    Args:
        looking: what it shows and switches.
        viewport: where it lies.
    """

    def __init__(self, looking: Looking, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._looking = looking
        self.setObjectName("viewBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.mode = self._button("viewMode", True)
        self.lock = self._button("viewLock", True)
        self.take = self._button("viewTake", False)
        for button in (self.mode, self.lock, self.take):
            row.addWidget(button)
        self.mode.clicked.connect(lambda _: looking.look_through(not looking.through))
        self.lock.clicked.connect(looking.set_locked)
        self.take.clicked.connect(looking.take_shot)
        looking.changed.connect(self.refresh)
        theme.changed.connect(self._paint)
        self._paint()
        self.move(MARGIN_PX, MARGIN_PX)
        self.refresh()

    def _button(self, name: str, checkable: bool) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def refresh(self) -> None:
        """Show how the viewport looks."""
        through, locked = self._looking.through, self._looking.locked
        self.setVisible(self._looking.shooting is not None)
        self.mode.setChecked(through)
        self.mode.setText(self.tr("Camera") if through else self.tr("Free view"))
        self.mode.setAccessibleName(self.mode.text())
        seen = self.tr("What is seen is what is exported; moving the view moves the camera.")
        still = self.tr("What is seen is what is exported; moving the view leaves the camera where it is.")
        free = self.tr("Only a look: the camera stays where it is. Click to look through it again (C).")
        self.mode.setToolTip((still if locked else seen) + " " + self.tr("Click for a free view (C).") if through else free)
        self.lock.setVisible(through)
        self.lock.setChecked(locked)
        self.lock.setText(self.tr("Locked") if locked else self.tr("Lock"))
        self.lock.setAccessibleName(self.tr("Lock the camera"))
        self.lock.setToolTip(self.tr("Moving the view leaves the camera where it is, and becomes a free view (Alt+C)"))
        self.take.setVisible(not through)
        self.take.setText(self.tr("Set shot from view"))
        self.take.setToolTip(self.tr("Let the camera look from here (Shift+C)"))
        self.take.setEnabled(self._looking.shooting is not None and not self._looking.shooting.session.read_only)
        self.adjustSize()

    def _paint(self) -> None:
        plate = theme.translucent("#101216", 0.62)
        hot, on = theme.translucent("#ffffff", 0.16), theme.translucent(theme.ACCENT_DEEP, 0.9)
        self.setStyleSheet(
            f"#viewBar {{ background: {plate}; border: 0; border-radius: 5px; }}"
            "#viewBar QToolButton { color: #f2f3f5; background: transparent; border: 1px solid transparent; padding: 2px 6px; border-radius: 3px; }"
            f"#viewBar QToolButton:hover {{ background: {hot}; }} #viewBar QToolButton:checked {{ background: {on}; }}"
            f"#viewBar QToolButton:focus {{ border-color: {theme.ACCENT}; }} #viewBar QToolButton:disabled {{ color: #9aa0a8; }}"
        )
