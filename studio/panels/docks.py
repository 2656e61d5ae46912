"""Puts the inspector's panels into the window, tabbed on its right, and connects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from studio.panels.channels import ChannelsPanel
from studio.panels.desk import Desk
from studio.panels.performance import PerformancePanel
from studio.panels.poses import PosesPanel
from studio.panels.takes import TakesPanel
from studio.panels.visemes import VisemesPanel
from studio.people.panel import PeoplePanel
from studio.stage.panel import StagePanel

if TYPE_CHECKING:
    from engine.core.motion import MotionClip
    from engine.core.person import Person
    from studio.window import MainWindow


def desk_of(window: MainWindow) -> Desk:
    """What the panels of a window work with."""
    return Desk(window.session, window.player, window.selection, window.keying, window.jobs, window.conductor)


def add(window: MainWindow) -> QDockWidget:
    """Make the panels and their docks; gives the one of the performance panel, which is on top."""
    desk = desk_of(window)
    window.performance_panel = PerformancePanel(desk)
    first = window._dock("Performance", window.performance_panel, Qt.DockWidgetArea.RightDockWidgetArea)
    right = Qt.DockWidgetArea.RightDockWidgetArea
    window.channels_panel = ChannelsPanel(desk)
    window.takes_panel = TakesPanel(desk)
    window.poses_panel = PosesPanel(desk)
    window.visemes_panel = VisemesPanel(desk)
    window.stage_panel = StagePanel(desk, window.viewport, window.shooting)
    window.people_panel = PeoplePanel(desk)
    for title, panel in (
        ("Channels", window.channels_panel), ("Takes", window.takes_panel), ("Poses", window.poses_panel),
        ("Visemes", window.visemes_panel), ("Stage", window.stage_panel), ("People", window.people_panel),
    ):  # fmt: skip
        window.tabifyDockWidget(first, window._dock(title, panel, right))
    first.raise_()
    return first


def connect(window: MainWindow) -> None:
    """Connect the panels to what else the window has."""
    conductor = window.conductor
    auto_key = window.actions_by_name["auto_key"]
    auto_key.setChecked(window.keying.auto)
    window.keying.auto_changed.connect(auto_key.setChecked)
    window.line_panel.replacement_wanted.connect(window.replace_sound)
    conductor.motion_changed.connect(lambda: window.channels_panel.set_motion(conductor.motion))
    window.channels_panel.curves_wanted.connect(window.show_curve_editor)
    connect_comparing(window)
    window.visemes_panel.preview_wanted.connect(window.viewport.override)
    conductor.motion_changed.connect(window.visemes_panel.show_again)
    connect_people(window)


def connect_people(window: MainWindow) -> None:
    """Let the people panel say what goes wrong; their pictures are drawn after the viewport's first one."""
    window.people_panel.failed.connect(window.faults.show)
    window.people_panel.said.connect(window.say)
    window.people_panel.looks.shown_before.connect(lambda person: _show_before(window, person))
    window.viewport.first_picture.connect(window.people_panel.portraits.allow)


def _show_before(window: MainWindow, person: Person | None) -> None:
    """While the looks of before are asked for, the viewport shows them."""
    character = window.people_panel.looks.character
    window.viewport.show_instead({} if person is None or character is None else {character.id: person})


def connect_comparing(window: MainWindow) -> None:
    """Let the viewport compare takes."""
    window.takes_panel.compare_wanted.connect(lambda *given: _compare(window, *given))
    window.takes_panel.flip_wanted.connect(window.viewport.flip)
    window.conductor.motion_changed.connect(lambda: _keep_a(window))


def _compare(window: MainWindow, a: MotionClip | None, b: MotionClip | None, mode: str, names: tuple[str, str]) -> None:
    """Show two motions; the line itself in the place of an A that is not given."""
    window.compared_a = a
    window.viewport.set_motion(window.conductor.motion if a is None else a)
    window.viewport.set_compare(b, mode, names)


def _keep_a(window: MainWindow) -> None:
    """While a take is compared, it stays on screen whatever becomes of the line."""
    if window.compared_a is not None:
        window.viewport.set_motion(window.compared_a)
