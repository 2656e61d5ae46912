"""What the steps of the history are called, in the language of the interface; a document keeps the English of whoever made them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.project import edits, part_edits, phoneme_edits  # noqa: F401 - they bring the edits
from engine.project.change import Edit
from studio.capture.words import STEPS as CAPTURE_STEPS
from studio.people.words import STEPS as PEOPLE_STEPS
from studio.people.words import step_of
from studio.stage.words import STEPS as STAGE_STEPS

# Of steps made of several edits, which have no name of their own.
NAMES: tuple[str, ...] = (
    "Add instruction", "Add layer", "Add to render queue", "Analyse selection", "Apply transcript", "Bake keys", "Bend tangent", "Change instruction",
    "Change phoneme strength", "Change text", "Change values", "Clear emotions", "Clear in and out", "Copy keys", "Cut keys", "Delete", "Duplicate",
    "Duplicate keys", "Duplicate layer", "Ease", "Edits", "Flip keys", "Import TextGrid", "Import lines", "Import motion", "Insert key", "Listen for emotion",
    "Merge phonemes", "Mirror left and right", "Move", "Move keys", "Move line", "Nudge", "Nudge keys", "Paste", "Paste keys", "Record performance",
    "Relabel phonemes", "Relink media", "Remove instruction", "Remove keys", "Reorder layers", "Reorder render queue", "Replace sound",
    "Reset amounts", "Retime keys", "Reverse keys", "Scale keys", "Set in point", "Set out point", "Set tangents", "Set value", "Set values",
    "Several", "Simplify keys", "Smooth keys", "Snap keys", *STAGE_STEPS, *PEOPLE_STEPS, *CAPTURE_STEPS,
)  # fmt: skip


def edit_names() -> list[str]:
    """What single edits are called."""
    found, todo = set(), [Edit]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        found.add(kind.label)
    return sorted(found)


def step_words(label: str) -> str:
    """The words of Undo or Redo.

    Args:
        label: as the history has it: `Undo Move key`, or `Undo` alone.
    """
    way, _, step = label.partition(" ")
    step = (step_of(step) or QCoreApplication.translate("Steps", step)) if step else ""
    if way == "Undo":
        return QCoreApplication.translate("Steps", "Undo {step}").format(step=step) if step else QCoreApplication.translate("Steps", "Undo")
    return QCoreApplication.translate("Steps", "Redo {step}").format(step=step) if step else QCoreApplication.translate("Steps", "Redo")
