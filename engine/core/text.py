"""Text files that people hand in: their encoding found, what is no character left out, what is no text refused."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path

from engine.core.errors import InvalidInput

LARGEST_TEXT = 2_000_000  # bytes of a text file
_MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # the longer ones first


def read_text(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file as it is, and what was done to read it.

    Raises:
        InvalidInput: it cannot be read, is too large, or is no text.
    """
    try:
        with path.open("rb") as file:  # a pipe too: `--transcript <(command)`
            data = file.read(LARGEST_TEXT + 1)
    except OSError as error:
        raise InvalidInput(f"the text file {path} cannot be read ({error.strerror})", "give yourself the right to read it, or give the text itself") from error
    if len(data) > LARGEST_TEXT:
        raise InvalidInput(f"{path} has more than {LARGEST_TEXT:,} bytes, too much for the text of a line", "give the text of this sound only")
    text, encoding = _decoded(data)
    if text is None or "\0" in text or sum(is_control(c) for c in text) > 0.01 * len(text) + 8:
        raise InvalidInput(f"{path} is not a text file", "give a plain text file or the text itself in quotes")
    return text, (f"{path.name} is not UTF-8: it was read as Windows-1252",) if encoding == "cp1252" else ()


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what is no character (bytes that could not be decoded, control codes), and a notice of how many they were."""
    clean = "".join(c for c in text if not is_control(c) and not "\ud800" <= c <= "\udfff")
    lost = len(text) - len(clean)
    return clean, (f"{lost} character{'s' if lost > 1 else ''} of the text that cannot be read {'were' if lost > 1 else 'was'} left out",) if lost else ()


def is_control(c: str) -> bool:
    """True for a control code that is no space."""
    return unicodedata.category(c) == "Cc" and not c.isspace()


def _decoded(data: bytes) -> tuple[str | None, str]:
    """The text and its encoding; None where it is none we know."""
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding
    return None, ""
