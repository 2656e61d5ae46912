"""An editor that opens over what it edits: Enter takes the text, Escape leaves it, a click elsewhere takes it too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class InlineEditor(QLineEdit):
    """One line of text, opened over a lane.

    Signals:
        closed(): it is hidden again.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._commit: Callable[[str], None] | None = None
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
        self.setCompleter(completer)
        self.setObjectName("inlineEditor")
        self.setAccessibleName(self.tr("Type here"))
        self.setToolTip(self.tr("Enter takes it, Esc leaves it as it was"))
        self.returnPressed.connect(self._take)
        self.hide()

    def begin(self, rect: QRect, text: str, name: str, commit: Callable[[str], None], words: Sequence[str] = (), chosen: bool = True) -> None:
        """Open.

        Args:
            rect: in the parent; widened and moved where it is too small or reaches out.
            text: to begin with.
            name: of what is edited, for screen readers and as a hint.
            commit: called with the text once it is taken.
            words: completions.
            chosen: the text is selected, so that typing replaces it.
        """
        self._finish()
        parent = self._over
        width = max(rect.width(), 64 if words else 180)
        left = min(max(rect.left(), 0), parent.width() - width)
        height = max(self.sizeHint().height(), 22)
        top = min(max(rect.center().y() - height // 2, 0), parent.height() - height)
        self.setGeometry(left, top, width, height)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self._words.setStringList(list(words))
        self.setText(text)
        self._commit = commit
        self.show()
        self.raise_()
        self.setFocus()
        if chosen:
            self.selectAll()

    @property
    def editing(self) -> bool:
        """True while it is open."""
        return self._commit is not None

    def _take(self) -> None:
        commit, text = self._commit, self.text().strip()
        self._finish()
        if commit is not None:
            commit(text)

    def _finish(self) -> None:
        if self._commit is None:
            return
        self._commit = None
        self.hide()
        self._over.setFocus()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._finish()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts, unless the list of completions took the focus."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._take()
