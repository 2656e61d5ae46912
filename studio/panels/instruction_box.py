"""The instruction box: how to play a stretch, in words; it shows while one types which of them are understood."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from engine.core.errors import InvalidInput
from engine.project.document import new_id
from engine.project.parts import Instruction
from studio import theme
from studio.jobs import Task
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow

if TYPE_CHECKING:
    from engine.systems.instruction import Reading

_MODULE = "engine.systems.instruction"
_READ_MS = 60  # after the last key, the text is read


class _Understood(QSyntaxHighlighter):
    """Underlines what was understood, greys what was not."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.spans: tuple[tuple[int, int, str], ...] = ()
        self.unknown: tuple[str, ...] = ()

    def highlightBlock(self, text: str) -> None:
        """One paragraph of the text."""
        start = self.currentBlock().position()
        known = QTextCharFormat()
        known.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        known.setUnderlineColor(QColor(theme.GOOD))
        known.setForeground(QColor(theme.TEXT))
        grey = QTextCharFormat()
        grey.setForeground(QColor(theme.FAINT))
        lower = text.lower()
        for word in self.unknown:
            at = lower.find(word.lower())
            while at >= 0:
                self.setFormat(at, len(word), grey)
                at = lower.find(word.lower(), at + len(word))
        for first, last, _ in self.spans:
            if first < start + len(text) and last > start:
                self.setFormat(max(first - start, 0), min(last - start, len(text)) - max(first - start, 0), known)


