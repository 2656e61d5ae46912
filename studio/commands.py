"""What the window's actions do, one short method each. `studio.actions` names them; the window brings the parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from engine.project.edits import RemoveLine, SetSettings
from studio import about, tab_bars
from studio.capture.commands import CaptureCommands
from studio.comfort.commands import ComfortCommands
from studio.curves.commands import CurveCommands
from studio.file_commands import FileCommands
from studio.panels.commands import PanelCommands
from studio.people.commands import PeopleCommands
from studio.playback.commands import PlaybackCommands
from studio.stage.commands import StageCommands
from studio.timeline.commands import TimelineCommands
from studio.viewport.commands import ViewportCommands

if TYPE_CHECKING:
    from studio.conductor import Conductor
    from studio.files import Files
    from studio.panels.line import LinePanel
    from studio.playback.player import Player
    from studio.session import Session
    from studio.settings import Preferences
    from studio.timeline.view import TimelineView
    from studio.viewport.view import Viewport

VERSION = "0.1.0"
LAYOUT = 2  # of docks and tool bars; raised when a remembered one no longer fits
ZOOM = 1.5


class Commands(
    ComfortCommands,
    CurveCommands,
    PanelCommands,
    PeopleCommands,
    PlaybackCommands,
    TimelineCommands,
    FileCommands,
    ViewportCommands,
    StageCommands,
    CaptureCommands,
    QMainWindow,
):
    """The actions of a window."""

    session: Session
    conductor: Conductor
    player: Player
    preferences: Preferences
    files: Files
    viewport: Viewport
    timeline: TimelineView
    line_panel: LinePanel
    actions_by_name: dict[str, QAction]
    usual_layout: QByteArray

    # File.

    def new_project(self) -> None:
        """Begin an empty project."""
        self.files.new()

    def open_project(self) -> None:
        """Ask for a project."""
        self.files.ask_project()

    def open_sound(self) -> None:
        """Ask for a recording."""
        self.files.ask_sound()

    def save(self) -> None:
        """Give the project a name."""
        self.files.save()

    def save_as(self) -> None:
        """Give it another name."""
        self.files.ask_save_as()

    def save_copy(self) -> None:
        """Write a copy."""
        self.files.ask_save_copy()

    def import_textgrid(self) -> None:
        """Take phonemes from a file."""
        self.files.ask_textgrid()

    def export_textgrid(self) -> None:
        """Write the phonemes to a file."""
        self.files.ask_export_textgrid()

    def export(self) -> None:
        """Show the export dialog."""
        self.files.export()

    # Edit and line.

    def undo(self) -> None:
        """Take the last step back."""
        self.session.undo()

    def redo(self) -> None:
        """Make it again."""
        self.session.redo()

    def type_line(self) -> None:
        """To the box for a text to speak."""
        self.line_panel.show_typing()

    def analyse(self) -> None:
        """Find the line's phonemes anew."""
        self.conductor.analyse()

    def replace_sound(self) -> None:
        """Ask for another recording of the current line."""
        self.files.ask_replacement()

    def remove_line(self) -> None:
        """Take the current line away."""
        if self.session.line is not None:
            self.session.apply(RemoveLine(self.session.line.id))

    # Playback.

    def play_or_stop(self) -> None:
        """Play, or stop."""
        self.player.toggle()

    def previous_frame(self) -> None:
        """One frame back."""
        self.player.step(-1)

    def next_frame(self) -> None:
        """One frame on."""
        self.player.step(1)

    def go_home(self) -> None:
        """To the first frame."""
        self.player.go_home()
        self.timeline.set_position(self.player.position_s, follow=True)

    def go_end(self) -> None:
        """To the last frame."""
        self.player.go_end()
        self.timeline.set_position(self.player.position_s, follow=True)

    def set_looping(self, on: bool) -> None:
        """Begin again at the end."""
        self.player.set_looping(on)

    def set_scrub_audible(self, on: bool) -> None:
        """Let scrubbing be heard."""
        self.player.scrub_audible = on
        self.preferences.put("playback/scrub_audible", on)

    def set_rate(self, rate: Fraction) -> None:
        """Frames per second of the project."""
        self.session.apply(SetSettings(replace(self.session.document.settings, rate=rate)))

    # View.

    def look_front(self) -> None:
        """From the front."""
        self._look("front")

    def look_profile(self) -> None:
        """From the character's left; from the right if that is where we are."""
        self._look("profile")

    def look_three_quarter(self) -> None:
        """Half way between."""
        self._look("three_quarter")

    def _look(self, name: str) -> None:
        from engine.render.camera import Camera

        camera = {"front": Camera.front, "profile": Camera.profile, "three_quarter": Camera.three_quarter}[name]()
        if camera == self.viewport.camera and name != "front":
            camera = Camera.profile(left=False) if name == "profile" else Camera.three_quarter(left=False)
        self.viewport.set_camera(camera)

    def reset_view(self) -> None:
        """The default view."""
        self.viewport.reset_camera()

    def zoom_in(self) -> None:
        """The timeline, closer."""
        self.timeline.zoom(ZOOM)

    def zoom_out(self) -> None:
        """The timeline, from further away."""
        self.timeline.zoom(1 / ZOOM)

    def fit_timeline(self) -> None:
        """The whole line in the timeline."""
        self.timeline.fit()

    def reset_layout(self) -> None:
        """Every panel where it was at first."""
        self.restoreState(self.usual_layout, LAYOUT)
        tab_bars.tidy_soon(self)

    # Help.

    def show_shortcuts(self) -> None:
        """Every key."""
        about.show_shortcuts(self, list(self.actions_by_name.values()))

    def show_about(self) -> None:
        """What this is."""
        about.show_about(self, VERSION)
