"""The visemes panel: what the mouth does for each phoneme of a character, and how strongly the selected phonemes are said."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHideEvent
from PySide6.QtWidgets import QComboBox, QLabel, QListView, QListWidget, QListWidgetItem, QPushButton, QToolButton, QWidget

from engine.core.channels import CHANNELS
from engine.project.change import Composite
from engine.project.document import Character
from engine.project.edits import SetPhonemeStrength, SetVisemes
from studio import theme
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.panel import Panel, Section
from studio.panels.words import QT_TRANSLATE_NOOP, translated

# Phonemes of English, which are shown beside those of the line where all are asked for; then some of its neighbours.
ALL: tuple[str, ...] = (
    "p", "b", "m", "f", "v", "θ", "ð", "t", "d", "n", "l", "ɹ", "s", "z", "ʃ", "ʒ", "tʃ", "dʒ", "j", "k", "ɡ", "ŋ", "h", "w",
    "iː", "ɪ", "e", "ɛ", "æ", "ɑː", "ɒ", "ɔː", "ʊ", "uː", "ʌ", "ə", "ɜː", "eɪ", "aɪ", "ɔɪ", "aʊ", "oʊ", "y", "ø", "œ", "x", "ç", "ʁ", "r",
)  # fmt: skip
ARTICULATOR_NAMES: dict[str, tuple[str, str]] = {
    "jaw": (QT_TRANSLATE_NOOP("Viseme", "Jaw"), QT_TRANSLATE_NOOP("Viseme", "How far the jaw opens")),
    "round": (QT_TRANSLATE_NOOP("Viseme", "Round"), QT_TRANSLATE_NOOP("Viseme", "How far the lips purse, as for oo")),
    "funnel": (QT_TRANSLATE_NOOP("Viseme", "Funnel"), QT_TRANSLATE_NOOP("Viseme", "How far the lips turn out, as for sh")),
    "spread": (QT_TRANSLATE_NOOP("Viseme", "Spread"), QT_TRANSLATE_NOOP("Viseme", "How wide the mouth is, as for ee")),
    "upper": (QT_TRANSLATE_NOOP("Viseme", "Upper lip"), QT_TRANSLATE_NOOP("Viseme", "How far the upper lip rises")),
    "lower": (QT_TRANSLATE_NOOP("Viseme", "Lower lip"), QT_TRANSLATE_NOOP("Viseme", "How far the lower lip falls")),
    "tuck": (QT_TRANSLATE_NOOP("Viseme", "Tuck"), QT_TRANSLATE_NOOP("Viseme", "The lower lip to the upper teeth, as for f")),
    "press": (QT_TRANSLATE_NOOP("Viseme", "Press"), QT_TRANSLATE_NOOP("Viseme", "The lips against each other, as for p")),
    "tip_up": (QT_TRANSLATE_NOOP("Viseme", "Tip up"), QT_TRANSLATE_NOOP("Viseme", "The tongue's tip up, as for t")),
    "tip_forward": (QT_TRANSLATE_NOOP("Viseme", "Tip forward"), QT_TRANSLATE_NOOP("Viseme", "The tongue's tip between the teeth, as for th")),
    "body_up": (QT_TRANSLATE_NOOP("Viseme", "Body up"), QT_TRANSLATE_NOOP("Viseme", "The tongue's body up, as for ee and k")),
    "body_back": (QT_TRANSLATE_NOOP("Viseme", "Body back"), QT_TRANSLATE_NOOP("Viseme", "The tongue's body back, as for ah")),
}  # fmt: skip
_LABEL = Qt.ItemDataRole.UserRole
_CELL_PX = 32


class VisemesPanel(Panel):
    """Edits the character's viseme table.

    Signals:
        preview_wanted(values): show these channels in the place of the motion's; none to show the motion.
    """

    preview_wanted = Signal(dict)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("visemes", "phonemes", "line", "character"), parent)
        self.setObjectName("visemesPanel")
        self._shown: object = None
        self._build_table()
        self._build_articulators()
        self._build_strength()
        self.column.addStretch(1)
        self.listen()

    # Building.

    def _build_table(self) -> None:
        section = Section(self.tr("Phonemes"))
        self.which = QComboBox()
        self.which.setObjectName("visemeWhich")
        self.which.addItems([self.tr("Of this line"), self.tr("All")])
        self.which.setAccessibleName(self.tr("Which phonemes"))
        self.which.setToolTip(self.tr("Only phonemes of this line, or all there are"))
        self.which.currentIndexChanged.connect(lambda _: self.refresh())
        section.head.addWidget(self.which)
        self.table = QListWidget()
        self.table.setObjectName("visemeTable")
        self.table.setAccessibleName(self.tr("Phonemes"))
        self.table.setToolTip(self.tr("Phonemes of the line; one in colour was changed for this character"))
        self.table.setViewMode(QListView.ViewMode.IconMode)
        self.table.setResizeMode(QListView.ResizeMode.Adjust)
        self.table.setMovement(QListView.Movement.Static)
        self.table.setFixedHeight(110)
        self.table.setStyleSheet("QListWidget::item { padding: 0; margin: 1px; }")
        self.table.currentItemChanged.connect(lambda *_: self._show_viseme())
        section.column.addWidget(self.table)
        self.column.addWidget(section)

    def _build_articulators(self) -> None:
        self.section = Section(self.tr("Viseme"))
        self.preview = QToolButton()
        self.preview.setObjectName("visemePreview")
        self.preview.setText(self.tr("Preview"))
        self.preview.setCheckable(True)
        self.preview.setToolTip(self.tr("Show the phoneme's mouth in the viewport while it is edited"))
        self.preview.toggled.connect(lambda _: self._show_preview())
        self.reset = QPushButton(self.tr("Reset"))
        self.reset.setObjectName("visemeReset")
        self.reset.setToolTip(self.tr("Back to what the table says"))
        self.reset.clicked.connect(self._on_reset)
        self.section.head.addWidget(self.preview)
        self.section.head.addWidget(self.reset)
        session = self.desk.session
        self.rows: dict[str, LevelRow] = {}
        for name, (shown, what) in ARTICULATOR_NAMES.items():
            tip = self.tr("{what}; the mark is what the table says, a double click goes back to it").format(what=translated("Viseme", what))
            row = LevelRow(Level(translated("Viseme", shown), 1.0, 0.0, tip, key=name), (lambda: session.cursor, session.undo), name_px=84)
            row.began.connect(session.begin_drag)
            row.changed.connect(lambda value, n=name: self._set(n, value))
            row.ended.connect(session.end_drag)
            row.slider.reset.disconnect()
            row.slider.reset.connect(lambda n=name: self._reset_one(n))
            self.rows[name] = row
            self.section.column.addWidget(row)
        self.column.addWidget(self.section)

    def _build_strength(self) -> None:
        section = Section(self.tr("Selected in the Timeline"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "dim")
        section.column.addWidget(self.words)
        session = self.desk.session
        tip = self.tr("How strongly the selected phonemes are said: 0 not at all, 1 as usual, 2 twice")
        self.strength = LevelRow(Level(self.tr("Strength"), 2.0, 1.0, tip, key="phonemeStrength"), (lambda: session.cursor, session.undo), name_px=84)
        self.strength.began.connect(session.begin_drag)
        self.strength.changed.connect(self._set_strength)
        self.strength.ended.connect(session.end_drag)
        section.column.addWidget(self.strength)
        self.column.addWidget(section)

    # Showing.

    @property
    def character(self) -> Character | None:
        """Who speaks the line."""
        line = self.desk.line
        return self.desk.session.document.character_of(line.id) if line is not None else None

    @property
    def label(self) -> str:
        """The phoneme that is chosen."""
        item = self.table.currentItem()
        return str(item.data(_LABEL)) if item is not None else ""

    def refresh(self) -> None:
        """Show the phonemes and the one that is chosen."""
        line, character = self.desk.line, self.character
        there = dict.fromkeys(x for x in line.phonemes.labels if x) if line is not None and line.phonemes is not None else {}
        labels = tuple(dict.fromkeys((*ALL, *there))) if self.which.currentIndex() else tuple(sorted(there))
        changed = tuple(character.visemes) if character is not None else ()
        if (labels, changed) != self._shown:
            self._shown = (labels, changed)
            self._fill(labels, changed)
        self._follow_selection()
        self._show_viseme()
        self._show_strength()

    def _fill(self, labels: tuple[str, ...], changed: tuple[str, ...]) -> None:
        before = self.label
        self.table.blockSignals(True)
        self.table.clear()
        for label in labels:
            item = QListWidgetItem(label)
            item.setData(_LABEL, label)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setSizeHint(QSize(_CELL_PX, theme.ROW))
            if label in changed:
                item.setForeground(QBrush(QColor(theme.WARNING)))
                item.setToolTip(self.tr("Changed for this character"))
            self.table.addItem(item)
            if label == before:
                self.table.setCurrentItem(item)
        if self.table.currentRow() < 0 and labels:
            self.table.setCurrentRow(0)
        self.table.blockSignals(False)

    def _follow_selection(self) -> None:
        """A phoneme that is selected in the timeline is the one to edit."""
        line, chosen = self.desk.line, self.desk.selection.phonemes
        if len(chosen) != 1 or line is None or line.phonemes is None:
            return
        label = line.phonemes.labels[min(chosen)]
        for i in range(self.table.count()):
            if self.table.item(i).data(_LABEL) == label and self.table.currentRow() != i:
                self.table.blockSignals(True)
                self.table.setCurrentRow(i)
                self.table.blockSignals(False)

    def targets(self, label: str) -> dict[str, float]:
        """What the table says of a phoneme; of one in parts, what its first part does."""
        from engine.speech.phonemes import features
        from engine.systems.visemes import NAMES, target_of

        parts = features(label).parts
        target = target_of(parts[0].label if parts else label)
        return {name: round(float(value), 3) for name, value in zip(NAMES, target.value, strict=True)}

    def _show_viseme(self) -> None:
        label, character = self.label, self.character
        why = self.desk.no_line() or ("" if label else self.tr("The line has no phonemes yet."))
        mine = character.visemes.get(label, {}) if character is not None else {}
        table = self.targets(label) if label else {}
        who = character.name if character is not None else ""
        self.section.button.setText(self.tr("{label} of {who}").format(label=label, who=who) if label else self.tr("Viseme"))
        for name, row in self.rows.items():
            row.set_reason(why)
            row.set_ghost(table.get(name))
            if not row.dragging:
                row.set_value(mine.get(name, table.get(name, 0.0)))
            row.number.set_state("keyed" if name in mine else "none")
        self.reset.setEnabled(not why and bool(mine))
        self.preview.setEnabled(bool(label))
        if self.preview.isChecked():
            self._show_preview()

    def _show_preview(self) -> None:
        """The mouth of the phoneme, on the rest of the face as it is."""
        if not self.preview.isChecked() or not self.label:
            self.preview_wanted.emit({})
            return
        import numpy as np

        from engine.systems.visemes import NAMES, to_channels

        row = to_channels(np.array([[self.rows[name].value for name in NAMES]], np.float32))[0]
        driven = [i for i, name in enumerate(CHANNELS) if name.startswith(("mouth", "jaw", "tongue"))]
        self.preview_wanted.emit({CHANNELS[i]: float(row[i]) for i in driven})

    def show_again(self) -> None:
        """Other motion has come: the preview stays before it."""
        if self.preview.isChecked():
            self._show_preview()

    def hideEvent(self, event: QHideEvent) -> None:
        """A preview that nobody can switch off ends."""
        self.preview.setChecked(False)
        super().hideEvent(event)

    def _show_strength(self) -> None:
        line, chosen = self.desk.line, sorted(self.desk.selection.phonemes)
        track = line.phonemes if line is not None else None
        why = self.desk.no_line() or ("" if chosen and track is not None else self.tr("Select phonemes in the timeline."))
        if not why and line is not None and line.track_state("phonemes").lock:
            why = self.tr("The phonemes are locked in the timeline.")
        self.strength.set_reason(why)
        if track is None or not chosen:
            self.words.setText(self.tr("No phonemes are selected."))
            return
        self.words.setText(" ".join(track.labels[i] or "·" for i in chosen[:24]))
        if not self.strength.dragging:
            self.strength.set_value(sum(track.strength(i) for i in chosen) / len(chosen))

    # Doing.

    def _set(self, name: str, value: float) -> None:
        character = self.character
        if character is not None and self.label:
            values = {**character.visemes.get(self.label, {}), name: value}
            self.desk.session.apply(SetVisemes(character.id, self.label, values))

    def _reset_one(self, name: str) -> None:
        """One articulator back to the table; the click before the double click leaves no step."""
        self.rows[name].take_back_click()
        character = self.character
        if character is not None and name in character.visemes.get(self.label, {}):
            values = {n: v for n, v in character.visemes[self.label].items() if n != name}
            self.desk.session.apply(SetVisemes(character.id, self.label, values or None))

    def _on_reset(self) -> None:
        character = self.character
        if character is not None:
            self.desk.session.apply(SetVisemes(character.id, self.label, None))

    def _set_strength(self, value: float) -> None:
        line, chosen = self.desk.line, sorted(self.desk.selection.phonemes)
        if line is not None and line.phonemes is not None and chosen:
            edits = tuple(SetPhonemeStrength(line.id, i, value) for i in chosen if i < len(line.phonemes))
            self.desk.session.apply(Composite(edits, "Change strength", f"strength {line.id} {chosen}"))
