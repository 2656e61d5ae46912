"""Who is in the picture: the character that is worked on, and everybody else of the document, waiting."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.core.channels import CHANNELS
from engine.project.document import Document
from studio.viewport.worker import Standing


def seen(document: Document, line_id: str, speaker: str) -> dict[str, Any]:
    """What a `Request` takes of a document.

    Args:
        document: the project.
        line_id: the line that is worked on, whose character is; "" for none.
        speaker: id of the character to work on where there is no line; the first one where there is none with it.

    Returns:
        `person`, `placement`, `others` and `stage`.
    """
    from engine.avatars.people import person_of

    characters = document.characters
    if not characters:
        return {"stage": document.stage}
    by_line = next((c for c in characters if any(line.id == line_id for line in c.lines)), None)
    lead = by_line or next((c for c in characters if c.id == speaker), characters[0])
    rest = np.zeros(len(CHANNELS), np.float32)
    others = tuple(Standing(person_of(c), rest, c.placement) for c in characters if c is not lead)
    return {"person": person_of(lead), "placement": lead.placement, "others": others, "stage": document.stage}
