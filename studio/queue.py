"""The render queue: what is to be rendered, in which order, and what became of it. Renders one after another beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.arguments import size_of
from engine.core.errors import EngineError
from engine.project.change import Change, Composite
from engine.project.document import new_id
from engine.project.part_edits import PutRenderJob, RemoveRenderJob
from engine.project.parts import RenderJob
from studio import theme
from studio.conductor import Conductor
from studio.export_dialog import KINDS
from studio.jobs import Jobs
from studio.queue_runner import QueueRunner
from studio.session import Session

QUALITIES = ("draft", "standard", "high", "final")
NAME, WHAT, FILE, SIZE, QUALITY, STATE = range(6)
_NOT_IN_NAMES = '<>:"/\\|?*'


class MiddleElided(QStyledItemDelegate):
    """Shows both ends of a long path."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave out the middle."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle  # type: ignore[attr-defined]


class RenderQueue(QWidget):
    """The queue of the open project.

    Args:
        session: whose queue.
        conductor: gives the pipeline.
        jobs: does the work.
        folder: gives the folder for new files.
    """

    def __init__(self, session: Session, conductor: Conductor, jobs: Jobs, folder: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._default_folder = folder
        self.runner = QueueRunner(conductor, jobs, self)
        self._filling = False
        self.setObjectName("renderQueue")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addLayout(self._build_verbs())
        column.addWidget(self._build_table(), 1)
        self.empty = QLabel(self.tr("Nothing is queued. Add Range puts the current line between its in and out points here."))
        self.empty.setProperty("role", "dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        column.addWidget(self.empty, 1)
        self.table.installEventFilter(self)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        session.line_changed.connect(self._show_able)
        self.runner.changed.connect(self._on_ran)
        self.refresh()

    def _build_verbs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2 + 1)
        self.add_button = self._verb(self.tr("Add &Range"), "addRange", self.tr("Queue the current line, from its in to its out point"), self.add_range)
        self.add_scene_button = self._verb(self.tr("Add S&cene"), "addScene", self.tr("Queue all lines, one after another"), self.add_scene)
        self.remove_button = self._verb(self.tr("Re&move"), "removeJob", self.tr("Take the selected job out of the queue (Delete)"), self.remove)
        self.up_button = self._verb(self.tr("&Up"), "jobUp", self.tr("Render the selected job earlier (Alt+Up)"), lambda: self.move_job(-1))
        self.down_button = self._verb(self.tr("Dow&n"), "jobDown", self.tr("Render the selected job later (Alt+Down)"), lambda: self.move_job(1))
        self.show_button = self._verb(self.tr("Show in &Folder"), "showJob", self.tr("Open the folder of the selected job's file"), self.show_in_folder)
        self.run_button = self._verb(self.tr("Render &All"), "runQueue", self.tr("Render every job that is not done yet (Ctrl+Return)"), self.run)
        self.stop_button = self._verb(self.tr("&Stop"), "stopQueue", self.tr("Stop rendering; what is half-written is taken away"), self.runner.stop)
        self.run_button.setProperty("primary", "true")
        for button in (self.add_button, self.add_scene_button, self.remove_button, self.up_button, self.down_button, self.show_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.run_button)
        row.addWidget(self.stop_button)
        return row

    def _verb(self, text: str, name: str, tip: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.clicked.connect(lambda: do())
        return button

    def _build_table(self) -> QTableWidget:
        self.table = QTableWidget(0, 6)
        self.table.setObjectName("queueTable")
        self.table.setAccessibleName(self.tr("Render queue"))
        titles = (self.tr("Name"), self.tr("What"), self.tr("File"), self.tr("Size"), self.tr("Quality"), self.tr("State"))
        self.table.setHorizontalHeaderLabels(list(titles))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.setItemDelegateForColumn(FILE, MiddleElided(self.table))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for index, width in ((NAME, 150), (WHAT, 210), (SIZE, 96), (QUALITY, 112), (STATE, 240)):
            header.resizeSection(index, width)
        header.setSectionResizeMode(FILE, QHeaderView.ResizeMode.Stretch)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.itemChanged.connect(self._on_edited)
        self.table.itemSelectionChanged.connect(self._show_able)
        self.table.cellDoubleClicked.connect(self._on_double_clicked)
        return self.table

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the table, before the window's shortcuts of the same keys."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            alt, control = (bool(event.modifiers() & m) for m in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier))
            do = {
                (Qt.Key.Key_Delete, False, False): self.remove, (Qt.Key.Key_Backspace, False, False): self.remove,
                (Qt.Key.Key_Up, True, False): lambda: self.move_job(-1), (Qt.Key.Key_Down, True, False): lambda: self.move_job(1),
                (Qt.Key.Key_Return, False, True): self.run,
            }.get((Qt.Key(event.key()), alt, control))  # fmt: skip
            if do is not None:
                if event.type() == QEvent.Type.KeyPress:
                    do()
                event.accept()
                return True
        return super().eventFilter(watched, event)

    # What is shown.

    @property
    def queue(self) -> tuple[RenderJob, ...]:
        """The jobs in their order."""
        return self._session.document.queue

    def refresh(self) -> None:
        """Show the queue as the document has it."""
        self._filling = True
        selected = self._selected()
        self.table.setRowCount(len(self.queue))
        for row, job in enumerate(self.queue):
            self._fill_row(row, job)
        self._filling = False
        self._select(selected.id if selected is not None else "")
        self.table.setVisible(bool(self.queue))
        self.empty.setVisible(not self.queue)
        self._show_able()

    def _fill_row(self, row: int, job: RenderJob) -> None:
        state, tip = self._state_words(job)
        for column, text in ((NAME, job.name), (WHAT, self._what(job)), (FILE, job.path), (SIZE, f"{job.width} × {job.height}"), (STATE, state)):
            item = QTableWidgetItem(text)
            item.setToolTip(tip if column == STATE else text)
            if column not in (NAME, SIZE):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, column, item)
        self._colour(row, job)
        box = self.table.cellWidget(row, QUALITY)
        if not isinstance(box, QComboBox):
            box = QComboBox()
            box.setAccessibleName(self.tr("Quality"))
            for quality, text in zip(QUALITIES, (self.tr("Draft"), self.tr("Standard"), self.tr("High"), self.tr("Final")), strict=True):
                box.addItem(text, quality)
            box.activated.connect(lambda _, b=box: self._on_quality(b))
            self.table.setCellWidget(row, QUALITY, box)
        box.setProperty("job", job.id)
        box.setCurrentIndex(max(0, box.findData(job.quality)))

    def _colour(self, row: int, job: RenderJob) -> None:
        item = self.table.item(row, STATE)
        role = {"failed": theme.ERROR, "done": theme.GOOD}.get(self.runner.state(job.id).kind)
        if item is not None:
            item.setForeground(theme.colour(role) if role is not None else self.palette().text().color())

    def _what(self, job: RenderJob) -> str:
        document = self._session.document
        if not job.line_id:
            name = self.tr("the scene")
        elif document.has_line(job.line_id):
            name = document.line(job.line_id).name
        else:
            return self.tr("A line that was removed")
        if job.end_s is not None:
            return self.tr("{start:.2f}–{end:.2f} s of {name}").format(name=name, start=job.start_s, end=job.end_s)
        if job.start_s > 0:
            return self.tr("From {start:.2f} s of {name}").format(name=name, start=job.start_s)
        return self.tr("All of {name}").format(name=name)

    def _state_words(self, job: RenderJob) -> tuple[str, str]:
        state = self.runner.state(job.id)
        if state.kind == "running":
            share = f"{max(0.0, state.share):.0%}"
            return self.tr("Rendering, {share}").format(share=share), state.words
        text = {
            "waiting": self.tr("Waiting"), "done": state.words, "failed": self.tr("Failed: {why}").format(why=state.words), "cancelled": self.tr("Stopped"),
        }.get(state.kind, "–")  # fmt: skip
        return text, text

    def _show_able(self) -> None:
        job = self._selected()
        row = self.table.currentRow()
        writable = not self._session.read_only
        self.add_button.setEnabled(writable and self._session.line is not None)
        self.add_scene_button.setEnabled(writable and self._session.line is not None)
        self.remove_button.setEnabled(writable and job is not None)
        self.up_button.setEnabled(writable and job is not None and row > 0)
        self.down_button.setEnabled(writable and job is not None and row < len(self.queue) - 1)
        self.show_button.setEnabled(job is not None)
        self.run_button.setEnabled(bool(self.queue) and not self.runner.busy)
        self.stop_button.setEnabled(self.runner.busy)

    def _selected(self) -> RenderJob | None:
        item = self.table.item(self.table.currentRow(), NAME)
        row = self.table.currentRow()
        return self.queue[row] if item is not None and self.table.selectedItems() and row < len(self.queue) else None

    def _select(self, job_id: str) -> None:
        row = next((i for i, job in enumerate(self.queue) if job.id == job_id), None)
        if row is not None:
            self.table.selectRow(row)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "empty"):
            for row, job in enumerate(self.queue):
                self._colour(row, job)

    def _on_changed(self, change: Change) -> None:
        if change.concerns("queue", "line"):
            self._on_project()

    def _on_project(self) -> None:
        self.runner.keep(job.id for job in self.queue)
        self.refresh()

    # Changing the queue.

    def add_range(self) -> None:
        """Queue the current line from its in to its out point."""
        line = self._session.line
        if line is not None:
            self._add(RenderJob(new_id(), line.name, self._file(line.name), line.id, line.in_s or 0.0, line.out_s))

    def add_scene(self) -> None:
        """Queue all lines."""
        if self._session.line is not None:
            name = self.tr("Scene")
            self._add(RenderJob(new_id(), name, self._file(name)))

    def _add(self, job: RenderJob) -> None:
        settings = self._session.document.settings
        width, height = (min(4096, max(64, n - n % 2)) for n in (settings.width, settings.height))
        if self._session.apply(Composite((PutRenderJob(replace(job, width=width, height=height)),), "Add to render queue")):
            self._select(job.id)

    def _file(self, name: str) -> str:
        """A file that is not there yet, nor in the queue."""
        folder = Path(self._default_folder())
        folder = folder if folder.is_dir() else Path.home()
        stem = "".join(c if c.isprintable() and c not in _NOT_IN_NAMES else "_" for c in name).strip(" .")[:80] or "line"
        taken = {job.path for job in self.queue}
        number = 1
        while str(path := folder / (f"{stem}.mp4" if number == 1 else f"{stem} {number}.mp4")) in taken or path.exists():
            number += 1
        return str(path)

    def remove(self) -> None:
        """Take the selected job out."""
        job = self._selected()
        if job is not None and not self._session.read_only:
            row = self.table.currentRow()
            self._session.apply(RemoveRenderJob(job.id))
            if self.queue:
                self.table.selectRow(min(row, len(self.queue) - 1))

    def move_job(self, by: int) -> None:
        """Render the selected job earlier or later."""
        job, row = self._selected(), self.table.currentRow()
        if job is None or self._session.read_only or not 0 <= row + by < len(self.queue):
            return
        moved = Composite((RemoveRenderJob(job.id), PutRenderJob(job, row + by)), "Reorder render queue")
        if self._session.apply(moved):
            self._select(job.id)

    def _on_edited(self, item: QTableWidgetItem) -> None:
        if self._filling or not 0 <= item.row() < len(self.queue):
            return
        job = self.queue[item.row()]
        try:
            if item.column() == NAME:
                changed = replace(job, name=item.text().strip() or job.name)
            else:
                width, height = size_of(item.text().replace(" ", "").replace("×", "x"))
                changed = replace(job, width=width, height=height)
        except EngineError as error:
            self._session.failed.emit(error)
            changed = job
        self._put(changed)
        self.refresh()

    def _on_quality(self, box: QComboBox) -> None:
        job = next((j for j in self.queue if j.id == box.property("job")), None)
        if job is not None:
            self._put(replace(job, quality=box.currentData()))

    def _on_double_clicked(self, row: int, column: int) -> None:
        if column == FILE and row < len(self.queue):
            job = self.queue[row]
            name, _ = QFileDialog.getSaveFileName(self, self.tr("Render To"), job.path, KINDS)
            if name:
                self._put(replace(job, path=name if Path(name).suffix else name + ".mp4"))

    def _put(self, job: RenderJob) -> None:
        if self._session.read_only or job in self.queue:
            return
        self.runner.forget(job.id)
        self._session.apply(PutRenderJob(job))

    def show_in_folder(self) -> None:
        """Open the folder of the selected job."""
        job = self._selected()
        if job is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(job.path).parent)))

    # Rendering.

    def run(self) -> None:
        """Render what is not done yet; all again where everything is."""
        self.runner.run(self._session.document, self.queue)
        self._show_able()

    def _on_ran(self, job_id: str) -> None:
        row = next((i for i, job in enumerate(self.queue) if job.id == job_id), None)
        item = self.table.item(row, STATE) if row is not None else None
        if row is not None and item is not None:
            self._filling = True
            text, tip = self._state_words(self.queue[row])
            item.setText(text)
            item.setToolTip(tip)
            self._colour(row, self.queue[row])
            self._filling = False
        self._show_able()
