"""Who listens to a recording of which nobody says what is spoken: names that the document, the command line and the speech package share."""

from __future__ import annotations

from engine.core.errors import InvalidInput

AUTO, ENCODER, POCKETSPHINX = "auto", "encoder", "pocketsphinx"
EARS: tuple[str, ...] = (AUTO, ENCODER, POCKETSPHINX)


def check_ears(name: str) -> None:
    """Refuse a name that is none of `EARS`.

    Raises:
        InvalidInput: it is not.
    """
    if name not in EARS:
        raise InvalidInput(f"ears {name!r} are not known", "use one of " + ", ".join(EARS))
