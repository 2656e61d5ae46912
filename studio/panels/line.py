"""The line panel: which line is worked on, what is said in it, and a text to be spoken as a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from engine.core.ears import AUTO, EARS
from engine.project.document import LineDoc, Typed
from studio import theme
from studio.panels.cast import Cast
from studio.panels.desk import Desk
from studio.panels.instruction_box import InstructionBox
from studio.panels.panel import Panel, Section
from studio.panels.placing import Placing

DEFAULT_VOICE = "en-us"
_METHODS: dict[str, str] = {
    "alignment": str(QT_TRANSLATE_NOOP("LinePanel", "aligned with its transcript")),
    "recognition": str(QT_TRANSLATE_NOOP("LinePanel", "recognised from the sound")),
    "allphone": str(QT_TRANSLATE_NOOP("LinePanel", "heard phoneme by phoneme")),
    "encoder": str(QT_TRANSLATE_NOOP("LinePanel", "heard by the speech encoder")),
    "voice": str(QT_TRANSLATE_NOOP("LinePanel", "timed by the voice itself")),
    "silence": str(QT_TRANSLATE_NOOP("LinePanel", "no speech found")),
    "edited": str(QT_TRANSLATE_NOOP("LinePanel", "from a TextGrid")),
}


class TextBox(QPlainTextEdit):
    """A box for several lines; Ctrl and Enter end the typing.

    Signals:
        committed(): they were pressed.
    """

    committed = Signal()

    def sizeHint(self) -> QSize:
        """A few rows."""
        return QSize(200, 64)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or end typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.committed.emit()
        else:
            super().keyPressEvent(event)


class LinePanel(Panel):
    """Lists the lines, edits what is said and how, makes lines of text.

    Signals:
        sound_wanted(): a person wants to open a sound.
        replacement_wanted(): a person wants another sound for the line.
    """

    sound_wanted = Signal()
    replacement_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        topics = ("line", "media", "transcript", "phonemes", "character", "placing", "range", "instructions", "settings", "tracks", "person")
        super().__init__(desk, topics, parent)
        self.setObjectName("linePanel")
        self.setMinimumWidth(230)
        self._session = desk.session
        self._conductor = desk.conductor
        self._shown: tuple[str, str, str, str] = ("", "", "", AUTO)  # line, text, language and ears that the boxes were filled from
        self._build_lines()
        self._build_text()
        self.instruction = InstructionBox(desk)
        self._section(self.tr("Instruction")).addWidget(self.instruction)
        self.placing = Placing(desk)
        self._section(self.tr("Placing"), opened=False).addWidget(self.placing)
        self._build_typing()
        desk.conductor.state_changed.connect(self._show_state)
        self.set_voices([("English (America)", DEFAULT_VOICE)], [("English", "en")])
        self.listen()

    # Building.

    def _section(self, title: str, opened: bool = True, stretch: int = 0) -> QVBoxLayout:
        section = Section(title, opened)
        self.sections = {**getattr(self, "sections", {}), title: section}
        self.column.addWidget(section, stretch)
        section.column.setSpacing(theme.SPACE // 2)
        return section.column

    def _build_lines(self) -> None:
        title = self.tr("Lines")
        column = self._section(title, stretch=2)
        self.open_button = QPushButton(self.tr("Open Sound…"))
        self.open_button.setObjectName("openSoundButton")
        self.open_button.setToolTip(self.tr("A recording, or the sound of a film, as a new line (Ctrl+Shift+O)"))
        self.open_button.clicked.connect(self.sound_wanted)
        self.sections[title].head.addWidget(self.open_button)
        self.cast = Cast(self.desk)
        self.lines = self.cast.tree
        column.addWidget(self.cast, 1)

    def _build_text(self) -> None:
        title = self.tr("Transcript")
        column = self._section(title, stretch=2)
        self.text_heading = self.sections[title].button
        self.replace_button = QPushButton(self.tr("Replace Sound…"))
        self.replace_button.setObjectName("replaceSoundButton")
        self.replace_button.setToolTip(self.tr("Another recording of this line (ADR): the edits follow its phonemes"))
        self.replace_button.clicked.connect(self.replacement_wanted)
        self.sections[title].head.addWidget(self.replace_button)
        self.transcript = TextBox()
        self.transcript.setObjectName("transcriptBox")
        self.transcript.setAccessibleName(self.tr("Transcript"))
        self.transcript.setToolTip(self.tr("What is said, word by word; Ctrl+Enter applies it"))
        self._ask = self.tr("What is said in the recording, for the best lip sync. Numbers and abbreviations may stay as they are.")
        self.transcript.setPlaceholderText(self._ask)
        self.transcript.setTabChangesFocus(True)
        self.transcript.textChanged.connect(self._show_state)
        self.transcript.setMinimumHeight(48)
        column.addWidget(self.transcript, 1)
        row = QHBoxLayout()
        self.language = _combo("languageBox", self.tr("Language"))
        self.language.setToolTip(self.tr("Language of the speech"))
        self.language.currentIndexChanged.connect(self._show_state)
        self.voice_of_line = _combo("lineVoiceBox", self.tr("Voice of the line"))
        self.voice_of_line.currentIndexChanged.connect(self._show_state)
        row.addWidget(self.language, 1)
        row.addWidget(self.voice_of_line, 1)
        self.apply_button = QPushButton(self.tr("Apply"))
        self.apply_button.setObjectName("applyButton")
        self.apply_button.setToolTip(self.tr("Find the phonemes anew (Ctrl+Enter)"))
        self.apply_button.clicked.connect(self.apply_text)
        self.transcript.committed.connect(self.apply_text)
        row.addWidget(self.apply_button)
        column.addLayout(row)
        self.ears = self._ears_box()
        column.addWidget(self.ears)
        self.state = QLabel()
        self.state.setProperty("role", "faint")
        self.state.setWordWrap(True)
        column.addWidget(self.state)

    def _ears_box(self) -> QComboBox:
        box = _combo("earsBox", self.tr("Who listens without a transcript"))
        tip = self.tr("Who finds the phonemes where no transcript says what is spoken: Automatic takes whoever is better in the language")
        box.setToolTip(tip)
        for tag, name in zip(EARS, (self.tr("Automatic"), self.tr("Speech encoder"), self.tr("Pocketsphinx")), strict=True):
            box.addItem(self.tr("Ears: {name}").format(name=name), tag)
        box.currentIndexChanged.connect(self._show_state)
        return box

    def _build_typing(self) -> None:
        column = self._section(self.tr("Speak a Text"), stretch=1)
        self.typed = TextBox()
        self.typed.setObjectName("typedBox")
        self.typed.setAccessibleName(self.tr("Text to speak"))
        self.typed.setToolTip(self.tr("What the voice is to say; Ctrl+Enter speaks it"))
        self.typed.setPlaceholderText(self.tr("Type a line, and a voice speaks it."))
        self.typed.setTabChangesFocus(True)
        self.typed.textChanged.connect(self._show_state)
        self.typed.setMinimumHeight(40)
        column.addWidget(self.typed, 1)
        row = QHBoxLayout()
        self.voice = _combo("voiceBox", self.tr("Voice"))
        self.speak_button = QPushButton(self.tr("Add Line"))
        self.speak_button.setObjectName("speakButton")
        self.speak_button.setProperty("primary", True)
        self.speak_button.setToolTip(self.tr("Speak it as a new line (Ctrl+Enter)"))
        self.speak_button.clicked.connect(self.speak)
        self.typed.committed.connect(self.speak)
        row.addWidget(self.voice, 1)
        row.addWidget(self.speak_button)
        column.addLayout(row)

    def set_voices(self, voices: Sequence[tuple[str, str]], languages: Sequence[tuple[str, str]]) -> None:
        """Offer these.

        Args:
            voices: names and tags of voices.
            languages: names and tags of languages.
        """
        for box, entries in ((self.voice, voices), (self.voice_of_line, voices), (self.language, languages)):
            chosen = box.currentData() or (self._session.document.settings.language if box is self.language else DEFAULT_VOICE)
            box.blockSignals(True)
            box.clear()
            for name, tag in entries:
                box.addItem(name, tag)
            _choose(box, chosen)
            box.blockSignals(False)
        self.refresh()

    # Showing.

    def later(self) -> None:
        """At once, seen or not: a file that is opened fills the boxes of a panel that is closed, too. In a drag as the other panels."""
        if self.desk.session.history.dragging:
            super().later()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Show the lines and the current one."""
        line = self._session.line
        self.cast.refresh()
        self.instruction.refresh()
        self.placing.refresh()
        fill = _content(line)
        if fill != self._shown:
            self._shown = fill
            self.transcript.setPlainText(fill[1])
            _choose(self.voice_of_line if line is not None and isinstance(line.source, Typed) else self.language, fill[2])
            _choose(self.ears, fill[3])
        heard = " ".join(w.text for w in line.words or ()) if line is not None and not line.text else ""
        hint = self.tr("Heard: “{words}”. Type what is really said for better lip sync.").format(words=heard)
        self.transcript.setPlaceholderText(hint if heard else self._ask)
        typed = line is not None and isinstance(line.source, Typed)
        self.text_heading.setText(self.tr("Text") if typed else self.tr("Transcript"))
        self.language.setVisible(not typed)
        self.ears.setVisible(not typed)
        self.voice_of_line.setVisible(typed)
        self._show_state()

    def _show_state(self) -> None:
        line = self._session.line
        writable = not self._session.read_only
        self.transcript.setEnabled(line is not None and writable)
        for box in (self.language, self.voice_of_line, self.ears):
            box.setEnabled(line is not None and writable)
        self.apply_button.setEnabled(line is not None and writable and self.pending)
        self.replace_button.setEnabled(line is not None and writable)
        self.speak_button.setEnabled(writable and bool(self.typed.toPlainText().strip()))
        if line is None:
            self.state.setText("")
        elif line.phonemes is None:
            self.state.setText(self._conductor.state)
        else:
            count = len(line.phonemes) - line.phonemes.labels.count("")
            words = self.tr("{count} phonemes, {method}, then edited.") if line.phonemes_edited else self.tr("{count} phonemes, {method}.")
            self.state.setText(words.format(count=count, method=self.tr(_METHODS.get(line.method, line.method))))

    @property
    def pending(self) -> bool:
        """True if the boxes differ from the line."""
        line = self._session.line
        return line is not None and (line.id, *self._boxes(line)) != _content(line)

    def _boxes(self, line: LineDoc) -> tuple[str, str, str]:
        typed = isinstance(line.source, Typed)
        box = self.voice_of_line if typed else self.language
        return self.transcript.toPlainText().strip(), box.currentData() or "", line.ears if typed else self.ears.currentData()

    # Doing.

    def apply_text(self) -> None:
        """Analyse the line with what the boxes say."""
        line = self._session.line
        if line is None or not self.apply_button.isEnabled():
            return
        text, tag, ears = self._boxes(line)
        if isinstance(line.source, Typed):
            self._conductor.speak_again(text, tag)
        else:
            self._conductor.analyse(text, tag, ears)

    def set_text(self, text: str) -> None:
        """Put a transcript into its box and apply it."""
        self.transcript.setPlainText(text)
        self.apply_text()

    def show_typing(self) -> None:
        """Take a person to the box for a text to speak."""
        dock = self.parentWidget()
        if dock is not None:
            dock.show()
            dock.raise_()
        self.typed.setFocus()

    def speak(self) -> None:
        """Make a line of the text."""
        text = self.typed.toPlainText().strip()
        if text and self.speak_button.isEnabled():
            self._conductor.add_text(text, self.voice.currentData() or DEFAULT_VOICE)
            self.typed.clear()


def _content(line: LineDoc | None) -> tuple[str, str, str, str]:
    if line is None:
        return ("", "", "", AUTO)
    return (line.id, line.text.strip(), line.source.voice if isinstance(line.source, Typed) else line.language, line.ears)


def _combo(name: str, accessible: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(accessible)
    box.setToolTip(accessible)
    box.setMaxVisibleItems(18)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _choose(box: QComboBox, tag: str) -> None:
    """Show a tag; one that is not on offer is put on it."""
    index = box.findData(tag)
    if index < 0 and tag:
        box.addItem(tag, tag)
        index = box.count() - 1
    box.setCurrentIndex(max(0, index))
