"""Export: where to, how large, how many frames a second; then progress, which may be cancelled and leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.core.errors import EngineError, InvalidInput
from engine.core.jobs import Job
from engine.core.output import check_target
from engine.core.timing import frame_count
from engine.project.document import Document
from engine.staging import only
from studio import theme
from studio.conductor import Conductor
from studio.faults import words
from studio.jobs import Jobs, Task

if TYPE_CHECKING:
    from engine.render.camera import Camera

SIZES: tuple[tuple[str, int, int], ...] = (
    ("512 × 512", 512, 512), (str(QT_TRANSLATE_NOOP("ExportDialog", "1080 × 1080, square")), 1080, 1080), ("1280 × 720, HD", 1280, 720),
    ("1920 × 1080, Full HD", 1920, 1080), (str(QT_TRANSLATE_NOOP("ExportDialog", "1080 × 1920, upright")), 1080, 1920),
)  # fmt: skip
RATES: tuple[Fraction, ...] = tuple(Fraction(*r) for r in ((24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (50, 1), (60, 1)))
KINDS = str(
    QT_TRANSLATE_NOOP(
        "ExportDialog",
        "Movie (*.mp4);;ProRes 4444 (*.mov);;Picture sequence (*.png);;Motion, NumPy (*.npz);;Live Link Face (*.csv);;TextGrid (*.TextGrid);;Sound (*.wav)",
    )
)
FORMATS: tuple[tuple[str, str], ...] = (
    (".mp4", str(QT_TRANSLATE_NOOP("ExportDialog", "Movie, MP4"))),
    (".mov", str(QT_TRANSLATE_NOOP("ExportDialog", "Movie for editing, ProRes 4444"))),
    (".png", str(QT_TRANSLATE_NOOP("ExportDialog", "Picture sequence, PNG"))),
    (".npz", str(QT_TRANSLATE_NOOP("ExportDialog", "Motion, NumPy"))),
    (".csv", str(QT_TRANSLATE_NOOP("ExportDialog", "Motion, Live Link Face"))),
    (".TextGrid", str(QT_TRANSLATE_NOOP("ExportDialog", "Phonemes, TextGrid"))),
    (".wav", str(QT_TRANSLATE_NOOP("ExportDialog", "Sound, WAV"))),
)
QUALITIES: tuple[tuple[str, str, str], ...] = (
    ("draft", str(QT_TRANSLATE_NOOP("ExportDialog", "Draft")), str(QT_TRANSLATE_NOOP("ExportDialog", "quick, to look at the motion"))),
    ("standard", str(QT_TRANSLATE_NOOP("ExportDialog", "Standard")), str(QT_TRANSLATE_NOOP("ExportDialog", "as the viewport shows it"))),
    ("high", str(QT_TRANSLATE_NOOP("ExportDialog", "High")), str(QT_TRANSLATE_NOOP("ExportDialog", "smooth edges, soft shadows, several times as long"))),
    ("final", str(QT_TRANSLATE_NOOP("ExportDialog", "Final")), str(QT_TRANSLATE_NOOP("ExportDialog", "the best there is, many times as long"))),
)
_PICTURES = (".mp4", ".mov", ".png")
_SEEN_THROUGH = (".mov", ".png")


@dataclass(frozen=True)
class Export:
    """What is to be written.

    Args:
        document: as it was when the person asked.
        path: its suffix says in which form.
        camera: where pictures are taken from; None for the stage's own.
        quality: of pictures.
        stage_s: time of the stage, seconds, at which the document's scene begins.
    """

    document: Document
    path: Path
    camera: Camera | None = None
    quality: str = "standard"
    stage_s: float = 0.0


def rate_words(rate: Fraction) -> str:
    """A rate as people know it."""
    return f"{rate.numerator}" if rate.denominator == 1 else f"{float(rate):.3f}"


class ExportDialog(QDialog):
    """Asks, then writes.

    Args:
        document: what to write, as it is now.
        line_id: the line that is worked on.
        conductor: gives the pipeline.
        jobs: does the work.
        camera: of the viewport.
        suggestion: file to begin with.
    """

    def __init__(
        self, document: Document, line_id: str, conductor: Conductor, jobs: Jobs, camera: Camera | None, suggestion: Path, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document = document
        self._line_id = line_id
        self._conductor = conductor
        self._jobs = jobs
        self._camera = camera
        self._task: Task | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setObjectName("exportDialog")
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(theme.SPACE + 4)
        column.addLayout(self._build_form(suggestion))
        self.message = QLabel()
        self.message.setObjectName("exportMessage")
        self.message.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setFormat("%p %")
        self.progress.hide()
        column.addWidget(self.message)
        column.addWidget(self.progress)
        column.addStretch(1)
        column.addWidget(self._build_buttons())
        self._show_range()

    def _build_form(self, suggestion: Path) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.path = QLineEdit(str(suggestion))
        self.path.setObjectName("exportPath")
        self.path.textChanged.connect(self._show_range)
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        form.addRow(self.tr("File"), row)
        self._build_format(form)
        self.what = QComboBox()
        self.what.addItem(self.tr("This line"), "line")
        if sum(1 for _ in self._document.lines()) > 1:
            self.what.addItem(self.tr("All lines, one after another"), "all")
        self.what.currentIndexChanged.connect(self._show_range)
        form.addRow(self.tr("What"), self.what)
        self._build_size(form)
        self.rate = QComboBox()
        self._rates = sorted({*RATES, self._document.settings.rate})
        self.rate.addItems([self.tr("{rate} frames per second").format(rate=rate_words(rate)) for rate in self._rates])
        self.rate.setCurrentIndex(self._rates.index(self._document.settings.rate))
        self.rate.currentIndexChanged.connect(self._show_range)
        form.addRow(self.tr("Rate"), self.rate)
        self.view = QComboBox()
        self.view.addItem(self.tr("The scene's camera"), False)
        self.view.addItem(self.tr("As in the viewport"), True)
        self.view.setToolTip(self.tr("The scene's camera follows its keys; the viewport's stands where you look from now"))
        form.addRow(self.tr("View"), self.view)
        for box, name in ((self.what, self.tr("What")), (self.rate, self.tr("Rate")), (self.view, self.tr("View"))):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setAccessibleName(name)
        self.range = QLabel()
        self.range.setObjectName("exportRange")
        self.range.setProperty("role", "dim")
        form.addRow("", self.range)
        self.hint = QLabel()
        self.hint.setObjectName("exportHint")
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        form.addRow("", self.hint)
        return form

    def _build_format(self, form: QFormLayout) -> None:
        self.format = QComboBox()
        for suffix, title in FORMATS:
            self.format.addItem(self.tr(title), suffix)
        self.format.setToolTip(self.tr("What is written; the file's name ends accordingly"))
        self.format.activated.connect(self._on_format)
        form.addRow(self.tr("Format"), self.format)
        self.quality = QComboBox()
        for name, title, tip in QUALITIES:
            self.quality.addItem(self.tr("{level}: {what}").format(level=self.tr(title), what=self.tr(tip)), name)
        self.quality.setCurrentIndex(self.quality.findData("standard"))
        self.quality.setToolTip(self.tr("How much is spent on every picture"))
        form.addRow(self.tr("Quality"), self.quality)
        for box, name in ((self.format, self.tr("Format")), (self.quality, self.tr("Quality"))):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setAccessibleName(name)

    def _build_size(self, form: QFormLayout) -> None:
        settings = self._document.settings
        self.width_box, self.height_box = QSpinBox(), QSpinBox()
        for box, value in ((self.width_box, settings.width), (self.height_box, settings.height)):
            box.setRange(16, 4096)
            box.setSingleStep(2)
            box.setValue(value)
        self.size_box = QComboBox()
        for name, width, height in SIZES:
            self.size_box.addItem(self.tr(name), (width, height))
        self.size_box.addItem(self.tr("Other"), None)
        found = next((i for i, (_, w, h) in enumerate(SIZES) if (w, h) == (settings.width, settings.height)), len(SIZES))
        self.size_box.setCurrentIndex(found)
        self.size_box.currentIndexChanged.connect(self._on_size)
        row = QHBoxLayout()
        row.addWidget(self.size_box, 1)
        row.addWidget(self.width_box)
        row.addWidget(QLabel("×"))
        row.addWidget(self.height_box)
        form.addRow(self.tr("Size"), row)
        self._on_size()

    def _build_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.export_button = QPushButton(self.tr("Export"))
        self.export_button.setObjectName("exportButton")
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self.export)
        self.show_button = QPushButton(self.tr("Show in Folder"))
        self.show_button.setAutoDefault(False)
        self.show_button.hide()
        self.show_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path().parent))))
        self.cancel_button = QPushButton(self.tr("Close"))
        self.cancel_button.setObjectName("exportCancel")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        box.addButton(self.show_button, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        return box

    # The form.

    def _path(self) -> Path:
        return Path(self.path.text().strip()).expanduser()

    def _on_format(self) -> None:
        path = self._path()
        known = {suffix.lower() for suffix, _ in FORMATS}
        stem = path.stem if path.suffix.lower() in known else path.name
        if stem:
            self.path.setText(str(path.with_name(stem + self.format.currentData())))

    def _on_size(self) -> None:
        chosen = self.size_box.currentData()
        for box in (self.width_box, self.height_box):
            box.setEnabled(chosen is None)
        if chosen is not None:
            self.width_box.setValue(chosen[0])
            self.height_box.setValue(chosen[1])

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), self.path.text(), self.tr(KINDS))
        if name:
            self.path.setText(name if Path(name).suffix else name + ".mp4")

    def chosen_document(self) -> Document:
        """The document with what the form says."""
        document = self._document
        if self.what.currentData() == "line":
            document = only(document, self._line_id)
        settings = replace(document.settings, rate=self._rates[self.rate.currentIndex()], width=self.width_box.value(), height=self.height_box.value())
        return replace(document, settings=settings)

    def _show_range(self) -> None:
        document = self.chosen_document()
        end_s = max((line.start_s + (line.duration_s or 0.0) for line in document.lines()), default=0.0)
        words = self.tr("The whole range: {seconds} s, {count} frames")
        self.range.setText(words.format(seconds=f"{end_s:.2f}", count=frame_count(end_s, document.settings.rate)))
        suffix = self._path().suffix.lower()
        for widget in (self.size_box, self.view, self.quality):
            widget.setEnabled(suffix in _PICTURES)
        self.format.setCurrentIndex(next((i for i, (known, _) in enumerate(FORMATS) if known.lower() == suffix), -1))
        self.hint.setText(self._about_alpha(suffix) if document.stage.background.kind == "transparent" else "")
        self.message.clear()
        self.show_button.hide()

    def _about_alpha(self, suffix: str) -> str:
        if suffix in _SEEN_THROUGH:
            return self.tr("The background is transparent: written with straight alpha.")
        if suffix in _PICTURES:
            return self.tr("MP4 holds no transparency: the gradient is drawn behind. Choose ProRes 4444 or PNG to keep it.")
        return ""

    # The work.

    def export(self) -> None:
        """Write the file."""
        try:
            request = self._checked()
        except EngineError as error:
            self._tell(error)
            return
        self._busy(True)
        pipeline = self._conductor.pipeline

        def work(job: Job) -> float:
            from engine.export.outputs import Request, write_all

            wanted = Request(request.document, pipeline(), request.quality, camera=request.camera, stage_s=request.stage_s)
            return write_all(wanted, [request.path], job)

        self._task = Task("export", self.tr("Exporting {name}").format(name=request.path.name), "export")
        self._jobs.changed.connect(self._on_progress)
        self._jobs.submit(self._task, work, self._on_done, self._on_failed)

    def _checked(self) -> Export:
        path = self._path()
        if not path.name or path.suffix == "":
            raise InvalidInput(
                self.tr("the file's name has no ending that says what to write"), self.tr("end it with .mp4, .mov, .png, .npz, .csv, .TextGrid or .wav")
            )
        check_target(path)
        camera = self._camera if self.view.currentData() else None
        stage_s = self._document.line(self._line_id).start_s if self.what.currentData() == "line" else 0.0
        return Export(self.chosen_document(), path, camera, self.quality.currentData(), stage_s)

    def _busy(self, busy: bool) -> None:
        for widget in (self.path, self.format, self.quality, self.what, self.size_box, self.rate, self.view, self.export_button):
            widget.setEnabled(not busy)
        self.progress.setVisible(busy)
        self.progress.setValue(0)
        self.cancel_button.setText(self.tr("Cancel") if busy else self.tr("Close"))
        self.message.clear()
        self.show_button.hide()
        if not busy:
            self._jobs.changed.disconnect(self._on_progress)
            self._task = None

    def _on_progress(self) -> None:
        if self._task is not None:
            self.progress.setRange(0, 1000 if self._task.done >= 0 else 0)
            self.progress.setValue(round(max(0.0, self._task.done) * 1000))
            self.message.setText(self._task.label + "…")

    def _on_done(self, seconds: float) -> None:
        self._busy(False)
        self._show_range()
        self.message.setText(self.tr("{name} is written: {seconds} s.").format(name=self._path().name, seconds=f"{seconds:.2f}"))
        self.show_button.show()
        self.cancel_button.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        self._busy(False)
        self._show_range()
        self._tell(error)

    def _tell(self, error: BaseException) -> None:
        what, remedy, _ = words(error)
        self.message.setText(f"{what} {remedy}")

    def reject(self) -> None:
        """Cancel what runs; close when nothing does."""
        if self._task is None:
            super().reject()
            return
        self._task.cancel()
        self._busy(False)
        self._show_range()
        self.message.setText(self.tr("Cancelled; nothing was written."))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing cancels."""
        if self._task is not None:
            self.reject()
        event.accept()
