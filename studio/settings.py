"""What the studio remembers of a person between two starts: an INI file, nothing of a project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

RECENT = 10


class Preferences:
    """The settings file."""

    def __init__(self) -> None:
        self._file = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Viva Voce", "Studio")

    def bytes(self, key: str) -> QByteArray:
        """A window's remembered state; empty where there is none."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def text(self, key: str, usual: str = "") -> str:
        """A remembered word."""
        return str(self._file.value(key, usual))

    def flag(self, key: str, usual: bool) -> bool:
        """A remembered yes or no."""
        return str(self._file.value(key, usual)).lower() in ("true", "1")

    def words(self, key: str) -> list[str]:
        """Remembered words, in their order."""
        found = self._file.value(key) or []
        return [found] if isinstance(found, str) else [str(f) for f in found]

    def put(self, key: str, value: object) -> None:
        """Remember."""
        self._file.setValue(key, value)

    @property
    def recent(self) -> list[Path]:
        """Projects and sounds opened last, the latest first; those that are gone are left out."""
        return [Path(n) for n in self.words("files/recent") if Path(n).is_file()]

    def add_recent(self, path: Path) -> None:
        """Remember a file as opened."""
        path = path.resolve()
        self._file.setValue("files/recent", [str(p) for p in [path, *(p for p in self.recent if p != path)][:RECENT]])

    def folder(self) -> str:
        """Where the last file was opened or saved."""
        return self.text("files/folder", str(Path.home()))

    def set_folder(self, path: Path) -> None:
        """Begin the next file dialog there."""
        self._file.setValue("files/folder", str(path.resolve().parent))
