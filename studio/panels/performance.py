"""The performance panel: emotions, amounts and seed of the current line. Every slider is an edit, every drag one undo step."""

from __future__ import annotations

import secrets
from dataclasses import replace

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.project.change import Change, Composite
from engine.project.document import MAX_SEED, emotion_track
from engine.project.edits import SetAmount, SetCurve, SetSeed
from studio import icons, theme
from studio.panels.levels import NAME_PX, LevelRow, heading
from studio.session import Session

AMOUNT_TIPS: dict[str, str] = {
    "lips": "How far the lips go for each sound; closures stay closures",
    "jaw": "How far the jaw opens",
    "blink": "How many blinks",
    "brows": "How much the brows move with stress",
    "gaze": "How much the eyes move",
    "head": "How much the head moves with the phrasing",
    "breath": "How much the breath shows",
}


class PerformancePanel(QScrollArea):
    """Edits how the current line is performed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._grabbed: tuple[str, Curve] | None = None
        self.setWidgetResizable(True)
        self.setMinimumWidth(270)
        body = self._body = QWidget()
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        self.neutral = QPushButton("Neutral")
        self.neutral.setObjectName("neutralButton")
        self.neutral.setToolTip("All emotions to zero")
        self.neutral.clicked.connect(self._on_neutral)
        self._add_header(column, "Emotion", self.neutral)
        self.emotions = {name: self._emotion_row(column, name) for name in EMOTIONS}
        column.addSpacing(theme.SPACE)
        self.usual = QPushButton("Reset")
        self.usual.setObjectName("amountsButton")
        self.usual.setToolTip("All amounts to 1")
        self.usual.clicked.connect(self._on_usual)
        self._add_header(column, "Amounts", self.usual)
        self.amounts = {name: self._amount_row(column, name, tip) for name, tip in AMOUNT_TIPS.items()}
        column.addSpacing(theme.SPACE)
        column.addWidget(heading("Variation"))
        column.addLayout(self._seed_row())
        column.addStretch(1)
        session.changed.connect(self._on_changed)
        session.line_changed.connect(self.refresh)
        session.project_changed.connect(self.refresh)
        self.refresh()

    def _add_header(self, column: QVBoxLayout, title: str, button: QPushButton) -> None:
        row = QHBoxLayout()
        row.addWidget(heading(title))
        row.addStretch(1)
        row.addWidget(button)
        column.addLayout(row)

    def _emotion_row(self, column: QVBoxLayout, name: str) -> LevelRow:
        row = LevelRow(name.capitalize(), 1.0, 0.0, f"How {name} the line is: 0 not at all, 1 as much as can be")
        row.began.connect(self._begin_drag)
        row.changed.connect(lambda value: self._set_emotion(name, value))
        row.ended.connect(self._session.end_drag)
        column.addWidget(row)
        return row

    def _amount_row(self, column: QVBoxLayout, name: str, tip: str) -> LevelRow:
        row = LevelRow(name.capitalize(), 2.0, 1.0, f"{tip}: 0 none, 1 as usual, 2 twice")
        row.began.connect(self._begin_drag)
        row.changed.connect(lambda value: self._set_amount(name, value))
        row.ended.connect(self._session.end_drag)
        column.addWidget(row)
        return row

    def _seed_row(self) -> QHBoxLayout:
        self.seed = QLineEdit()
        self.seed.setObjectName("seedField")
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("The same seed gives the same blinks, gaze and head movement")
        self.seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{1,20}"), self))
        self.seed.editingFinished.connect(self._on_seed)
        self.shuffle = QToolButton()
        self.shuffle.setObjectName("shuffleButton")
        self.shuffle.setIcon(icons.icon("shuffle"))
        self.shuffle.setAccessibleName("Another variation")
        self.shuffle.setToolTip("Another variation: blinks, gaze and head move otherwise")
        self.shuffle.clicked.connect(lambda: self._set_seed(secrets.randbits(32)))
        label = QLabel("Seed")
        label.setFixedWidth(NAME_PX)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(label)
        row.addWidget(self.seed, 1)
        row.addWidget(self.shuffle)
        return row

    # Showing.

    def _on_changed(self, change: Change) -> None:
        if change.concerns("emotions", "amounts", "seed", "line"):
            self.refresh()

    def refresh(self) -> None:
        """Show the current line."""
        line = self._session.line
        self._body.setEnabled(line is not None and not self._session.read_only)
        for name, row in self.emotions.items():
            curve = line.curve(emotion_track(name)) if line is not None else Curve()
            row.set_value(_peak(curve))
            row.set_note("It changes over the line; the slider scales it as a whole" if len(curve.keys) > 1 else "")
        for name, row in self.amounts.items():
            row.set_value(line.amounts[name] if line is not None else 1.0)
        if not self.seed.hasFocus() or not self.seed.isModified():
            self.seed.setText(str(line.seed) if line is not None else "")

    # Editing.

    def _set_emotion(self, name: str, value: float) -> None:
        line = self._session.line
        if line is None:
            return
        track = emotion_track(name)
        # All of a drag scales the curve as it was when the drag began: at zero it has no shape left.
        if not self._session.history.dragging or self._grabbed is None or self._grabbed[0] != track:
            self._grabbed = (track, line.curve(track))
        edit = SetCurve(line.id, track, scaled(self._grabbed[1], value))
        self._session.apply(Composite((edit,), f"Change {name}", f"{line.id} {track}"))

    def _begin_drag(self) -> None:
        self._grabbed = None
        self._session.begin_drag()

    def _set_amount(self, name: str, value: float) -> None:
        line = self._session.line
        if line is not None:
            self._session.apply(SetAmount(line.id, name, value))

    def _on_neutral(self) -> None:
        line = self._session.line
        if line is not None and line.emotions:
            self._session.apply(Composite(tuple(SetCurve(line.id, emotion_track(n), Curve()) for n in line.emotions), "Neutral"))

    def _on_usual(self) -> None:
        line = self._session.line
        if line is not None:
            other = [name for name, value in line.amounts.items() if value != 1.0]
            if other:
                self._session.apply(Composite(tuple(SetAmount(line.id, n, 1.0) for n in other), "Reset amounts"))

    def _on_seed(self) -> None:
        if self.seed.text():
            self._set_seed(min(int(self.seed.text()), MAX_SEED))

    def _set_seed(self, seed: int) -> None:
        line = self._session.line
        self.seed.setModified(False)
        if line is not None and seed != line.seed:
            self._session.apply(SetSeed(line.id, seed))


def scaled(curve: Curve, peak: float) -> Curve:
    """A curve with another peak: its shape where it has one, else the same level all along; no keys for zero."""
    old = _peak(curve)
    if peak <= 0.0:
        return Curve()
    if len(curve.keys) < 2 or old <= 0.0:
        return Curve((Key(0.0, peak),))
    share = peak / old
    return Curve(tuple(replace(k, value=min(1.0, k.value * share), in_slope=k.in_slope * share, out_slope=k.out_slope * share) for k in curve.keys))


def _peak(curve: Curve) -> float:
    return max((k.value for k in curve.keys), default=0.0)
