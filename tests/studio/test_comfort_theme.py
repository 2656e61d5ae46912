"""Two themes: legible, and switched everywhere at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from engine.core.emotion import EMOTIONS
from studio import icons, theme
from studio.comfort.colours import DARK, LIGHT, Colours
from studio.curves.tracks import EMOTION_HUES, hue_colour
from studio.panels.wheel import emotion_colour
from studio.settings import Preferences
from studio.timeline.curve_lanes import track_colour
from studio.window import MainWindow
from tests.studio.conftest import pixels

THEMES = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
TEXT_PAIRS = [
    *((ink, ground) for ink in ("TEXT", "DIM") for ground in ("WINDOW", "PANEL", "FIELD", "RAISED")),
    *((ink, ground) for ink in ("FAINT", "ACCENT", "WARNING", "ERROR", "GOOD") for ground in ("PANEL", "FIELD")),
    ("TEXT", "HOVER"), ("TEXT", "CHECKED"), ("ON_ACCENT", "ACCENT_DEEP"), ("ON_ACCENT", "ACCENT_HOVER"),
    *(("ON_MARK", mark) for mark in ("ACCENT", "GOOD", "WARNING", "ERROR")),
]  # fmt: skip


@pytest.fixture(autouse=True)
def dark_again() -> Iterator[None]:
    yield
    theme.choose("dark")


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(name: str) -> float:
        rgb = np.array(QColor(name).getRgbF()[:3])
        return float(np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast():
    assert contrast("#ffffff", "#000000") == pytest.approx(21) and contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_words_are_legible(colours: Colours):
    """AA: 4.5 for text."""
    for ink, ground in TEXT_PAIRS:
        assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)
    for name, ground in colours.VISEMES.items():
        if name != "sil":
            assert contrast(colours.ON_VISEME, ground) >= 4.5, name


@THEMES
def test_marks_and_curves_stand_out(colours: Colours):
    """AA: 3 for what is drawn."""
    drawn = [colours.ACCENT, colours.PLAYHEAD, colours.WAVE_CORE, colours.GOOD, colours.WARNING, colours.ERROR]
    drawn += [value for name, value in colours.VISEMES.items() if name != "sil"]
    for value in drawn:
        assert contrast(value, colours.FIELD) >= 3, value


def test_both_themes_have_every_name_the_module_has():
    names = {f.name for f in fields(Colours)}
    assert names <= set(vars(theme)) and set(DARK.VISEMES) == set(LIGHT.VISEMES)
    assert {n for n in vars(theme) if n.isupper()} - names == {"MODES", "SPACE", "ROW", "DARK", "LIGHT"}


def test_names_follow_the_theme_and_what_is_no_theme_is_dark(qapp):
    theme.choose("light")
    assert theme.PANEL == LIGHT.PANEL and theme.VISEMES == LIGHT.VISEMES and not theme.is_dark()
    theme.choose("mauve")
    assert theme.PANEL == DARK.PANEL and theme.mode() == "dark" and theme.is_dark()


def test_the_window_is_repainted_and_the_choice_remembered(window: MainWindow, qtbot):
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.is_dark()))
    dark = pixels(window.grab().toImage()).mean()
    play = window.actions_by_name["play"].icon().cacheKey()
    next(a for a in window.findChildren(type(window.actions_by_name["play"])) if a.objectName() == "theme_light").trigger()
    light = pixels(window.grab().toImage())
    assert heard == [False] and light.mean() > dark + 60
    assert window.actions_by_name["play"].icon().cacheKey() != play, "icons are drawn in the colours of the theme"
    assert Preferences().text("look/theme") == "light"
    timeline = pixels(window.timeline.grab().toImage()).reshape(-1, 3)
    assert timeline.mean() > 180, "what is painted by hand follows too"


def test_an_icon_has_the_colour_asked_for(qapp):
    theme.choose("light")
    found = icons.icon("close", "ERROR").pixmap(18).toImage()
    inks = {found.pixelColor(x, y).name() for x in range(18) for y in range(18) if found.pixelColor(x, y).alpha() == 255}
    assert inks == {LIGHT.ERROR}


def test_an_emotion_has_one_colour_everywhere(qapp):
    for colours in (DARK, LIGHT):
        theme.use(colours)
        for name in EMOTIONS:
            assert QColor(track_colour(f"emotions/{name}")) == hue_colour(EMOTION_HUES[name]) == emotion_colour(name), name
        assert len({emotion_colour(name).name() for name in EMOTIONS}) == len(EMOTIONS)
    theme.use(DARK)


def test_the_systems_scheme_is_followed(qapp, monkeypatch: pytest.MonkeyPatch):
    """The platform of the tests has none: stand in for one that has."""
    schemes = iter([Qt.ColorScheme.Light, Qt.ColorScheme.Dark, Qt.ColorScheme.Unknown])
    hints = SimpleNamespace(colorScheme=lambda: next(schemes))
    monkeypatch.setattr(theme, "QGuiApplication", SimpleNamespace(styleHints=lambda: hints))
    assert [theme.colours_of("system") for _ in range(3)] == [LIGHT, DARK, DARK]
