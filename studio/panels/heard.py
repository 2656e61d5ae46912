"""Emotion heard in the line's voice: a button that puts it on the emotion tracks, and what was heard, along the line and at the playhead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.core.emotion import EMOTIONS
from engine.core.jobs import Job
from engine.project.change import Edit
from engine.project.document import LineDoc, emotion_track, line_fingerprint
from studio import theme
from studio.comfort.names import named
from studio.jobs import Task
from studio.panels.desk import Desk

if TYPE_CHECKING:
    from engine.speech.mood import MoodTrack

_LEAST = 0.01  # confidence below which nothing was heard
_SAID = 0.1  # probability below which an emotion is not named
_KEY = "mood"


@dataclass(frozen=True, eq=False)
class Heard:
    """What was heard in one line.

    Args:
        of: the line's source, as a fingerprint.
        track: the moods.
        edit: what puts them on the emotion tracks.
        duration_s: length of the line.
    """

    of: str
    track: MoodTrack
    edit: Edit
    duration_s: float

    def at(self, time_s: float) -> dict[str, float]:
        """Every emotion's probability, valence, arousal and confidence at a time, by name."""
        track = self.track
        rows = {**dict(zip(EMOTIONS, track.probabilities.T, strict=True)), "valence": track.valence, "arousal": track.arousal, "confidence": track.confidence}
        return {name: float(np.interp(time_s, track.times_s, row)) for name, row in rows.items()}


