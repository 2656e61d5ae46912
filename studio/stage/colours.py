"""A colour as a button: it shows the colour, and a click chooses another one, which is seen at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QPushButton, QSizePolicy, QWidget

from engine.core.person import Colour
from studio import theme


class ColourButton(QPushButton):
    """A swatch.

    Args:
        name: of the widget.
        title: what the colour is of; the dialog's title.
        tip: what it does.

    Signals:
        began(), changed(colour), ended(keep): a choice, from the opening of the dialog to its end.
    """

    began = Signal()
    changed = Signal(tuple)
    ended = Signal(bool)

    def __init__(self, name: str, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._colour: Colour = (0.0, 0.0, 0.0)
        self.dialog: QColorDialog | None = None
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setToolTip(tip)
        self.setFixedHeight(theme.ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.choose)

    def sizeHint(self) -> QSize:
        """Room for the colour."""
        return QSize(80, theme.ROW)

    @property
    def colour(self) -> Colour:
        """What it shows: sRGB, 0 to 1."""
        return self._colour

    def set_colour(self, colour: Colour) -> None:
        """Show a colour; nobody is told."""
        if colour != self._colour:
            self._colour = colour
            self.setAccessibleDescription(QColor.fromRgbF(*colour).name())
            self.update()

    def choose(self) -> None:
        """Open the dialog."""
        if self.dialog is not None:
            return
        before = self._colour
        dialog = self.dialog = QColorDialog(QColor.fromRgbF(*before), self)
        dialog.setObjectName("colourDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self._title)
        self.began.emit()
        dialog.currentColorChanged.connect(self._on_colour)
        dialog.finished.connect(lambda result: self._on_finished(bool(result), before))
        dialog.open()

    def _on_colour(self, colour: QColor) -> None:
        self.set_colour((round(colour.redF(), 4), round(colour.greenF(), 4), round(colour.blueF(), 4)))
        self.changed.emit(self._colour)

    def _on_finished(self, keep: bool, before: Colour) -> None:
        self.dialog = None
        if not keep:
            self.set_colour(before)
        self.ended.emit(keep)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button's frame, filled with the colour."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.35)
        painter.setPen(QColor(theme.BORDER))
        painter.setBrush(QColor.fromRgbF(*self._colour))
        painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 3, 3)
        painter.end()
