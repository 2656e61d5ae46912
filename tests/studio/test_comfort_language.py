"""The interface in another language: complete, with the same placeholders, and really shown."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu

from studio.comfort import language
from studio.comfort.names import at_work, named
from studio.comfort.steps import step_words
from studio.window import MainWindow

ROOT = Path(__file__).parents[2]
SHIPPED = [code for code in language.NAMES if code != language.SOURCE]
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    """The script that brings translations up to date."""
    spec = importlib.util.spec_from_file_location("translate", ROOT / "packaging" / "translate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def messages(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Translation and its state by context and source."""
    out = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            out[context.findtext("name") or "", message.findtext("source") or ""] = (translation.text or "", translation.get("type", ""))
    return out


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    assert language.install(qapp, "de") == "de"
    yield
    assert language.install(qapp, "en") == "en"


@pytest.mark.parametrize("code", SHIPPED)
def test_every_word_of_the_source_is_translated(code: str, translate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Collected anew, as the script would."""
    shipped = messages(translate.FOLDER / f"vivavoce_{code}.ts")
    monkeypatch.setattr(translate, "FOLDER", tmp_path)
    wanted = set(messages(translate.update(code)))
    assert len(wanted) > 800
    assert not wanted - set(shipped), "run packaging/translate.py and translate these"
    assert not set(shipped) - wanted, "run packaging/translate.py: nobody says these any more"
    assert [key for key, (words, state) in shipped.items() if not words or state] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_placeholders_tags_and_dots_are_kept(code: str):
    for (context, source), (words, _) in messages(language.FOLDER / f"vivavoce_{code}.ts").items():
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(words)), (context, source)
        assert sorted(re.findall(r"<[^>]+>", source)) == sorted(re.findall(r"<[^>]+>", words)), (context, source)
        assert sorted(re.findall(r"\*\.\w+", source)) == sorted(re.findall(r"\*\.\w+", words)), (context, source)
        assert source.endswith("…") == words.endswith("…"), (context, source)


@pytest.mark.parametrize("code", SHIPPED)
def test_what_is_loaded_is_what_is_written(code: str, qapp: QApplication):
    translator = QTranslator()
    assert translator.load(str(language.file_of(code)))
    for (context, source), (words, _) in messages(language.FOLDER / f"vivavoce_{code}.ts").items():
        assert translator.translate(context, source) == words, "run packaging/translate.py"


def test_a_window_speaks_german(german: None, window: MainWindow):
    menus = [a.text().replace("&", "") for a in window.menuBar().actions()]
    assert menus[:3] == ["Datei", "Bearbeiten", "Zeile"] and menus[-1] == "Hilfe"
    assert {"Zeitleiste", "Kurven", "Darbietung"} <= {d.windowTitle() for d in window.findChildren(QDockWidget)}
    sources = {source.replace("&", "") for (context, source), (words, _) in messages(language.FOLDER / "vivavoce_de.ts").items() if words != source}
    english = [e.whole for e in window.bindings.entries() if e.text in sources and e.text not in ("Standard",)]
    assert english == []
    assert step_words("Undo Move key") == "Rückgängig: Schlüsselbild verschieben"
    assert (named("happy"), at_work("performing"), named("headRotX")) == ("fröhlich", "Darbietung wird berechnet", "headRotX")


def test_no_menu_has_a_mnemonic_twice(german: None, window: MainWindow):
    for menu in window.menuBar().findChildren(QMenu):
        letters = [m.group(1).lower() for a in menu.actions() if (m := re.search(r"&(\w)", a.text()))]
        assert len(letters) == len(set(letters)), (menu.title(), sorted(letters))


def test_the_system_decides_where_nothing_is_chosen(monkeypatch: pytest.MonkeyPatch):
    class Locale:
        @staticmethod
        def system() -> type[Locale]:
            return Locale

        @staticmethod
        def uiLanguages() -> list[str]:  # noqa: N802
            return ["xx-YY", "de-AT", "en"]

    monkeypatch.setattr(language, "QLocale", Locale)
    assert language.resolve("") == "de" and language.resolve("en") == "en" and language.resolve("tlh") == "en"


def test_english_comes_back(qapp: QApplication):
    language.install(qapp, "de")
    assert QCoreApplication.translate("Menu", "&File") == "&Datei"
    language.install(qapp, "en")
    assert QCoreApplication.translate("Menu", "&File") == "&File"


def test_a_gap_is_found(translate: ModuleType, tmp_path: Path):
    path = tmp_path / "vivavoce_xx.ts"
    path.write_text(
        '<TS><context><name>A</name><message><source>one</source><translation type="unfinished"/></message>'
        "<message><source>two</source><translation>zwei</translation></message></context></TS>",
        encoding="utf-8",
    )
    assert translate.missing(path) == [("A", "one")]