class MoodStrip(QWidget):
    """Valence and arousal along the line about a middle of 0, over how sure they are; the playhead across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moodStrip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._heard: Heard | None = None
        self._time_s = 0.0

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, 44)

    def show_heard(self, heard: Heard | None) -> None:
        """Draw this; None for nothing."""
        self._heard = heard
        self.update()

    def show_playhead(self, time_s: float) -> None:
        """Draw the playhead here."""
        if time_s != self._time_s:
            self._time_s = time_s
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sureness as a filled shape, the two courses as lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.FIELD))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        heard = self._heard
        if heard is None or heard.duration_s <= 0:
            return
        x = heard.track.times_s / heard.duration_s * self.width()
        x = np.concatenate([[0.0], x, [float(self.width())]])  # the ends hold
        middle, half = self.height() / 2, self.height() / 2 - 3

        def places(values: Any, base: float, scale: float) -> QPolygonF:
            held = np.concatenate([values[:1], values, values[-1:]])
            return QPolygonF([QPointF(float(a), base - scale * float(b)) for a, b in zip(x, held, strict=True)])

        shape = places(heard.track.confidence, self.height() - 1.0, self.height() - 4.0)
        shape.append(QPointF(self.width(), self.height()))
        shape.append(QPointF(0, self.height()))
        shade = QColor(theme.FAINT)
        shade.setAlphaF(0.45)
        painter.setBrush(shade)
        painter.drawPolygon(shape)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.BORDER), 1))
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        for values, colour in ((heard.track.valence, theme.ACCENT), (heard.track.arousal, theme.WARNING)):
            painter.setPen(QPen(QColor(colour), 1.6))
            painter.drawPolyline(places(values, middle, half))
        painter.setPen(QPen(QColor(theme.PLAYHEAD), 1))
        at = self._time_s / heard.duration_s * self.width()
        painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))


class HeardBox(QWidget):
    """Listens to the current line and puts what it hears on the emotion tracks, as one step."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._heard: dict[str, Heard] = {}  # by line
        self._task: Task | None = None
        self._tip = self.tr("Hear the emotion in the voice and put it on the emotion tracks in place of the keys they have; one step to undo")
        self._build()
        desk.jobs.changed.connect(self._show_progress)
        desk.conductor.sound_changed.connect(self.refresh)
        theme.changed.connect(self._show_playhead)

    def _build(self) -> None:
        self.button = QPushButton(self.tr("Listen for emotion"))
        self.button.setObjectName("listenForEmotion")
        self.button.setAccessibleName(self.tr("Listen for emotion"))
        self.button.clicked.connect(self.toggle)
        self.progress = QProgressBar()
        self.progress.setObjectName("listenProgress")
        self.progress.setAccessibleName(self.tr("How far listening is"))
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing jumps when listening begins
        self.progress.setSizePolicy(kept)
        self.progress.hide()
        self.said = QLabel()
        self.said.setObjectName("heardEmotion")
        self.said.setWordWrap(True)
        self.strip = MoodStrip()
        self.strip.setToolTip(self.tr("Along the line: valence and arousal about a middle of 0, and how sure they are as the shape behind"))
        self.strip.setAccessibleName(self.tr("Heard along the line"))
        self.numbers = {name: QLabel() for name in ("valence", "arousal", "confidence")}
        row = QGridLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for column_, (name, label) in enumerate(self.numbers.items()):
            label.setObjectName(f"heard{name.capitalize()}")
            row.addWidget(label, 0, column_)
        self.numbers["valence"].setToolTip(self.tr("How pleasant it sounds, from -1 to 1"))
        self.numbers["arousal"].setToolTip(self.tr("How excited it sounds, from -1 to 1"))
        self.numbers["confidence"].setToolTip(self.tr("How probable it is that the likeliest emotion is right"))
        self.readout = QWidget()
        inner = QVBoxLayout(self.readout)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        for widget in (self.said, self.strip):
            inner.addWidget(widget)
        inner.addLayout(row)
        self.readout.hide()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.SPACE // 2)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self.readout)

    # Whether it may.

    def reason(self) -> str:
        """Why it cannot listen now; "" where it can."""
        desk = self._desk
        reasons = [desk.no_line(), *(desk.locked(emotion_track(name)) for name in EMOTIONS)]
        if desk.conductor.sound is None:
            reasons.append(self.tr("The sound of this line is not there."))
        return next((reason for reason in reasons if reason), "")

    @property
    def listening(self) -> bool:
        """True while it listens."""
        return self._task is not None and self._task in self._desk.jobs.tasks and not self._task.replaced

    @property
    def heard(self) -> Heard | None:
        """What was heard in the current line as its sound now is."""
        line = self._desk.line
        found = self._heard.get(line.id) if line is not None else None
        return found if found is not None and line is not None and found.of == _source(line) else None

    # Listening.

    def toggle(self) -> None:
        """Listen, or stop listening."""
        if self.listening and self._task is not None:
            self._task.cancel()
            self._show_progress()
        elif not self.reason():
            self.start()

    def start(self) -> None:
        """Listen to the current line on a thread; what is heard becomes an edit of it."""
        line = self._desk.line
        if line is None:
            return
        pipeline, of = self._desk.conductor.pipeline, _source(line)

        def work(job: Job) -> Heard:
            from engine.speech.mood import listen
            from engine.speech.mood_curves import proposal, propose

            sound = pipeline().sound(line, job)
            track = listen(sound, job)
            return Heard(of, track, proposal(line.id, propose(track)), sound.duration_s)

        self._task = Task("analysis", self.tr("Listening for emotion"), _KEY)
        self._desk.jobs.submit(self._task, work, lambda heard: self._on_heard(line.id, heard), self._on_failed)
        self._show_progress()

    def _on_heard(self, line_id: str, heard: Heard) -> None:
        session = self._desk.session
        # Undone or replaced meanwhile: what was heard is of a line that is no more.
        if session.document.has_line(line_id) and _source(session.document.line(line_id)) == heard.of:
            self._heard[line_id] = heard
            if heard.track.heard and not session.read_only:
                session.apply(heard.edit)
        self._show_progress()
        self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self._show_progress()
        self._desk.jobs.failed.emit(error, None)

    # Showing.

    def refresh(self) -> None:
        """Show the current line's."""
        self._show_button()
        heard = self.heard
        self.readout.setVisible(heard is not None)
        self.strip.show_heard(heard)
        self._show_playhead()

    def _show_button(self) -> None:
        listening, reason = self.listening, self.reason()
        self.button.setText(self.tr("Stop listening") if listening else self.tr("Listen for emotion"))
        self.button.setEnabled(listening or not reason)
        self.button.setToolTip(f"{self._tip}\n{reason}" if reason and not listening else self._tip)

    def _show_progress(self) -> None:
        listening = self.listening
        if listening != self.progress.isVisibleTo(self):
            self.progress.setVisible(listening)
            self._show_button()
        if listening and self._task is not None:
            self.progress.setValue(round(100 * max(0.0, self._task.done)))

    def on_beat(self) -> None:
        """The playhead moved."""
        if self.readout.isVisible():
            self._show_playhead()

    def _show_playhead(self) -> None:
        heard = self.heard
        if heard is None:
            return
        time_s = self._desk.keying.time_s
        self.strip.show_playhead(time_s)
        now = heard.at(time_s)
        self.said.setText(self._words(heard, now))
        shown = {"valence": self.tr("Valence {value}"), "arousal": self.tr("Arousal {value}"), "confidence": self.tr("Sure {value}")}
        colours = {"valence": theme.ACCENT, "arousal": theme.WARNING, "confidence": theme.DIM}
        for name, label in self.numbers.items():
            value = f"{100 * now[name]:.0f} %" if name == "confidence" else f"{now[name]:+.2f}"
            label.setText(shown[name].format(value=value))
            label.setStyleSheet(f"color: {colours[name]}")

    def _words(self, heard: Heard, now: dict[str, float]) -> str:
        """What is heard at the playhead."""
        if not heard.track.heard:
            return self.tr("No speech was heard in this line.")
        if now["confidence"] < _LEAST:
            return self.tr("Nothing is said here.")
        shares = {name: now[name] for name in EMOTIONS}
        shares["neutral"] = max(0.0, 1.0 - sum(shares.values()))
        best = sorted(shares, key=lambda name: -shares[name])[:2]
        neutral = self.tr("neutral")
        words = [f"{neutral if name == 'neutral' else named(name)} {100 * shares[name]:.0f} %" for name in best if shares[name] >= _SAID]
        return self.tr("Heard here: {emotions}").format(emotions=", ".join(words))


def _source(line: LineDoc) -> str:
    return line_fingerprint(line, ("source",))
