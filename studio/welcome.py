"""What the viewport says while there is nothing to perform: how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio import theme


class Welcome(QFrame):
    """A card over the viewport.

    Signals:
        open_sound(), type_line(), open_sample(): what a person chose.
    """

    open_sound = Signal()
    type_line = Signal()
    open_sample = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 14, 26, 16)
        column.setSpacing(theme.SPACE)
        title = QLabel(self.tr("Give Ada something to say"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        title.setFont(font)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(title)
        how = QLabel(self.tr("Drop a recording or a video of a face here, or type a line and have it spoken."))
        how.setProperty("role", "dim")
        how.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(how)
        column.addSpacing(theme.SPACE // 2)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addStretch(1)
        for text, tip, signal, primary in (
            (self.tr("Open Sound…"), self.tr("A recording, or the sound of a film (Ctrl+Shift+O)"), self.open_sound, True),
            (self.tr("Type a Line"), self.tr("A text for a voice to speak (Ctrl+T)"), self.type_line, False),
            (self.tr("Try the Sample"), self.tr("A line that comes with the studio, performed already, and a tour"), self.open_sample, False),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setProperty("primary", primary)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)


class Loading(QLabel):
    """A line over the viewport while something is on its way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loading")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def say(self, text: str) -> None:
        """Show a text; none hides it."""
        self.setText(text)
        self.adjustSize()
        self.setVisible(bool(text))


class Stage(QWidget):
    """The viewport with what lies over it.

    Args:
        viewport: fills it.
    """

    def __init__(self, viewport: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(viewport)
        self.welcome = Welcome(self)
        self.loading = Loading(self)
        self.welcome.hide()

    def say(self, text: str) -> None:
        """What is on its way; "" for nothing."""
        self.loading.say(text)
        self._place()

    def show_welcome(self, on: bool) -> None:
        """Tell how to begin, or not."""
        self.welcome.setVisible(on)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        for card, share in ((self.welcome, 0.96), (self.loading, 0.04)):
            card.adjustSize()
            card.move((self.width() - card.width()) // 2, round((self.height() - card.height()) * share))
            card.raise_()
