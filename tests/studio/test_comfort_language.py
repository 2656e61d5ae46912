"""Which language the interface speaks, and what the engine says in it."""

from __future__ import annotations

import ast
import importlib.util
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMenu

from studio.comfort import language
from studio.comfort.names import NAMES, WORK, at_work, named
from studio.window import MainWindow

ROOT = Path(__file__).parents[2]
SHIPPED = [code for code in language.NAMES if code != language.SOURCE]


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    """The script that brings translations up to date."""
    spec = importlib.util.spec_from_file_location("translate", ROOT / "packaging" / "translate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources(path: Path) -> set[tuple[str, str]]:
    """Context and words of every message."""
    contexts = ET.parse(path).getroot().iter("context")
    return {(c.findtext("name") or "", m.findtext("source") or "") for c in contexts for m in c.iter("message")}


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    assert language.install(qapp, "de") == "de"
    yield
    assert language.install(qapp, "en") == "en"


@pytest.mark.parametrize("code", SHIPPED)
def test_nothing_is_kept_that_nobody_says_any_more(code: str, translate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shipped = sources(translate.FOLDER / f"vivavoce_{code}.ts")
    monkeypatch.setattr(translate, "FOLDER", tmp_path)
    assert sorted(shipped - sources(translate.update(code))) == [], "run packaging/translate.py"


def test_names_of_the_engine_are_translated(german: None):
    assert (named("happy"), at_work("performing"), named("headRotX")) == ("fröhlich", "Darbietung wird berechnet", "headRotX")
    assert {"lips", "brows", "inputs", "intensity"} <= set(NAMES)


def test_work_is_named_in_the_engines_words():
    """What the engine reports without a name or a number in it."""
    said = set()
    for path in (ROOT / "engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "report" and len(node.args) == 3:
                said |= {node.args[2].value} if isinstance(node.args[2], ast.Constant) else set()
    assert said - {""} <= set(WORK)


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


# What puts words before a person.
SHOWS = {
    "QAction", "QCheckBox", "QLabel", "QPushButton", "addAction", "addItem", "addMenu", "addRow", "drawText", "getExistingDirectory", "getOpenFileName",
    "getSaveFileName", "heading", "say", "setAccessibleDescription", "setAccessibleName", "setInformativeText", "setLabelText", "setPlaceholderText",
    "setStatusTip", "setText", "setTitle", "setToolTip", "setWindowTitle", "showMessage",
}  # fmt: skip
TRANSLATES = {"tr", "translate", "translated", "word", "named", "QT_TRANSLATE_NOOP"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def literals(node: ast.AST) -> Iterator[str]:
    """Words in an expression that nothing translates; names in lower case without a space are for the program."""
    if isinstance(node, ast.Call) and called(node) in TRANSLATES | {"property", "get"}:
        return
    if isinstance(node, ast.JoinedStr):
        plain = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if re.search(r"[^\W\d_]{3}", re.sub(r"<[^>]*>|\b(px|fps|Viva|Voce)\b", "", plain)):
            yield plain
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[^\W\d_]{3}", node.value) and (" " in node.value or node.value[0].isupper()):
            yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from literals(child)


def untranslated(source: str) -> list[str]:
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and called(n) in SHOWS]
    return [words for call in calls for part in (*call.args, *(k.value for k in call.keywords)) for words in literals(part)]


def test_nothing_is_shown_that_cannot_be_translated():
    assert untranslated('x.setText("Save it")') == ["Save it"] and untranslated('x.setText(f"{n} keys")') == [" keys"]
    assert untranslated('x.setText(self.tr("Save it")); x.setProperty("role", "dim")') == []
    found = {str(p.relative_to(ROOT)): untranslated(p.read_text(encoding="utf-8")) for p in (ROOT / "studio").rglob("*.py")}
    assert {path: words for path, words in found.items() if words} == {}
