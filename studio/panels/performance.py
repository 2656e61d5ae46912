"""The performance panel: emotions and their intensity at the playhead, amounts and seed of the current line."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from engine.core.curves import Curve
from engine.core.emotion import EMOTIONS
from engine.project.change import Composite
from engine.project.document import MAX_SEED, emotion_track
from engine.project.edits import SetAmount, SetCurve, SetSeed
from engine.project.parts import INTENSITY_TRACK
from studio import icons, theme
from studio.panels.auto_key import AutoKeyButton
from studio.panels.desk import Desk
from studio.panels.heard import HeardBox
from studio.panels.levels import NAME_PX, Level, LevelRow
from studio.panels.panel import Panel, Section
from studio.panels.track_row import TrackRow
from studio.panels.wheel import EmotionWheel
from studio.panels.words import QT_TRANSLATE_NOOP, translated

EMOTION_NAMES: dict[str, str] = {
    "angry": QT_TRANSLATE_NOOP("Emotion", "Angry"), "contempt": QT_TRANSLATE_NOOP("Emotion", "Contempt"),
    "disgusted": QT_TRANSLATE_NOOP("Emotion", "Disgusted"), "fear": QT_TRANSLATE_NOOP("Emotion", "Fear"),
    "happy": QT_TRANSLATE_NOOP("Emotion", "Happy"), "sad": QT_TRANSLATE_NOOP("Emotion", "Sad"),
    "surprised": QT_TRANSLATE_NOOP("Emotion", "Surprised"),
}  # fmt: skip
AMOUNT_NAMES: dict[str, tuple[str, str]] = {
    "lips": (QT_TRANSLATE_NOOP("Amount", "Lips"), QT_TRANSLATE_NOOP("Amount", "How far the lips go for each sound; closures stay closures")),
    "jaw": (QT_TRANSLATE_NOOP("Amount", "Jaw"), QT_TRANSLATE_NOOP("Amount", "How far the jaw opens")),
    "blink": (QT_TRANSLATE_NOOP("Amount", "Blink"), QT_TRANSLATE_NOOP("Amount", "How many blinks")),
    "brows": (QT_TRANSLATE_NOOP("Amount", "Brows"), QT_TRANSLATE_NOOP("Amount", "How much the brows move with stress")),
    "gaze": (QT_TRANSLATE_NOOP("Amount", "Gaze"), QT_TRANSLATE_NOOP("Amount", "How much the eyes move")),
    "head": (QT_TRANSLATE_NOOP("Amount", "Head"), QT_TRANSLATE_NOOP("Amount", "How much the head moves with the phrasing")),
    "breath": (QT_TRANSLATE_NOOP("Amount", "Breath"), QT_TRANSLATE_NOOP("Amount", "How much the breath shows")),
}  # fmt: skip


class PerformancePanel(Panel):
    """Edits how the current line is performed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("emotions", "intensity", "amounts", "seed", "line", "tracks", "settings"), parent)
        self.setObjectName("performancePanel")
        self._seed_locked = False
        self.auto = AutoKeyButton(desk.keying)
        self.column.addWidget(self.auto)
        self._build_emotions()
        self._build_amounts()
        self._build_seed()
        self.column.addStretch(1)
        self.listen()

    # Building.

    def _build_emotions(self) -> None:
        section = Section(self.tr("Emotion"))
        self.neutral = _small_button("neutralButton", self.tr("Clear"), self.tr("Take all emotion keys off the line"))
        self.neutral.clicked.connect(self._on_clear)
        section.head.addWidget(self.neutral)
        self.heard = HeardBox(self.desk)
        section.column.addWidget(self.heard)
        self.wheel = EmotionWheel((lambda: self.desk.session.cursor, self.desk.session.undo))
        self.wheel.began.connect(self._on_wheel_began)
        self.wheel.moved.connect(self._on_wheel_moved)
        self.wheel.ended.connect(self.desk.keying.end)
        section.column.addWidget(self.wheel)
        self.emotions = {name: self._emotion_row(section, name) for name in EMOTIONS}
        tip = self.tr("Factor on all emotions: 0 none, 1 as they are, 2 twice")
        self.intensity = TrackRow(self.desk, INTENSITY_TRACK, Level(self.tr("Intensity"), 2.0, 1.0, tip, key="intensity"))
        section.column.addSpacing(theme.SPACE // 2)
        section.column.addWidget(self.intensity)
        self.column.addWidget(section)

    def _emotion_row(self, section: Section, name: str) -> TrackRow:
        shown = translated("Emotion", EMOTION_NAMES[name])
        tip = self.tr("{name} at the playhead: 0 not at all, 1 as much as can be").format(name=shown)
        row = TrackRow(self.desk, emotion_track(name), Level(shown, 1.0, 0.0, tip, key=name))
        section.column.addWidget(row)
        return row

    def _build_amounts(self) -> None:
        section = Section(self.tr("Amounts"))
        self.usual = _small_button("amountsButton", self.tr("Reset"), self.tr("All amounts to 1"))
        self.usual.clicked.connect(self._on_usual)
        section.head.addWidget(self.usual)
        self.amounts = {name: self._amount_row(section, name) for name in AMOUNT_NAMES}
        self.column.addWidget(section)

    def _amount_row(self, section: Section, name: str) -> LevelRow:
        shown, what = (translated("Amount", text) for text in AMOUNT_NAMES[name])
        tip = self.tr("{what}, over the whole line: 0 none, 1 as usual, 2 twice").format(what=what)
        session = self.desk.session
        row = LevelRow(Level(shown, 2.0, 1.0, tip, key=name), (lambda: session.cursor, session.undo))
        row.began.connect(session.begin_drag)
        row.changed.connect(lambda value: self._set_amount(name, value))
        row.ended.connect(session.end_drag)
        section.column.addWidget(row)
        return row

    def _build_seed(self) -> None:
        section = Section(self.tr("Variation"))
        self.seed = QLineEdit()
        self.seed.setObjectName("seedField")
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("The same seed gives the same blinks, gaze and head movement"))
        self.seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{1,20}"), self))
        self.seed.editingFinished.connect(self._on_seed)
        self.shuffle = QToolButton()
        self.shuffle.setObjectName("shuffleButton")
        self.shuffle.setIcon(icons.icon("shuffle"))
        self.shuffle.setAccessibleName(self.tr("Another variation"))
        self.shuffle.setToolTip(self.tr("Another variation: blinks, gaze and head move otherwise"))
        self.shuffle.clicked.connect(lambda: self._set_seed(secrets.randbits(32)))
        self.seed_lock = QToolButton()
        self.seed_lock.setObjectName("seedLock")
        self.seed_lock.setCheckable(True)
        self.seed_lock.setText(self.tr("Lock"))
        self.seed_lock.setAccessibleName(self.tr("Lock the seed"))
        self.seed_lock.setToolTip(self.tr("Keep this seed: neither the dice nor typing changes it"))
        self.seed_lock.toggled.connect(self._on_seed_locked)
        label = QLabel(self.tr("Seed"))
        label.setFixedWidth(NAME_PX)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(label)
        row.addWidget(self.seed, 1)
        row.addWidget(self.shuffle)
        row.addWidget(self.seed_lock)
        section.column.addLayout(row)
        self.column.addWidget(section)

    # Showing.

    def refresh(self) -> None:
        """Show the current line."""
        line, reason = self.desk.line, self.desk.no_line()
        for row in (*self.emotions.values(), self.intensity):
            row.refresh()
        for name, level in self.amounts.items():
            level.set_reason(reason)
            if not level.dragging:
                level.set_value(line.amounts[name] if line is not None else 1.0)
        locked = self.desk.locked("emotions/happy")
        for widget, why in ((self.auto, reason), (self.wheel, locked), (self.neutral, locked), (self.usual, reason)):
            widget.setEnabled(not why)
        self._show_seed(reason)
        self._show_wheel()
        self.heard.refresh()

    def _show_seed(self, reason: str) -> None:
        line = self.desk.line
        self.seed_lock.setEnabled(not reason)
        self.shuffle.setEnabled(not reason and not self._seed_locked)
        self.seed.setEnabled(not reason)
        self.seed.setReadOnly(self._seed_locked)
        if not self.seed.hasFocus() or not self.seed.isModified():
            self.seed.setText(str(line.seed) if line is not None else "")

    def on_beat(self) -> None:
        """Show the playhead's emotions."""
        for row in (*self.emotions.values(), self.intensity):
            row.show_playhead()
        self._show_wheel()
        self.heard.on_beat()

    def _show_wheel(self) -> None:
        self.wheel.set_values({name: row.value for name, row in self.emotions.items() if row.value > 0.0})

    # Editing.

    def _on_wheel_began(self) -> None:
        line, time_s = self.desk.line, self.desk.keying.time_s
        self._felt = [n for n in EMOTIONS if line is not None and float(line.curve(emotion_track(n)).evaluate(time_s)) > 1e-4]
        self.desk.keying.begin(self.tr("Change emotion"))

    def _on_wheel_moved(self, values: dict[str, float]) -> None:
        """The two emotions there; zero for others, but only where they have a value."""
        wanted = {emotion_track(name): 0.0 for name in self._felt}
        wanted.update({emotion_track(name): value for name, value in values.items()})
        self.desk.keying.set_values(wanted, instead=True)

    def _set_amount(self, name: str, value: float) -> None:
        line = self.desk.line
        if line is not None:
            self.desk.session.apply(SetAmount(line.id, name, value))

    def _on_clear(self) -> None:
        line = self.desk.line
        if line is not None and (line.emotions or line.intensity.keys):
            tracks = [emotion_track(n) for n in line.emotions] + ([INTENSITY_TRACK] if line.intensity.keys else [])
            self.desk.session.apply(Composite(tuple(SetCurve(line.id, t, Curve()) for t in tracks), "Clear emotions"))

    def _on_usual(self) -> None:
        line = self.desk.line
        if line is not None:
            other = [name for name, value in line.amounts.items() if value != 1.0]
            if other:
                self.desk.session.apply(Composite(tuple(SetAmount(line.id, n, 1.0) for n in other), "Reset amounts"))

    def _on_seed_locked(self, locked: bool) -> None:
        self._seed_locked = locked
        self._show_seed(self.desk.no_line())

    def _on_seed(self) -> None:
        if self.seed.text() and not self._seed_locked:
            self._set_seed(min(int(self.seed.text()), MAX_SEED))

    def _set_seed(self, seed: int) -> None:
        line = self.desk.line
        self.seed.setModified(False)
        if line is not None and seed != line.seed:
            self.desk.session.apply(SetSeed(line.id, seed))


def _small_button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    return button
