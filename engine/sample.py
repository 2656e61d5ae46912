"""The sample line that comes with the studio, performed: what a first look at the editor shows."""

from __future__ import annotations

from dataclasses import replace

from engine.core import assets
from engine.core.curves import Curve, Key
from engine.core.jobs import SILENT, Job
from engine.pipeline import LinePipeline, alone, recorded_line
from engine.project.document import LineDoc, new_id
from engine.project.parts import Instruction, Layer, Marker
from engine.speech.files import open_sound
from engine.systems.instruction import instruction_edit

FOLDER = "projects/sample"


def sample_line(work: LinePipeline, job: Job = SILENT) -> LineDoc:
    """The recording with its phonemes, emotion curves, instructions, an edit layer and markers, each at the words they go with.

    Args:
        work: analyses it.
        job: progress and cancelling.

    Raises:
        Cancelled: the job was cancelled.
    """
    sound = open_sound(assets.path(f"{FOLDER}/line.flac"))
    text = assets.path(f"{FOLDER}/line.txt").read_text(encoding="utf-8").strip()
    line = replace(recorded_line(sound, text), name="Hello, I'm Ada")
    line = work.analysis_edit(line, work.analyse(line, job)).apply(alone(line)).document.line(line.id)
    at = {w.text.strip(".,:?!").lower(): (w.start_s, w.end_s) for w in line.words or ()}
    ada, face, whisper, surprise, laughter, shall = (at[w] for w in ("ada", "face", "whisper", "surprise", "laughter", "shall"))
    happy = (Key(0.0, 0.3), Key(ada[1], 0.6), Key(face[0], 0.35), Key(whisper[0], 0.1), Key(surprise[1], 0.15), Key(laughter[0], 0.95), Key(shall[1], 0.5))
    surprised = (Key(whisper[1], 0.0), Key(surprise[0] + 0.12, 0.85), Key(surprise[1], 0.4), Key(surprise[1] + 0.35, 0.0))
    turn = {
        "headRotY": Curve((Key(whisper[0] - 0.35, 0.0), Key(whisper[0] + 0.1, -0.16), Key(whisper[1], -0.14), Key(surprise[0], 0.0))),
        "headRotZ": Curve((Key(whisper[0] - 0.3, 0.0), Key(whisper[0] + 0.25, 0.09), Key(surprise[0], 0.0))),
    }
    markers = tuple(Marker(new_id(), t, name, colour) for t, name, colour in ((whisper[0], "Whisper", "#6fa8dc"), (surprise[0], "Surprise", "#f6b26b")))
    line = replace(
        line,
        emotions={"happy": Curve(happy), "surprised": Curve(surprised)},
        layers=(Layer(new_id(), "Lean in", curves=turn),),
        markers=(*markers, Marker(new_id(), laughter[0], "Laughter", "#93c47d")),
    )
    document = alone(line)
    for words, (start_s, end_s) in (("narrow the eyes slightly", (whisper[0] - 0.3, whisper[1])), ("nod gently", (shall[0] - 0.1, at["begin"][1]))):
        document = instruction_edit(document, line.id, Instruction(new_id(), words, start_s, end_s)).apply(document).document
    return document.line(line.id)
