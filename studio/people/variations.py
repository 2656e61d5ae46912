"""'Vary this one': a grid of people like the one worked on, as like as the slider says."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from engine.avatars.varying import variations
from engine.core.person import Person
from studio import theme
from studio.panels.levels import Level, LevelRow
from studio.panels.panel import Section
from studio.people.gallery import Entry, Gallery
from studio.people.looks import Looks
from studio.people.portraits import Portraits

COUNT = 8


class Variations(Section):
    """The grid with its slider.

    Args:
        looks: whom to vary, and what takes the choice.
        portraits: draws the pictures.
        locks: gives the sections that stay as they are.
    """

    def __init__(self, looks: Looks, portraits: Portraits, locks: Callable[[], Collection[str]], parent: QWidget | None = None) -> None:
        super().__init__("Vary", False, parent)
        self.button.setText(self.tr("Vary This One"))
        self.button.setAccessibleName(self.button.text())
        self._looks, self._locks = looks, locks
        self._seed = 1
        self._of: Person | None = None
        self._shown: object = None
        self.strength = LevelRow(
            Level(self.tr("Strength"), 1.0, 0.5, self.tr("How far the variations may go from the person as it is"), 0.05, key="varyStrength")
        )
        self.strength.changed.connect(lambda _: self.refresh())
        self.column.addWidget(self.strength)
        self.grid = Gallery("variations", portraits, named=False)
        self.grid.setAccessibleName(self.tr("Variations"))
        self.grid.chosen.connect(self._on_chosen)
        self.column.addWidget(self.grid)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.again = QPushButton(self.tr("Others"))
        self.again.setObjectName("varyAgain")
        self.again.setToolTip(self.tr("Eight others like this one"))
        self.again.clicked.connect(self.next_ones)
        row.addWidget(self.again)
        row.addStretch(1)
        self.column.addLayout(row)
        self.folded.connect(lambda opened: self.refresh() if opened else None)

    def refresh(self, reason: str = "") -> None:
        """Show people like the one worked on, while the section is open."""
        self.again.setEnabled(not reason)
        self.grid.setEnabled(not reason)
        if not self.opened or not self.isVisible():
            return
        person = self._looks.person
        if person in [entry.person for entry in self.grid.entries]:
            self.grid.mark(person)  # one of these was chosen: the others stay to be tried
            return
        shown = (person, self._seed, self.strength.value, frozenset(self._locks()))
        if shown == self._shown:
            return
        self._shown, self._of = shown, person
        self._fill()

    def _fill(self) -> None:
        assert self._of is not None
        people = variations(self._of, self._seed, COUNT, self.strength.value, self._locks())
        tip = self.tr("Look like this; Undo goes back")
        self.grid.show_entries([Entry(person, "variation", tip) for person in people], self._looks.person)

    def next_ones(self) -> None:
        """Others like the person as it is now."""
        self._seed += 1
        self._of, self._shown = self._looks.person, (self._looks.person, self._seed, self.strength.value, frozenset(self._locks()))
        self._fill()

    def _on_chosen(self, entry: Entry) -> None:
        self._looks.become_quietly(entry.person, "Vary person")
