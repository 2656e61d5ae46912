"""The second language: complete, with the placeholders of the source, and what the window says."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from studio.comfort import language, steps
from studio.comfort.catalogue import entries

ROOT = Path(__file__).resolve().parents[2]
Message = tuple[str, str, str]  # context, source and translation


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    """The script that brings translations up to date."""
    spec = importlib.util.spec_from_file_location("translate", ROOT / "packaging" / "translate.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["translate"] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def collected(translate: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The German file after the words of the source were collected once more."""
    folder = tmp_path_factory.mktemp("translations")
    shutil.copy(language.file_of("de").with_suffix(".ts"), folder)
    before, translate.FOLDER = translate.FOLDER, folder
    try:
        out: Path = translate.update("de")
    finally:
        translate.FOLDER = before
    return out


def messages(path: Path) -> list[Message]:
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        found += [(name, m.findtext("source") or "", m.findtext("translation") or "") for m in context.iter("message")]
    return found


def test_everything_the_studio_says_is_translated(translate: ModuleType, collected: Path):
    assert len(messages(collected)) > 900, "the words were collected"
    assert translate.missing(collected) == []


def test_translations_keep_placeholders_tags_patterns_and_dots(collected: Path):
    for context, source, translation in messages(collected):
        for pattern in (r"\{[^}]*\}", r"<[^>]*>", r"\*\.\w+"):
            assert sorted(re.findall(pattern, source)) == sorted(re.findall(pattern, translation)), (context, source, translation)
        assert source.endswith("…") == translation.endswith("…"), (context, source)
        assert translation == translation.strip() or source != source.strip(), (context, source)
        if context == "Menu":
            assert translation.count("&") <= 1, source


def test_what_is_shipped_is_what_was_written():
    written, shipped = language.file_of("de").with_suffix(".ts"), QTranslator()
    assert shipped.load(str(language.file_of("de")))
    for context, source, translation in messages(written):
        assert shipped.translate(context, source) == translation, (context, source)
    assert language.file_of("de").stat().st_size < 300_000


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    assert language.install(qapp, "de") == "de"
    yield
    language.install(qapp, "en")


@pytest.mark.usefixtures("german")
def test_a_window_speaks_german(make_window):
    window = make_window()
    texts = {e.name: e for e in entries(window.menuBar())}
    assert texts["save_as"].whole.startswith("Datei › Speichern unter") and texts["add_marker"].text.startswith("Mark")
    assert [d.windowTitle() for d in window.docks[:1]] == ["Zeile"] and window.windowTitle().endswith(" – Viva Voce") and "Untitled" not in window.windowTitle()
    assert any("Beispiel" in b.text() for b in window.stage.welcome.findChildren(QPushButton))


@pytest.mark.usefixtures("german")
def test_nothing_of_the_window_is_left_in_english(make_window, collected: Path):
    """What is shown is no source string whose translation is another."""
    window = make_window()
    german = {t for _, _, t in messages(collected)}
    english = {s for _, s, t in messages(collected) if s != t} - german
    shown = {w.text() for kind in (QLabel, QPushButton) for w in window.findChildren(kind)} | {a.text() for a in window.findChildren(QAction)}
    shown |= {w.toolTip() for w in window.findChildren(QPushButton)} | {d.windowTitle() for d in window.docks}
    assert sorted(shown & english) == []


@pytest.mark.usefixtures("german")
def test_steps_of_the_history_are_named(collected: Path):
    assert steps.step_words("Undo Move key") == "Rückgängig: Schlüsselbild verschieben"
    assert steps.step_words("Undo Something of a plug-in") == "Rückgängig: Something of a plug-in"
    assert {*steps.NAMES, *steps.edit_names()} <= {source for context, source, _ in messages(collected) if context == "Steps"}


def test_a_language_that_is_not_there_is_english(qapp: QApplication):
    assert language.install(qapp, "xx") == "en" and set(language.offered()) == {"en", "de"}
