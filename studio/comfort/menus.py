"""Menus whose entries are made one by one: frame rates and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from studio import theme
from studio.export_dialog import RATES, rate_words

if TYPE_CHECKING:
    from studio.window import MainWindow

FILLED_ELSEWHERE = ("Open &Recent", "P&anels", "La&youts")
THEMES: dict[str, str] = {
    "dark": "&Dark",
    "light": "&Light",
    "system": "As the &System",
}


def word(text: str) -> str:
    """Words of a menu in the language of the interface."""
    return QCoreApplication.translate("Menu", text)


def rates(window: MainWindow, menu: QMenu) -> QActionGroup:
    """Frames per second of the project."""
    below = menu.addMenu(QCoreApplication.translate("Menu", "Frame &Rate"))
    group = QActionGroup(window)
    for rate in RATES:
        action = QAction(QCoreApplication.translate("Menu", "{rate} fps").format(rate=rate_words(rate)), window)
        action.setObjectName(f"rate_{rate.numerator}_{rate.denominator}")
        action.setCheckable(True)
        action.setData(rate)
        group.addAction(action)
        below.addAction(action)
    group.triggered.connect(lambda action: window.set_rate(action.data()))
    return group


def themes(window: MainWindow, menu: QMenu) -> None:
    """Dark, light, or as the system has it."""
    below = menu.addMenu(QCoreApplication.translate("Menu", "T&heme"))
    group = QActionGroup(window)
    for mode, text in THEMES.items():
        action = QAction(word(text), window)
        action.setObjectName(f"theme_{mode}")
        action.setCheckable(True)
        action.setData(mode)
        action.setChecked(theme.mode() == mode)
        group.addAction(action)
        below.addAction(action)
    group.triggered.connect(lambda action: window.choose_theme(action.data()))


def settle_mnemonics(menu: QMenu) -> None:
    """Give every entry of a menu a letter of its own: who comes second to one gets another of its letters, or none."""
    taken: set[str] = set()
    for action in menu.actions():
        marked = action.text().replace("&&", "\0")
        at = marked.find("&")
        letter = marked[at + 1 : at + 2].lower()
        if at < 0 or not letter:
            continue
        if letter in taken:
            plain = marked.replace("&", "", 1)
            starts = [i for i, c in enumerate(plain) if c.isalnum() and (i == 0 or not plain[i - 1].isalnum())]
            free = next((i for i in [*starts, *range(len(plain))] if plain[i].isalpha() and plain[i].lower() not in taken), None)
            marked = plain if free is None else f"{plain[:free]}&{plain[free:]}"
            letter = "" if free is None else plain[free].lower()
            action.setText(marked.replace("\0", "&&"))
        taken.add(letter)
