"""Writes the fixture of today's schema: run once when `schema.SCHEMA` was raised, and commit the file."""

import sys
from pathlib import Path

from engine.core.curves import Curve, Key
from engine.core.person import Hair, Person
from engine.project import schema
from engine.project.document import Character, Document, LineDoc, Media
from engine.project.edits import AddLine, MoveBoundary, SetAmount, SetAnalysis, SetKey, SetSeed
from engine.project.history import History
from engine.project.stage import Lighting, Placement, Stage
from engine.project.stage_edits import SetPerson, SetPlacement, SetStage
from engine.project.storage import ProjectFile
from engine.project.tracks import PhonemeTrack, Word


def main(folder: Path) -> None:
    """A line with a bit of everything, one step undone."""
    document = Document("document", characters=(Character("ada", "Ada"),))
    with ProjectFile.create(folder / f"v{schema.SCHEMA}.viva", document, overwrite=True) as project:
        history = History(project.document, project)
        history.apply(AddLine("ada", LineDoc("line", "Line 1", Media("sounds/pat.wav", "0" * 64, 1.2, 48000), transcript="Pat, come home.", ears="encoder")))
        track = PhonemeTrack(("", "p", "æ", "t", ""), (0.0, 0.1, 0.2, 0.3, 0.4, 1.2), (None, (0.12, 0.18), None, (0.3, 0.35), None))
        history.apply(SetAnalysis("line", (Word("Pat", 0.1, 0.4),), track, "alignment", ("8 kHz sound",)))
        history.apply(MoveBoundary("line", 3, 0.25))
        history.apply(SetKey("line", "emotions/happy", Key(0.5, 0.7, "free", 0.1, -0.1)))
        history.apply(SetAmount("line", "jaw", 1.5))
        history.apply(SetPerson("ada", Person("Somebody", {"sex": 1.0}, hair=Hair("short")), what="hair"))
        history.apply(SetPlacement("ada", Placement(x=0.2, turn=15.0)))
        history.apply(SetStage(Stage(Lighting("night"), camera={"yaw": Curve((Key(0.0, 10.0), Key(1.0, 30.0)))}), "light"))
        history.apply(SetSeed("line", 2**64 - 1))
        history.undo()
        project.blobs.put(b"small picture", "thumbnail", "line")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "fixtures")
