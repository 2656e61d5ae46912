"""All actions of a window, as they stand in its menus: for the palette and the shortcut editor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

ARROW = " › "


@dataclass(frozen=True)
class Entry:
    """One action.

    Args:
        name: its object name; "" for one that comes and goes, such as a recent file.
        path: the menus it is in.
        text: its own words.
        action: itself.
    """

    name: str
    path: tuple[str, ...]
    text: str
    action: QAction

    @property
    def whole(self) -> str:
        """Path and words."""
        return ARROW.join((*self.path, self.text))

    @property
    def title(self) -> str:
        """Its words without what changes from moment to moment, as with Undo."""
        return plain(self.action.property("words") or self.text)

    @property
    def keys(self) -> str:
        """Its first shortcut as this system writes it."""
        keys = self.action.shortcuts()
        return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def plain(text: str) -> str:
    """Words of a menu without the mark of its mnemonic, its key and the dots."""
    return text.split("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("… ")


def entries(bar: QMenuBar) -> list[Entry]:
    """Every action in the menus of a bar, in their order."""
    return [entry for menu in _menus(bar.actions()) for entry in _within(menu, ())]


def _menus(actions: list[QAction]) -> Iterator[QMenu]:
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield menu


def _within(menu: QMenu, path: tuple[str, ...]) -> Iterator[Entry]:
    path = (*path, plain(menu.title()))
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _within(below, path)
        elif not action.isSeparator() and action.text():
            yield Entry(action.objectName(), path, plain(action.text()), action)
