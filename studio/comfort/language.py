"""The language of the interface: English, which is in the source, or one that is shipped as a Qt translation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent.parent / "translations"
SOURCE = "en"
SYSTEM = ""
# By code, each in its own words; a language is offered where its file is there.
NAMES: dict[str, str] = {"en": "English", "de": "Deutsch"}


def file_of(code: str) -> Path:
    """Where a language's words are."""
    return FOLDER / f"vivavoce_{code}.qm"


def offered() -> dict[str, str]:
    """The languages there are, each with its own name for itself, by code."""
    return {code: name for code, name in NAMES.items() if code == SOURCE or file_of(code).is_file()}


def resolve(chosen: str) -> str:
    """The code of a language that is there: the one chosen, else the first of the system's, else English."""
    there = offered()
    wanted = [chosen] if chosen else [name.replace("_", "-").split("-")[0] for name in QLocale.system().uiLanguages()]
    return next((code for code in wanted if code in there), SOURCE)


def install(app: QCoreApplication, chosen: str = SYSTEM) -> str:
    """Let the application speak a language from here on; what is on screen already stays as it is.

    Args:
        app: the application; it keeps the translators.
        chosen: code of the language, "" for the system's.

    Returns:
        The code of the language it speaks.
    """
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    code = resolve(chosen)
    if code != SOURCE:
        for name, folder in ((f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), (file_of(code).stem, str(FOLDER))):
            translator = QTranslator(app)
            if translator.load(name, folder):
                app.installTranslator(translator)
    return code