class InstructionText(QPlainTextEdit):
    """A few words; Enter ends them, Shift and Enter begins another line.

    Signals:
        committed(): Enter.
        left(): Escape.
    """

    committed = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or end typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.committed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class InstructionBox(QWidget):
    """Adds an instruction to the range, or changes the one that is selected in the timeline."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._editing = ""  # id of the instruction whose words are in the box
        self._asked = False  # the reader is being loaded
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        self.text = InstructionText()
        self.text.setObjectName("instructionBox")
        self.text.setAccessibleName(self.tr("Instruction"))
        self.text.setPlaceholderText(self.tr("How to play it: “happy, then raise the inner brows and look down”"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(56)
        self.text.committed.connect(self.commit)
        self.text.left.connect(self._leave)
        self.text.textChanged.connect(self._on_typed)
        self._marks = _Understood(self.text.document())
        column.addWidget(self.text)
        self.meaning = QLabel()
        self.meaning.setObjectName("instructionMeaning")
        self.meaning.setWordWrap(True)
        self.meaning.setProperty("role", "dim")
        column.addWidget(self.meaning)
        tip = self.tr("How strongly it is played: 1 as it says")
        self.strength = LevelRow(Level(self.tr("Strength"), 1.5, 1.0, tip, key="instructionStrength"))
        column.addWidget(self.strength)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.range = QLabel()
        self.range.setProperty("role", "faint")
        self.add = QPushButton(self.tr("Add"))
        self.add.setObjectName("addInstruction")
        self.add.clicked.connect(self.commit)
        row.addWidget(self.range, 1)
        row.addWidget(self.add)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_MS)
        self._timer.timeout.connect(self._read)
        theme.changed.connect(self._marks.rehighlight)

    # What is meant.

    @property
    def span(self) -> tuple[float, float] | None:
        """The range: of the selected instruction or phonemes, else from the in to the out point, else the whole line."""
        line, selection = self._desk.line, self._desk.selection
        if line is None:
            return None
        chosen = self._selected()
        if chosen is not None:
            return chosen.start_s, chosen.end_s
        track = line.phonemes
        picked = [i for i in selection.phonemes if track is not None and i < len(track)]
        if picked and track is not None:
            return track.bounds_s[min(picked)], track.bounds_s[max(picked) + 1]
        length_s = self._desk.conductor.duration_s or line.duration_s or 0.0
        start_s, end_s = line.in_s or 0.0, length_s if line.out_s is None else line.out_s
        return (start_s, end_s) if start_s < end_s else None

    def _selected(self) -> Instruction | None:
        line = self._desk.line
        ids = [part_id for kind, part_id in self._desk.selection.parts if kind == "instructions"]
        if line is None or len(ids) != 1 or not line.has_part("instructions", ids[0]):
            return None
        found = line.part("instructions", ids[0])
        return found if isinstance(found, Instruction) else None

    # Showing.

    def refresh(self) -> None:
        """Show the range, and the instruction that is selected."""
        why, chosen = self._desk.no_line(), self._selected()
        line = self._desk.line
        if not why and line is not None and line.track_state("instructions").lock:
            why = self.tr("The instructions are locked in the timeline.")
        if chosen is not None and chosen.id != self._editing:
            self._editing = chosen.id
            self.text.setPlainText(chosen.text)
            self.strength.set_value(chosen.strength)
        elif chosen is None and self._editing:
            self._editing = ""
            self.text.clear()
            self.strength.set_value(1.0)
        self.text.setEnabled(not why)
        self.text.setToolTip(why or self.tr("Enter adds it; Shift+Enter begins another line; what is underlined was understood"))
        self.strength.set_reason(why)
        span = self.span
        self.add.setText(self.tr("Change") if self._editing else self.tr("Add"))
        self.add.setToolTip(self.tr("One step; it becomes keys on a layer of its own (Enter)"))
        self.add.setEnabled(not why and span is not None and bool(self.text.toPlainText().strip()))
        self.range.setText(self.tr("{start:.2f} to {end:.2f} s").format(start=span[0], end=span[1]) if span is not None else "")

    def _on_typed(self) -> None:
        span = self.span
        self.add.setEnabled(self.text.isEnabled() and span is not None and bool(self.text.toPlainText().strip()))
        if _MODULE in sys.modules:
            self._timer.start()
        elif not self._asked:
            self._asked = True
            self._desk.jobs.submit(Task("media", self.tr("Loading the reader"), visible=False), lambda _: _load(), lambda _: self._read())

    def _read(self) -> None:
        """Read the text, and show what was understood."""
        from engine.systems.instruction import read

        text, span = self.text.toPlainText(), self.span
        reading: Reading | None = None
        words = ""
        if text.strip() and span is not None:
            try:
                reading = read(text, *span, self.strength.value)
            except InvalidInput as error:
                words = str(error)
        marks = ((), ()) if reading is None else (reading.spans, reading.unknown)
        if (self._marks.spans, self._marks.unknown) != marks:
            self._marks.spans, self._marks.unknown = marks
            self.text.blockSignals(True)
            self._marks.rehighlight()
            self.text.blockSignals(False)
        if reading is not None:
            meant = ", ".join(dict.fromkeys(meaning for _, _, meaning in reading.spans))
            words = meant or self.tr("nothing of this is understood yet")
            if reading.unknown:
                words += "\n" + self.tr("not understood: {words}").format(words=", ".join(reading.unknown))
        self.meaning.setText(words)
        self.meaning.setVisible(bool(words))

    # Doing.

    def commit(self) -> None:
        """Put the instruction on the line, or change the one that is selected."""
        from engine.systems.instruction import instruction_edit

        line, span, text = self._desk.line, self.span, self.text.toPlainText().strip()
        if line is None or span is None or not text or not self.add.isEnabled():
            return
        instruction = Instruction(self._editing or new_id(), text, *span, min(self.strength.value, 1.5))
        try:
            edit = instruction_edit(self._desk.session.document, line.id, instruction)
        except InvalidInput as error:
            self.meaning.setText(str(error))
            return
        new = not self._editing
        if self._desk.session.apply(edit) and new:
            self.text.clear()
            self.strength.set_value(1.0)

    def _leave(self) -> None:
        """Forget what was typed; of a selected instruction its words come back."""
        chosen = self._selected()
        self.text.setPlainText(chosen.text if chosen is not None else "")


def _load() -> None:
    import importlib

    importlib.import_module(_MODULE)
