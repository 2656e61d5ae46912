"""The capture panel: a performance out of a video or a camera, as curves."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from studio import theme
from studio.capture import layers
from studio.capture.camera_section import CameraSection
from studio.capture.capturer import Capturer
from studio.capture.takes import CaptureList
from studio.capture.tuning import TuningSection
from studio.capture.words import KEYS, REGIONS
from studio.jobs import Task
from studio.panels.desk import Desk
from studio.panels.numbers import NumberField
from studio.panels.panel import Panel, Section
from studio.panels.take_list import ElidedLabel
from studio.panels.words import translated
from studio.stage.light import retitle
from studio.stage.rows import choose, combo

_MOST_START_S = 7200.0
_START_PX = 76


class CapturePanel(Panel):
    """Captures, and what was captured.

    Args:
        desk: what it works with.
        capturer: does it.

    Signals:
        video_wanted(): a video is to be chosen.
        capture_wanted(): the one that is there is to be captured.
    """

    video_wanted = Signal()
    capture_wanted = Signal()

    def __init__(self, desk: Desk, capturer: Capturer, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("layers", "media", "line", "settings"), parent)
        self.setObjectName("capturePanel")
        self._capturer = capturer
        self.video = VideoSection(desk, capturer)
        self.video.video_wanted.connect(self.video_wanted)
        self.video.capture_wanted.connect(self.capture_wanted)
        self.camera = CameraSection(desk, capturer.door)
        self.regions = RegionSection(capturer)
        self.takes = TakesSection(desk, capturer)
        self.tuning = TuningSection(desk, capturer)
        self.sections = (self.video, self.camera, self.takes, self.regions, self.tuning)
        for section in self.sections:
            self.column.addWidget(section)
        self.column.addStretch(1)
        capturer.reference_changed.connect(self.later)
        capturer.profile.changed.connect(self.later)
        capturer.recalled.connect(self.later)
        capturer.captured.connect(lambda _: QTimer.singleShot(0, self._show_takes))
        desk.jobs.changed.connect(self.video.show_progress)
        self.listen()

    def _show_takes(self) -> None:
        """Scroll to the new take, where it is out of sight."""
        if self.isVisible() and self.takes.list.row_count:
            row = self.takes.list.row(0)
            self.ensureVisible(0, row.mapTo(self.body, row.rect().bottomLeft()).y(), 0, theme.SPACE)

    def refresh(self) -> None:
        """Show the document as it stands."""
        for section in self.sections:
            section.refresh()


class VideoSection(Section):
    """The video that a performance is captured from.

    Signals:
        video_wanted(), capture_wanted(), align_wanted(): buttons.
    """

    video_wanted = Signal()
    capture_wanted = Signal()
    align_wanted = Signal()

    def __init__(self, desk: Desk, capturer: Capturer, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self._desk, self._capturer = desk, capturer
        retitle(self, self.tr("Video"), "video")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.file = ElidedLabel("TEXT")
        self.file.setObjectName("captureFile")
        self.open = QPushButton(self.tr("Choose…"))
        self.open.setObjectName("chooseVideo")
        self.open.setToolTip(self.tr("A video of a face; it may be dropped on the window, too"))
        self.open.clicked.connect(lambda _=False: self.video_wanted.emit())
        row.addWidget(self.file, 1)
        row.addWidget(self.open)
        self.column.addLayout(row)
        self._build_place()
        self.hint = QLabel()
        self.hint.setObjectName("captureHint")
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        self.column.addWidget(self.hint)
        self._told = ""
        self.fetch = QPushButton(self.tr("Get the Model"))
        self.fetch.setObjectName("fetchModel")
        self.fetch.setToolTip(self.tr("Get the model that finds faces over the network; `vivavoce doctor --fix` does the same"))
        self.fetch.clicked.connect(lambda _=False: capturer.fetch())
        self.fetch.hide()
        self.column.addWidget(self.fetch)
        self.go = QPushButton(self.tr("Capture"))
        self.go.setObjectName("captureButton")
        self.go.setProperty("primary", True)
        self.go.clicked.connect(self._on_clicked)
        self.column.addWidget(self.go)
        self.progress = QProgressBar()
        self.progress.setObjectName("captureProgress")
        self.progress.setAccessibleName(self.tr("Progress of the capture"))
        self.progress.hide()
        self.column.addWidget(self.progress)

    def _build_place(self) -> None:
        """Where on the line the video begins."""
        self.place = QWidget()
        row = QHBoxLayout(self.place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        self.start = NumberField(-_MOST_START_S, _MOST_START_S, 2, "s")
        self.start.setObjectName("videoStart")
        self.start.setFixedWidth(_START_PX)
        self.start.setAccessibleName(self.tr("Start of the video"))
        self.start.setToolTip(self.tr("When its first picture is seen, seconds of the line; what was captured from it moves along"))
        self.start.valueChanged.connect(self._capturer.move_reference)
        self.align = QPushButton(self.tr("Align by Sound"))
        self.align.setObjectName("alignVideo")
        self.align.setToolTip(self.tr("Lay the video where its sound is heard on the line: another recording of the same sentence, too"))
        self.align.clicked.connect(lambda _=False: self.align_wanted.emit())
        name = QLabel(self.tr("Starts at"))
        name.setBuddy(self.start)
        row.addWidget(name)
        row.addWidget(self.start)
        row.addWidget(self.align, 1)
        self.column.addWidget(self.place)

    def tell(self, text: str) -> None:
        """What is known of the faces in the video."""
        self._told = text
        self._show_hint()

    def _show_hint(self) -> None:
        usual = self.tr("Drop a video of a face on the window: it is shown beside the avatar, and its performance becomes curves on a layer.")
        layer = self._capturer.playing
        film = layers.film_of(layer) if layer is not None else None
        if film is not None:
            usual = self.tr("{name} is not there any more, it was {path}: the curves stay, the picture comes back with the file.")
            usual = usual.format(name=film.name, path=film)
        self.hint.setText(self._told if self._capturer.reference is not None else usual)
        self.hint.setVisible(bool(self.hint.text()))

    def _on_clicked(self) -> None:
        if self._capturer.task is not None:
            self._capturer.cancel()
            self.show_progress()
        else:
            self.capture_wanted.emit()

    def refresh(self) -> None:
        """Show the line's."""
        reference = self._capturer.reference
        self.file.setText(reference.path.name if reference is not None else "")
        self.file.setToolTip(str(reference.path) if reference is not None else "")
        self.place.setVisible(reference is not None)
        self.place.setEnabled(not self._desk.read_only)
        if reference is not None:
            self.start.show_value(reference.start_s)
        self._show_hint()
        self.show_progress()

    def show_progress(self) -> None:
        """Show how far the capture is, and what the button does."""
        task = self._capturer.task
        self.go.setText(self.tr("Cancel") if task is not None else self.tr("Capture"))
        no_video = self.tr("There is no video yet.") if self._capturer.reference is None else ""
        reason = "" if task is not None else self._desk.read_only or no_video
        self.go.setEnabled(not reason)
        self.go.setToolTip(reason or self.tr("Follow the face through the video and put its curves on a new layer"))
        self.progress.setVisible(task is not None)
        if task is not None:
            self._show_task(task)

    def _show_task(self, task: Task) -> None:
        self.progress.setRange(0, 0 if task.done < 0 else 1000)
        self.progress.setValue(round(max(task.done, 0.0) * 1000))
        self.progress.setToolTip(task.label)


