"""The keys that a window's actions have now: remembered, given to the actions, and told in their tooltips."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar

from engine.core.errors import InvalidInput
from studio.comfort.catalogue import Entry, entries
from studio.comfort.keymaps import Keymap, canonical
from studio.settings import Preferences

log = logging.getLogger(__name__)
_KEY = "keys/map"


class Bindings(QObject):
    """Keys of every named action in a window's menus.

    Args:
        bar: with all its menus.
        preferences: where a person's own are remembered.

    Signals:
        changed(): other keys.
    """

    changed = Signal()

    def __init__(self, bar: QMenuBar, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._preferences = preferences
        self._usual: dict[str, tuple[str, ...]] = {}
        self.keymap = Keymap({})
        self.refresh()
        kept = preferences.text(_KEY)
        if kept:
            try:
                self.keymap = self.keymap.from_json(kept)
            except InvalidInput as error:
                log.warning("the remembered keys are left alone: %s", error)
        self._give()

    def entries(self) -> list[Entry]:
        """The actions that can have keys."""
        return [e for e in entries(self._bar) if e.name]

    def refresh(self) -> None:
        """Take in actions that have come to the menus since."""
        for entry in self.entries():
            if entry.name not in self._usual:
                self._usual[entry.name] = tuple(canonical(k.toString(QKeySequence.SequenceFormat.PortableText)) for k in entry.action.shortcuts())
        self.keymap = Keymap(dict(self._usual), self.keymap.preset, self.keymap.changes)

    def use(self, keymap: Keymap) -> None:
        """Give the actions other keys and remember them."""
        self.keymap = keymap
        self._preferences.put(_KEY, keymap.to_json())
        self._give()
        self.changed.emit()

    def _give(self) -> None:
        for entry in self.entries():
            entry.action.setShortcuts([QKeySequence(k) for k in self.keymap.keys(entry.name)])
            keys = entry.keys
            entry.action.setToolTip(f"{entry.title} ({keys})" if keys else entry.title)
