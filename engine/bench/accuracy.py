"""How right the mouth is: lip closures and phone boundaries against hand labels, jaw and lip against measured articulators, stillness."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.bench import alignment
from engine.bench.figure import Figure, data_folder
from engine.core.channels import INDEX
from engine.head.rig import HeadRig, LipGauge
from engine.speech.files import open_sound, sound_from_samples
from engine.speech.labels import Labels, read_labels
from engine.speech.line import Line, analyse, speak, with_phonemes
from engine.speech.phonemes import track
from engine.systems.performer import perform

RATE = Fraction(30)
_NO_DATA = "no labelled recordings: set VIVAVOCE_DATA to a folder with speech/emur_ae"
Labelled = tuple[Path, Labels]


def _corpus() -> list[Labelled]:
    """Hand-labelled English: emuR's sample, and TIMIT-style folders where the user has them."""
    data = data_folder()
    if data is None:
        return []
    found = []
    for path in sorted([*(data / "speech" / "emur_ae").glob("*.lab"), *(data / "speech").glob("timit*/**/*.phn")]):
        sound = path.with_suffix(".wav")
        if sound.is_file():
            found.append((sound, read_labels(path)))
    return found


@lru_cache(maxsize=64)
def _analysed(path: Path, with_text: bool) -> Line:
    text = path.with_suffix(".txt")
    return analyse(open_sound(path), text.read_text(encoding="utf-8") if with_text and text.is_file() else None)


def lips() -> Iterator[Figure]:
    """Lip closures of the performance, measured on Ada's posed lips, against hand-labelled p, b and m."""
    corpus = _corpus()
    for kind, with_text, event_goal, frame_goal in (("text", True, ">= 0.985", ">= 0.78"), ("no_text", False, ">= 0.88", ">= 0.68")):
        if not corpus:
            yield Figure(f"lips.{kind}.event_f1", None, "", event_goal, _NO_DATA)
            continue
        counts = np.zeros(7, np.int64)
        for path, labels in corpus:
            clip = perform(_analysed(path, with_text), RATE)
            gap = LipGauge().mm(clip.values)
            grid = (np.arange(int(clip.times_s[-1] / alignment.HOP_S) + 1) + 0.5) * alignment.HOP_S
            counts += alignment.closure_counts(labels, np.interp(grid, clip.times_s, gap) < 1.0)
        event, frame = alignment.closure_figures(counts)
        note = f"{len(corpus)} sentences, {counts[0]} bilabials"
        yield Figure(f"lips.{kind}.event_f1", event, "", event_goal, note)
        yield Figure(f"lips.{kind}.frame_f1", frame, "", frame_goal, note)


def boundaries() -> Iterator[Figure]:
    """Onsets of the same viseme class, aligned with the transcript, against hand labels."""
    corpus = _corpus()
    if not corpus:
        yield Figure("boundaries.median", None, "ms", "<= 12", _NO_DATA)
        return
    scores = [alignment.boundary_score(labels, _analysed(path, True).phonemes) for path, labels in corpus]
    errors = 1000 * np.abs(np.concatenate([s.errors_s for s in scores]))
    note = f"{len(errors)} onsets, {sum(s.deletions for s in scores)} deleted, {sum(s.insertions for s in scores)} inserted"
    yield Figure("boundaries.median", float(np.median(errors)), "ms", "<= 12", note)
    yield Figure("boundaries.p90", float(np.percentile(errors, 90)), "ms", "<= 32", note)
    yield Figure("boundaries.frame_accuracy", float(np.mean([s.frame_accuracy for s in scores])), "", "", "12 viseme classes, 10 ms")


