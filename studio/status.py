"""The right end of the status bar: what is being worked on, how far it is and a way to stop it; how fast pictures come, and from where."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from studio import icons, theme
from studio.jobs import Jobs


class JobStatus(QWidget):
    """Shows one task of a window's jobs; empty while there is none.

    Signals:
        pressed(): a person wants to see all of them.
    """

    pressed = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobStatus")
        self.setToolTip(self.tr("Click for all jobs"))
        self._jobs = jobs
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        self.label = QLabel()
        self.label.setObjectName("jobLabel")
        self.progress = QProgressBar()
        self.progress.setFixedWidth(150)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.cancel = QToolButton()
        self.cancel.setObjectName("jobCancel")
        self.cancel.setIcon(icons.icon("close", "DIM"))
        self.cancel.setAccessibleName(self.tr("Stop"))
        self.cancel.setToolTip(self.tr("Stop this"))
        self.cancel.clicked.connect(self._on_cancel)
        for widget in (self.label, self.progress, self.cancel):
            row.addWidget(widget)
        jobs.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        task = self._jobs.shown
        for widget in (self.label, self.progress, self.cancel):
            widget.setVisible(task is not None)
        if task is None:
            return
        more = sum(1 for t in self._jobs.tasks if t.visible and not t.replaced) - 1
        self.label.setText(f"{task.label}…" if not more else self.tr("{job}… and {count} more").format(job=task.label, count=more))
        self.progress.setRange(0, 0 if task.done < 0 else 1000)
        self.progress.setValue(round(max(0.0, task.done) * 1000))

    def _on_cancel(self) -> None:
        task = self._jobs.shown
        if task is not None:
            task.cancel()
            self._jobs.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the whole list."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
        super().mousePressEvent(event)


class Rate(QLabel):
    """Pictures that came on screen in the last second; nothing while nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewportRate")
        self.setProperty("role", "dim")
        self.setToolTip(self.tr("Pictures of the viewport in a second"))
        self.setAccessibleName(self.tr("Pictures in a second"))
        self._times: list[float] = []
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._tell)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(self.tr("{rate} fps").format(rate="000")) + 2 * theme.SPACE)
        self.setContentsMargins(0, 0, theme.SPACE, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def count(self) -> None:
        """Another picture is on screen."""
        self._times.append(time.monotonic())
        if not self._clock.isActive():
            self._clock.start()

    def _tell(self) -> None:
        now = time.monotonic()
        self._times = [t for t in self._times if now - t <= 1.0]
        self.setText(self.tr("{rate} fps").format(rate=len(self._times)) if len(self._times) > 1 else "")
        if not self._times:
            self._clock.stop()
