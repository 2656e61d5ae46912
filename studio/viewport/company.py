"""Who is in the picture: the character that is worked on, and everybody else of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.person import Person
from engine.project.document import Document
from studio.viewport.worker import Standing

ValuesOf = Callable[[str], NDArray[np.float32]]


def seen(
    document: Document, line_id: str, speaker: str, instead: Mapping[str, Person] = MappingProxyType({}), values_of: ValuesOf | None = None
) -> dict[str, Any]:  # fmt: skip
    """What a `Request` takes of a document.

    Args:
        document: the project.
        line_id: the line that is worked on, whose character is; "" for none.
        speaker: id of the character to work on where there is no line; the first one where there is none with it.
        instead: people to be seen in the place of characters, by id.
        values_of: what the others do: channel values [63] by id; None for all at rest.

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
    people = {c.id: instead.get(c.id) or person_of(c) for c in characters}
    others = tuple(Standing(people[c.id], rest if values_of is None else values_of(c.id), c.placement) for c in characters if c is not lead)
    return {"person": people[lead.id], "placement": lead.placement, "others": others, "stage": document.stage}
