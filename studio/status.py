"""The right end of the status bar: what is being worked on, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from studio import icons, theme
from studio.jobs import Jobs


class JobStatus(QWidget):
    """Shows one task of a window's jobs; empty while there is none."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobStatus")
        self._jobs = jobs
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        self.label = QLabel()
        self.label.setObjectName("jobLabel")
        self.progress = QProgressBar()
        self.progress.setFixedWidth(150)
        self.progress.setTextVisible(False)
        self.cancel = QToolButton()
        self.cancel.setObjectName("jobCancel")
        self.cancel.setIcon(icons.icon("close", "DIM"))
        self.cancel.setAccessibleName("Cancel")
        self.cancel.setToolTip("Stop this")
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
        self.label.setText(task.label + ("…" if not more else f"… and {more} more"))
        self.progress.setRange(0, 0 if task.done < 0 else 1000)
        self.progress.setValue(round(max(0.0, task.done) * 1000))

    def _on_cancel(self) -> None:
        task = self._jobs.shown
        if task is not None:
            task.cancel()
            self._jobs.changed.emit()
