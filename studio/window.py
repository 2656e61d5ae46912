"""The window: puts the parts together and connects them. What a part does is in its own file."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QMenu, QScrollBar, QSplitter, QTabWidget, QVBoxLayout, QWidget

from engine.core.motion import MotionClip
from engine.project.change import Change
from studio import actions, file_commands, icons, startup, tab_bars, theme
from studio.banner import Banner, as_notice
from studio.capture import commands as capture_commands
from studio.capture.films import notices_of
from studio.comfort import commands as comfort_commands
from studio.comfort.steps import step_words
from studio.commands import LAYOUT, Commands
from studio.conductor import Conductor
from studio.curves import commands as curve_commands
from studio.curves.editor import CurveEditor
from studio.faults import Faults
from studio.files import Files
from studio.jobs import Jobs
from studio.keying import Keying
from studio.panels import docks as inspector
from studio.panels.channels import ChannelsPanel
from studio.panels.line import LinePanel
from studio.panels.performance import PerformancePanel
from studio.panels.poses import PosesPanel
from studio.panels.takes import TakesPanel
from studio.panels.visemes import VisemesPanel
from studio.people.panel import PeoplePanel
from studio.playback import commands as playback_commands
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.queue import RenderQueue
from studio.scene.strip import SceneStrip
from studio.selection import Selection
from studio.session import Session
from studio.settings import Preferences
from studio.stage import commands as stage_commands
from studio.stage.panel import StagePanel
from studio.stage.shooting import Shooting
from studio.status import JobStatus
from studio.timeline import commands as timeline_commands
from studio.timeline.axis import TimeAxis
from studio.timeline.view import TimelineView
from studio.transport import Transport
from studio.viewport import commands as viewport_commands
from studio.viewport.presenters import is_software
from studio.viewport.view import Viewport
from studio.welcome import Stage

NEED_A_LINE = (
    "import_motion", "queue_range",
    "analyse", "replace_sound", "remove_line", "export", "export_textgrid", "import_textgrid", "play", "previous", "next", "first", "last", "fit", "loop",
    "shuttle_back", "shuttle_stop", "shuttle_forward", "set_in", "set_out", "go_in", "go_out", "clear_in_out", "record", "compare_keep",
)  # fmt: skip
_SCROLL = 10_000  # steps of the timeline's scroll bar


class MainWindow(Commands):
    """The studio's one window.

    Args:
        files: to open once it is on screen.
        load: load the engine and the sound device then; False leaves the head undrawn.
    """

    recent_menu: QMenu
    panels_menu: QMenu
    performance_panel: PerformancePanel
    channels_panel: ChannelsPanel
    takes_panel: TakesPanel
    poses_panel: PosesPanel
    visemes_panel: VisemesPanel
    stage_panel: StagePanel
    people_panel: PeoplePanel
    compared_a: MotionClip | None = None  # the take that stands in the line's place in the viewport
    rate_group: QActionGroup

    def __init__(self, files: list[Path] | None = None, load: bool = True) -> None:
        super().__init__()
        self.preferences = Preferences()
        self.session = Session(self)
        self.jobs = Jobs(self)
        self.player = Player(self, SilentClock(QCoreApplication.translate("MainWindow", "looking for a sound device")))
        self.conductor = Conductor(self.session, self.jobs, self)
        self.conductor.playhead = lambda: self.player.position_s
        self.selection = Selection(self.session, self)
        self.keying = Keying(self.session, self.player, self.selection, self)
        self.shooting = Shooting(self.session, self.player, self)
        self.faults = Faults(self)
        self.banner = Banner()
        self.viewport = Viewport(self.player)
        self.files = Files(self)
        self.painted_s: float | None = None  # when it was first on screen, by the monotonic clock
        self._to_open = files or []
        self._load = load
        self.setObjectName("mainWindow")
        self.setWindowIcon(icons.icon("app"))
        self.setAcceptDrops(True)
        self.actions_by_name = actions.build(self)
        self._build_centre()
        self._build_docks()
        self._build_status()
        self._connect()
        playback_commands.connect(self)
        viewport_commands.connect(self)
        stage_commands.connect(self)
        timeline_commands.connect(self)
        curve_commands.connect(self)
        file_commands.connect(self)
        inspector.connect(self)
        capture_commands.connect(self)
        comfort_commands.connect(self, LAYOUT)
        self.resize(1440, 900)
        self.usual_layout = self.saveState(LAYOUT)
        self._restore()
        self._show_project()
        self.timeline.setFocus()

    # Building.

    def _build_centre(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stage = Stage(self.viewport)
        self.stage.say(self.tr("Loading Ada…"))
        column.addWidget(self.banner)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.beside.setObjectName("beside")
        self.beside.setChildrenCollapsible(False)
        self.beside.addWidget(self.stage)
        column.addWidget(self.beside, 1)
        self.setCentralWidget(centre)

    def _build_docks(self) -> None:
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        # Six panels side by side would leave no room for their names.
        self.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.East)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.line_panel = LinePanel(inspector.desk_of(self))
        self.docks = [
            self._dock("Line", self.line_panel, Qt.DockWidgetArea.LeftDockWidgetArea),
            inspector.add(self),
            self._dock("Timeline", self._build_timeline(), Qt.DockWidgetArea.BottomDockWidgetArea),
        ]
        self.curve_editor = CurveEditor(self.session, self.player, self.selection)
        self.curve_dock = self._dock("Curves", self.curve_editor, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.tabifyDockWidget(self.docks[-1], self.curve_dock)
        self.render_queue = RenderQueue(self.session, self.conductor, self.jobs, self.preferences.folder)
        self.queue_dock = self._dock("Render Queue", self.render_queue, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.tabifyDockWidget(self.docks[-1], self.queue_dock)
        self.queue_dock.hide()
        capture_commands.add(self, self.beside)
        self.docks[-1].raise_()
        self.resizeDocks(self.docks[:2], [286, 340], Qt.Orientation.Horizontal)
        self.resizeDocks(self.docks[2:], [400], Qt.Orientation.Vertical)

    def _dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(QCoreApplication.translate("Panels", title), self)
        dock.setObjectName(f"{title.lower()}Dock")
        dock.setWidget(content)
        features = QDockWidget.DockWidgetFeature
        dock.setFeatures(features.DockWidgetClosable | features.DockWidgetMovable | features.DockWidgetFloatable)
        self.addDockWidget(area, dock)
        self.panels_menu.addAction(dock.toggleViewAction())
        return dock

    def _build_timeline(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.transport = Transport(self.player, self.actions_by_name)
        self.timeline = TimelineView(self.session, self.player, self.selection)
        self.scroll_bar = QScrollBar(Qt.Orientation.Horizontal)
        self.scroll_bar.setRange(0, 0)
        self.scene_strip = SceneStrip(self.session, self.player)
        for widget in (self.transport, self.scene_strip, self.timeline, self.scroll_bar):
            column.addWidget(widget, 1 if widget is self.timeline else 0)
        return whole

    def _build_status(self) -> None:
        self.job_status = JobStatus(self.jobs)
        self.drawn_with = QLabel()
        self.drawn_with.setProperty("role", "dim")
        self.drawn_with.setObjectName("drawnWith")
        self.statusBar().addPermanentWidget(self.job_status)
        for widget in (self.transport.sound, self.drawn_with):
            widget.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
            self.statusBar().addPermanentWidget(widget)
        self.statusBar().setSizeGripEnabled(False)

    def _connect(self) -> None:
        session, conductor, player, timeline = self.session, self.conductor, self.player, self.timeline
        session.changed.connect(self._on_changed)
        session.stepped.connect(self._show_steps)
        session.line_changed.connect(self._on_line_changed)
        session.project_changed.connect(self._show_project)
        session.failed.connect(self.faults.show)
        self.jobs.failed.connect(lambda error, _: self.files.relinker.on_failed(error))
        self.jobs.changed.connect(self._show_welcome)
        conductor.sound_changed.connect(self._on_sound_changed)
        conductor.waveform_grew.connect(timeline.set_pyramid)
        conductor.motion_changed.connect(lambda: self.viewport.set_motion(conductor.motion))
        conductor.state_changed.connect(self._show_phonemes)
        player.moved.connect(self._on_moved)
        player.looping_changed.connect(self.actions_by_name["loop"].setChecked)
        timeline.scrub_began.connect(player.begin_scrub)
        timeline.scrubbed.connect(player.scrub)
        timeline.scrub_ended.connect(player.end_scrub)
        timeline.span_activated.connect(player.play_span)
        timeline.axis_changed.connect(self._on_axis_changed)
        self.scroll_bar.valueChanged.connect(self._on_scrolled)
        self.transport.unit_changed.connect(self._on_unit_changed)
        self.viewport.described.connect(self._on_described)
        self.viewport.live_changed.connect(lambda _: self._on_described(self.viewport.drawn_with))
        self.viewport.failed.connect(self._on_no_picture)
        self.viewport.noticed.connect(lambda said: self.banner.tell("drawn", as_notice(said)))
        self.viewport.first_picture.connect(lambda: self.stage.say(""))
        self.line_panel.sound_wanted.connect(self.open_sound)
        welcome = self.stage.welcome
        welcome.open_sound.connect(self.open_sound)
        welcome.type_line.connect(self.type_line)
        welcome.open_sample.connect(self.files.open_sample)
        self.recent_menu.aboutToShow.connect(self._fill_recent)

    # Starting and ending.

    def _restore(self) -> None:
        geometry, state = self.preferences.bytes("window/geometry"), self.preferences.bytes("window/state")
        if geometry:
            self.restoreGeometry(geometry)
        if state:
            self.restoreState(state, LAYOUT)
        self.transport.set_unit(self.preferences.text("timeline/unit", self.transport.unit))
        self.actions_by_name["scrub_audible"].setChecked(self.preferences.flag("playback/scrub_audible", True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the window is on screen, load the rest."""
        super().paintEvent(event)
        if self.painted_s is None:
            self.painted_s = time.monotonic()
            tab_bars.tidy_soon(self)
            QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        if self._load:
            startup.begin(self)
            self.files.offer_left_behind()
        for path in self._to_open:
            self.files.open_any(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what has no name, or not; then end all work."""
        if not self.files.may_leave():
            event.ignore()
            return
        self.preferences.put("window/geometry", self.saveGeometry())
        self.preferences.put("window/state", self.saveState(LAYOUT))
        self.player.stop()
        self.capture.close()
        self.jobs.close()
        self.viewport.close_renderer()
        self.player.close()
        self.session.close(keep_untitled=self.files.keep_untitled)
        event.accept()

    # Showing.

    def say(self, text: str) -> None:
        """A word in the status bar for a while."""
        self.statusBar().showMessage(text, 6000)

    def _show_project(self) -> None:
        title = self.tr("{name} (read-only) – Viva Voce") if self.session.read_only else self.tr("{name} – Viva Voce")
        self.setWindowTitle(title.format(name=self.session.name))
        reason = self.session.read_only
        text = self.tr("This project is open for reading only: {reason}. Save it under another name to change it.").format(reason=reason)
        self.banner.tell("readonly", text if reason else "", "warning", (self.tr("Save As…"), self.save_as))
        self._on_line_changed()
        self._show_steps()

    def _show_steps(self) -> None:
        history = self.session.history
        for name, able, label in (("undo", history.can_undo, history.undo_label), ("redo", history.can_redo, history.redo_label)):
            self.actions_by_name[name].setEnabled(able and not self.session.read_only)
            self.actions_by_name[name].setText(step_words(label))

    def _on_changed(self, change: Change) -> None:
        if change.concerns("phonemes", "words", "line"):
            self._show_phonemes()
        if change.concerns("settings", "media"):
            self._on_sound_changed()
        self._show_welcome()

    def _on_line_changed(self) -> None:
        self._on_sound_changed()
        self._show_phonemes()
        self.timeline.fit()
        self._show_welcome()

    def _on_sound_changed(self) -> None:
        rate = self.session.document.settings.rate
        duration_s = self.conductor.duration_s
        self.player.set_line(duration_s, rate, self.conductor.sound)
        self.timeline.show_line(duration_s, rate, keep_view=True)
        self.transport.refresh()
        self.viewport.refresh()
        for action in self.rate_group.actions():
            action.setChecked(action.data() == rate)

    def _show_phonemes(self) -> None:
        line = self.session.line
        self.timeline.set_hint(self.conductor.state)
        self.banner.tell("line", as_notice(notices_of(line)) if line is not None else "")

    def _show_welcome(self) -> None:
        line = self.session.line
        self.stage.show_welcome(line is None and self.jobs.shown is None)
        for name in NEED_A_LINE:
            self.actions_by_name[name].setEnabled(line is not None)

    def _on_described(self, description: str) -> None:
        """What draws; and while the camera drives the avatar, how finely."""
        if not description:
            return
        name = description.split(", ", 1)[-1].split(" (")[0]
        words = self.tr("Picture: {name}, on the processor") if is_software(description) else self.tr("Picture: {name}")
        text, fineness = words.format(name=name), self.viewport.drawing.live
        if fineness is not None and not self.viewport.native:
            text = self.tr("{picture}, live at {percent} %").format(picture=text, percent=round(100 * fineness.scale))
            description = self.tr("While the camera is on, the avatar is drawn as finely as keeps up with you. Export is as fine as ever.")
        self.drawn_with.setText(text)
        self.drawn_with.setToolTip(description)

    def _on_no_picture(self, error: Exception) -> None:
        self.stage.say("")
        self.banner.tell("picture", as_notice((self.tr("No picture: {reason}").format(reason=error),)))

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self.preferences.recent:
            self.recent_menu.addAction(str(path)).triggered.connect(lambda _=False, p=path: self.files.open_any(p))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("Nothing yet")).setEnabled(False)

    # The timeline.

    def _on_moved(self, time_s: float) -> None:
        # While playing, with the picture: the clock is looked at far more often.
        if not self.player.playing or self.player.frame_of(time_s) != self.player.frame_of(self.timeline.position_s):
            self.timeline.set_position(time_s, follow=self.player.playing)

    def _on_axis_changed(self, axis: TimeAxis) -> None:
        shown = axis.width_px / axis.px_per_s
        hidden = max(0.0, axis.duration_s - shown)
        self.scroll_bar.blockSignals(True)
        self.scroll_bar.setRange(0, _SCROLL if hidden > 1e-6 else 0)
        self.scroll_bar.setPageStep(max(1, round(_SCROLL * shown / hidden)) if hidden > 1e-6 else _SCROLL)
        self.scroll_bar.setSingleStep(max(1, round(self.scroll_bar.pageStep() / 10)))
        self.scroll_bar.setValue(round(_SCROLL * axis.start_s / hidden) if hidden > 1e-6 else 0)
        self.scroll_bar.blockSignals(False)

    def _on_scrolled(self, value: int) -> None:
        axis = self.timeline.axis
        hidden = max(0.0, axis.duration_s - axis.width_px / axis.px_per_s)
        self.timeline.set_axis(axis.panned((hidden * value / _SCROLL - axis.start_s) * axis.px_per_s))

    def _on_unit_changed(self, unit: str) -> None:
        self.timeline.set_unit(unit)
        self.preferences.put("timeline/unit", unit)

    # Dropping files.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        if self.files.dropped(event.mimeData()):
            event.acceptProposedAction()
