"""How right emotions are heard: acted German, one speaker left out at a time, and how long listening takes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from engine.bench.figure import Figure, data_folder
from engine.speech.files import open_sound
from engine.speech.mood import HEARD, listen, model

_GOAL = ">= 0.6"
_DISGUST = "12 clips, 8 of them by speaker 09, none by 08: without 09 it is learnt from 4 clips; one clip more or less moves it by 0.08, the mean by 0.014"


def emotion() -> Iterator[Figure]:
    """Unweighted average recall over the six classes of EmoDB that MEAD has, pooled over five networks that never heard the speaker."""
    folder = data_folder()
    if folder is None or not (folder / "emotion/emodb/wav").is_dir():
        yield Figure("emotion.uar", None, "", _GOAL, "no acted emotions: set VIVAVOCE_DATA to a folder with emotion/emodb")
        return
    from engine.training.mood import MoodConfig, confusion, crossed, recalls, unweighted_recall

    labels, scores = crossed(MoodConfig(data=str(folder)))
    table = confusion(labels, scores)
    yield Figure("emotion.uar", unweighted_recall(table), "", _GOAL, f"{len(labels)} clips of 2 s, 5 speakers, one left out at a time; chance 0.167")
    for name, row, recall in zip(HEARD, table, recalls(table), strict=True):
        taken = ", ".join(f"{other} {count}" for other, count in zip(HEARD, row.tolist(), strict=True) if count)
        yield Figure(f"emotion.recall.{name}", float(recall), "", "", f"heard as {taken}" + (f"; {_DISGUST}" if name == "disgusted" else ""))
    trained = model()
    known = trained.probabilities(scores[:, : len(HEARD)])
    sure, right = known.max(axis=1), known.argmax(axis=1) == labels
    yield Figure("emotion.sure", float(sure.mean()), "", "", f"mean confidence; {right.mean():.3f} of the clips are right")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 1.0)):
        inside = (sure >= low) & (sure <= high)
        yield Figure(f"emotion.right_at_{low:g}_{high:g}", float(right[inside].mean()) if inside.any() else None, "", "", f"{inside.sum()} clips so sure")
    paths = sorted((folder / "emotion/emodb/wav").glob("*.wav"))[:20]
    sounds = [open_sound(path) for path in paths]
    listen(sounds[0])
    before = time.process_time()
    for sound in sounds:
        listen(sound)
    spent = time.process_time() - before
    yield Figure("emotion.rtf", spent / float(np.sum([sound.duration_s for sound in sounds])), "", "", "processor seconds for a second of sound")