def _articulator_tracks(path: Path, rig: HeadRig) -> tuple[np.ndarray, np.ndarray, dict[str, tuple[np.ndarray, np.ndarray]]]:
    """Measured times, which of them are labelled speech, and (measured, model time series) per articulator."""
    stem = path.name.removesuffix("_ema.csv")
    measured = np.genfromtxt(path, delimiter=",", names=True)
    measured = measured[measured["t"] < measured["t"][-1] - 0.2]  # the sensors' last samples are not valid
    times = measured["t"]
    speech = np.zeros(len(times), bool)
    with path.with_name(f"{stem}_segments.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["label"] and not row["label"].startswith(("&", "_", "<")):
                speech |= (times >= float(row["start"])) & (times < float(row["end"]))
    clip = perform(analyse(open_sound(path.with_name(f"{stem}.wav")), None, "de"), RATE)
    values = clip.values.copy()
    values[:, INDEX["headRotX"] : INDEX["headPosZ"] + 1] = 0.0
    shape = rig.shape(values).numpy()
    lip = rig.asset.inner_lip[1]
    model = {"jaw": shape[:, rig.asset.span("teeth_lower"), 1].mean(1), "lower_lip": shape[:, lip[len(lip) // 2], 1]}
    sensor = {"jaw": "jw_posz", "lower_lip": "ll_posz"}
    return times, speech, {name: (measured[sensor[name]], np.stack([clip.times_s, model[name]])) for name in model}


def articulators() -> Iterator[Figure]:
    """Jaw and lower-lip height against electromagnetic articulography, both clips pooled, best lag within 60 ms."""
    data = data_folder()
    files = sorted((data / "speech" / "ema_de").glob("*_ema.csv")) if data else []
    rig = HeadRig()
    found = [_articulator_tracks(path, rig) for path in files]
    for name in ("jaw", "lower_lip"):
        if not found:
            yield Figure(f"articulators.{name}.correlation", None, "", ">= 0.7", _NO_DATA)
            continue
        best = max((_pooled(found, name, lag / 1000.0), -abs(lag), lag) for lag in range(-60, 61, 5))
        yield Figure(f"articulators.{name}.correlation", best[0], "", ">= 0.7", f"{len(found)} clips of German, no transcript")
        yield Figure(f"articulators.{name}.lag", float(abs(best[2])), "ms", "< 30", f"model {'after' if best[2] < 0 else 'before'} the sensor")


def _pooled(found: list, name: str, lag_s: float) -> float:
    model, sensor = [], []
    for times, speech, tracks in found:
        measured, (model_t, model_y) = tracks[name]
        model.append(np.interp(times - lag_s, model_t, model_y)[speech])
        sensor.append(measured[speech])
    return float(np.corrcoef(np.concatenate(model), np.concatenate(sensor))[0, 1])


def silence() -> Iterator[Figure]:
    """How far the lips move inside silences longer than 0.3 s: a spoken line between two long pauses, and noise alone."""
    spoken = speak("We may be quiet for a while. Then we speak again.")
    rate = spoken.sound.sample_rate
    voice = spoken.sound.mono(rate)
    rows = [(str(p["label"]), float(p["start_s"]) + 1.0, float(p["end_s"]) + 1.0) for p in spoken.phonemes]
    padded = sound_from_samples(np.concatenate([np.zeros(rate, np.float32), voice, np.zeros(rate, np.float32)]), rate)
    line = with_phonemes(analyse(padded), track(rows, padded.duration_s))
    clip = perform(line, RATE)
    rig = HeadRig()
    lips = rig.asset.seams["lips"].vertices
    shape = rig.shape(clip.values)[:, lips].numpy()
    worst = 0.0
    for phoneme in line.phonemes:
        start, end = phoneme["start_s"] + 0.1, phoneme["end_s"] - 0.1
        inside = (clip.times_s >= start) & (clip.times_s <= end)
        if not phoneme["label"] and inside.sum() > 1:
            worst = max(worst, float(np.ptp(shape[inside], axis=0).max()) * 1000)
    yield Figure("silence.lip_motion", worst, "mm", "<= 0.5", "peak to peak, from 0.1 s after speech to 0.1 s before it")
