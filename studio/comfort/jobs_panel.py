"""The jobs panel: all work under way with its progress and a way to stop it, and what has failed since."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio import icons, theme
from studio.jobs import Jobs, Task

KEPT = 50  # things that failed; older ones are forgotten


class JobRow(QWidget):
    """One task: what, how far, and stop.

    Signals:
        cancelled(): a person stopped it.
    """

    cancelled = Signal()

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 2, theme.SPACE, 2)
        row.setSpacing(theme.SPACE)
        self.label = QLabel()
        self.state = QLabel()
        self.state.setProperty("role", "dim")
        self.progress = QProgressBar()
        self.progress.setFixedWidth(180)
        self.progress.setTextVisible(False)
        self.stop = QToolButton()
        self.stop.setIcon(icons.icon("close", "DIM"))
        self.stop.setToolTip(self.tr("Stop this"))
        self.stop.clicked.connect(self._on_stop)
        row.addWidget(self.label, 1)
        for widget in (self.state, self.progress, self.stop):
            row.addWidget(widget)
        self.show_task()

    def show_task(self) -> None:
        """How far it is now."""
        task = self.task
        self.label.setText(task.label)
        if task.running and task.done > 0:
            self.state.setText(self.tr("{percent} %").format(percent=round(task.done * 100)))
        else:
            self.state.setText("" if task.running else self.tr("waits"))
        self.progress.setRange(0, 0 if task.running and task.done < 0 else 1000)
        self.progress.setValue(round(max(0.0, task.done) * 1000))
        self.progress.setAccessibleName(task.label)
        self.stop.setAccessibleName(self.tr("Stop: {job}").format(job=task.label))

    def _on_stop(self) -> None:
        self.task.cancel()
        self.cancelled.emit()


class FaultRow(QWidget):
    """One thing that failed: when, what, why."""

    def __init__(self, label: str, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 3, theme.SPACE, 3)
        row.setSpacing(theme.SPACE)
        when = QLabel(time.strftime("%H:%M:%S"))
        when.setProperty("role", "dim")
        when.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = str(error) or type(error).__name__
        self.text = QLabel(f"{label}: {words}")
        self.text.setWordWrap(True)
        self.text.setProperty("role", "error")
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(when)
        row.addWidget(self.text, 1)


class JobsPanel(QWidget):
    """All work of a window.

    Args:
        jobs: whose.
    """

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobsPanel")
        self.jobs = jobs
        self.rows: list[JobRow] = []
        self.faults: list[FaultRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_bar())
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.idle = QLabel(self.tr("Nothing is being worked on."))
        self.idle.setProperty("role", "dim")
        self.idle.setContentsMargins(theme.SPACE, 4, theme.SPACE, 4)
        self._list.addWidget(self.idle)
        self._list.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        column.addWidget(area, 1)
        jobs.changed.connect(self._show)
        jobs.ended.connect(self._on_ended)
        self._show()

    def _build_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE, 0, theme.SPACE, theme.SPACE // 2)
        self.stop_all = QPushButton(self.tr("Stop All"))
        self.stop_all.setToolTip(self.tr("Stop all work under way"))
        self.stop_all.clicked.connect(self._on_stop_all)
        self.clear = QPushButton(self.tr("Clear Errors"))
        self.clear.setToolTip(self.tr("Forget what has failed"))
        self.clear.clicked.connect(self.forget)
        for button in (self.stop_all, self.clear):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _on_stop_all(self) -> None:
        for row in list(self.rows):
            row.task.cancel()
        self.jobs.changed.emit()

    def forget(self) -> None:
        """Show no errors any more."""
        for fault in self.faults:
            self._list.removeWidget(fault)
            fault.deleteLater()
        self.faults.clear()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has come meanwhile."""
        self._show()
        super().showEvent(event)

    def _show(self) -> None:
        if not self.isVisible() and not self.rows:
            self._show_state()
            return
        tasks = [t for t in self.jobs.tasks if t.visible and not t.replaced]
        for row in [r for r in self.rows if r.task not in tasks]:
            self.rows.remove(row)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        known = [r.task for r in self.rows]
        for task in tasks:
            if task not in known:
                row = JobRow(task)
                row.cancelled.connect(self.jobs.changed)
                self._list.insertWidget(1 + len(self.rows), row)
                self.rows.append(row)
        for row in self.rows:
            row.show_task()
        self._show_state()

    def _show_state(self) -> None:
        self.idle.setVisible(not self.rows)
        self.stop_all.setEnabled(bool(self.rows))
        self.clear.setEnabled(bool(self.faults))

    def _on_ended(self, task: Task, error: BaseException | None) -> None:
        if error is None:
            return
        fault = FaultRow(task.label, error)
        self.faults.insert(0, fault)
        self._list.insertWidget(1 + len(self.rows), fault)
        for old in self.faults[KEPT:]:
            self._list.removeWidget(old)
            old.deleteLater()
        del self.faults[KEPT:]
        self._show_state()
