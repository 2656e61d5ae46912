"""Bring the translations up to date with the source: `.venv/bin/python packaging/translate.py [CODE ...]`.

Collects what the studio says with `tr`, `translate` and `QT_TRANSLATE_NOOP` (pyside6-lupdate), and the words of tables that are
translated where they are shown (`TABLES`), into studio/translations/vivavoce_CODE.ts; keeps what is translated already; writes the .qm
files the application loads (pyside6-lrelease), and says what has no translation yet. Edit the .ts with `pyside6-linguist` or by hand
and run this again. Needs PySide6, which brings the tools.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "studio" / "translations"
# Functions that tell their words by context: dict[context, list of words].
TABLES = ("studio.comfort.words",)


def tool(name: str) -> str:
    """A tool of Qt for Python, of the environment this runs in."""
    suffix = ".exe" if sys.platform == "win32" else ""
    return str(Path(sysconfig.get_path("scripts")) / f"{name}{suffix}")


def table_words() -> str:
    """A source file for lupdate with the words of all tables."""
    sys.path.insert(0, str(ROOT))
    lines = ["from PySide6.QtCore import QT_TRANSLATE_NOOP"]
    for name in TABLES:
        for context, words in importlib.import_module(name).tables().items():
            lines += [f"QT_TRANSLATE_NOOP({context!r}, {_quoted(word)})" for word in dict.fromkeys(words)]
    return "\n".join(lines) + "\n"


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def update(code: str) -> Path:
    """Collect the words anew into a language's file."""
    FOLDER.mkdir(exist_ok=True)
    out = FOLDER / f"vivavoce_{code}.ts"
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables.py"
        tables.write_text(table_words(), encoding="utf-8")
        sources = sorted(p for p in (ROOT / "studio").rglob("*.py"))
        options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", code, "-silent"]
        subprocess.run([tool("pyside6-lupdate"), *options, *map(str, sources), str(tables), "-ts", str(out)], check=True)
    return out


def release(path: Path) -> None:
    """Write what the application loads."""
    subprocess.run([tool("pyside6-lrelease"), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)


def missing(path: Path) -> list[tuple[str, str]]:
    """Context and words of what has no finished translation."""
    out = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                out.append((name, message.findtext("source") or ""))
    return out


def main(codes: list[str]) -> int:
    """Update and release; 1 if something is not translated."""
    left = 0
    for code in codes or [p.stem.removeprefix("vivavoce_") for p in sorted(FOLDER.glob("vivavoce_*.ts"))]:
        path = update(code)
        release(path)
        gaps = missing(path)
        left += len(gaps)
        for context, words in gaps:
            print(f"{code}: {context}: {words!r}")
        print(f"{code}: {len(gaps)} not translated", file=sys.stderr)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