class RegionSection(Section):
    """What of the face is captured."""

    def __init__(self, capturer: Capturer, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self._profile = capturer.profile
        self._capturer = capturer
        retitle(self, self.tr("Regions"), "regions")
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE // 2)
        for i, (region, (text, tip)) in enumerate(REGIONS.items()):
            button = QPushButton(translated("Capture", text))
            button.setObjectName("capture" + region.split()[0].capitalize())
            button.setCheckable(True)
            button.setToolTip(translated("Capture", tip))
            button.setAccessibleName(button.text())
            button.setStyleSheet("QPushButton { padding: 4px 2px; }")
            button.clicked.connect(self._on_clicked)
            self.buttons[region] = button
            grid.addWidget(button, i // 3, i % 3)
        self.column.addLayout(grid)
        self.hint = QLabel(self.tr("What is off stays generated: captured brows and head go with generated lips."))
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        self.column.addWidget(self.hint)

    def _on_clicked(self) -> None:
        wanted = tuple(region for region, button in self.buttons.items() if button.isChecked())
        if wanted:
            self._profile.set_regions(wanted)
            self._capturer.retune_playing(wanted)
        else:  # one must stay
            self.refresh()

    def refresh(self) -> None:
        """Show which."""
        regions = self._capturer.regions
        for region, button in self.buttons.items():
            button.setChecked(region in regions)


class TakesSection(Section):
    """The line's captured takes."""

    def __init__(self, desk: Desk, capturer: Capturer, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        retitle(self, self.tr("Takes"), "captured")
        self._capturer = capturer
        self.list = CaptureList(desk, capturer)
        self.column.addWidget(self.list)
        tip = self.tr("How many keys a take gets: few are easily edited, many keep every tremor")
        self.keys = combo(self, "captureKeys", self.tr("Keys"), tip)
        for name, text in KEYS.items():
            self.keys.addItem(translated("Capture", text), name)
        self.keys.activated.connect(lambda _: self._on_keys())

    def _on_keys(self) -> None:
        self._capturer.profile.set_keys(str(self.keys.currentData()))
        self._capturer.retune_playing()

    def refresh(self) -> None:
        """Show them."""
        self.list.refresh()
        choose(self.keys, self._capturer.profile.keys)
