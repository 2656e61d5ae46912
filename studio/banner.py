"""Notices over the viewport: what was done to the input, what was recovered. They stay until a person sends them away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio import icons

Action = tuple[str, Callable[[], object]]


class Banner(QWidget):
    """A stack of notices; empty, it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._notices: dict[str, QFrame] = {}
        self._dismissed: set[tuple[str, str]] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What is shown."""
        return [frame.property("words") for frame in self._notices.values()]

    def tell(self, key: str, text: str, kind: str = "warning", *actions: Action) -> None:
        """Show a notice in place of the one with the same key; no text takes that away. One that was sent away does not come back.

        Args:
            key: what it is about.
            text: for the person.
            kind: `info` or `warning`.
            actions: words of buttons, and what each does.
        """
        self._remove(key)
        if not text or (key, text) in self._dismissed:
            return
        frame = QFrame()
        frame.setObjectName("notice")
        frame.setProperty("words", text)
        frame.setProperty("kind", kind)
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 5, 6, 5)
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(label, 1)
        for words, do in actions:
            button = QPushButton(words)
            button.clicked.connect(do)
            button.clicked.connect(lambda: self._remove(key))
            row.addWidget(button)
        close = QToolButton()
        close.setIcon(icons.icon("close", "DIM"))
        close.setAccessibleName(self.tr("Dismiss"))
        close.setToolTip(self.tr("Dismiss"))
        close.clicked.connect(lambda: self._dismiss(key, text))
        row.addWidget(close)
        self._notices[key] = frame
        self._column.addWidget(frame)
        self.show()

    def _dismiss(self, key: str, text: str) -> None:
        self._dismissed.add((key, text))
        self._remove(key)

    def _remove(self, key: str) -> None:
        frame = self._notices.pop(key, None)
        if frame is not None:
            self._column.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self.setVisible(bool(self._notices))


def as_notice(notices: tuple[str, ...]) -> str:
    """Several notices as sentences."""
    return " ".join(n[0].upper() + n[1:] + ("" if n.endswith((".", "!")) else ".") for n in notices if n)
