"""What the menus do with the people of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDockWidget, QMainWindow

if TYPE_CHECKING:
    from studio.people.panel import PeoplePanel


class PeopleCommands(QMainWindow):
    """The part of the window's actions that shapes people."""

    people_panel: PeoplePanel

    def show_people(self) -> None:
        """Bring the people panel to the front, its search ready to be typed into."""
        dock = self.findChild(QDockWidget, "peopleDock")
        if isinstance(dock, QDockWidget):
            dock.show()
            dock.raise_()
        self.people_panel.search.setFocus()

    def open_avatar(self) -> None:
        """Ask for an avatar file, and look as it says."""
        self.people_panel.files.ask_open()

    def save_avatar(self) -> None:
        """Ask for a name, and save the person there."""
        self.people_panel.files.ask_save()

    def random_person(self) -> None:
        """Somebody by chance in the place of the current character."""
        if not self.people_panel.desk.read_only:
            self.people_panel.randomise()

    def mirror_person(self) -> None:
        """Exchange the left and right of the current character's face."""
        if not self.people_panel.desk.read_only:
            self.people_panel.looks.mirror()
