"""Line: all that is known of one spoken line, and the three ways to get one: analyse, speak, edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core.ears import AUTO, check_ears
from engine.core.jobs import SILENT, Job
from engine.speech import features, vad
from engine.speech.aligner import Alignment, align, prepare
from engine.speech.closures import CLOSURE_DTYPE, KnownClosures, lip_closures
from engine.speech.files import Sound
from engine.speech.found import Found, joined
from engine.speech.normalise import normalise_text
from engine.speech.phonemes import WORD_DTYPE, check_track, track
from engine.speech.phonemes import features as articulation
from engine.speech.pieces import cut
from engine.speech.pronunciation import stress_of_word
from engine.speech.recognizer import Recognition, recognise
from engine.speech.voices import DEFAULT_VOICE, VoiceStyle, find_language, find_voice, synthesise

if TYPE_CHECKING:
    from engine.speech.encoder import Encoder

Listen = Callable[..., Recognition]  # as `recognise`, who listens decided
_REDUCED = {"ʌ": "ə", "ɝ": "ɚ"}
METHODS = ("alignment", "recognition", "allphone", "encoder", "voice", "silence", "edited")


@dataclass(frozen=True)
class Line:
    """One spoken line.

    Args:
        sound: what is heard.
        phonemes: `PHONEME_DTYPE` [L], IPA, covering 0 to the sound's end without gaps; "" is a pause.
        words: `WORD_DTYPE` [W].
        prosody: pitch, energy, rate, accents, phrases.
        transcript: as given, or as recognised, or "".
        language: tag, such as "en-us".
        method: how the phonemes were found, one of `METHODS`.
        notices: what was done to the input, for people to read.
        stress: uint8 [L], 2 primary, 1 secondary, 0 none or not known.
        closures: `CLOSURE_DTYPE`: when the lips are shut, for each phoneme that shuts them.
    """

    sound: Sound
    phonemes: np.ndarray
    words: np.ndarray
    prosody: features.Prosody
    transcript: str = ""
    language: str = "en"
    method: str = "silence"
    notices: tuple[str, ...] = ()
    stress: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint8))
    closures: np.ndarray = field(default_factory=lambda: np.zeros(0, CLOSURE_DTYPE))

    def __post_init__(self) -> None:
        check_track(self.phonemes, self.sound.duration_s)
        if len(self.stress) != len(self.phonemes):
            object.__setattr__(self, "stress", np.zeros(len(self.phonemes), np.uint8))


def _word_rows(found: Found) -> np.ndarray:
    rows: list[tuple[str, float, float]] = []
    last = -1
    for segment in found.segments:
        if segment.word < 0:
            continue
        if segment.word == last:
            rows[-1] = (rows[-1][0], rows[-1][1], segment.end_s)
        else:
            rows.append((found.words[segment.word], segment.start_s, segment.end_s))
            last = segment.word
    return np.array(rows, dtype=WORD_DTYPE)


def _finish(line: Line, known: KnownClosures | None = None) -> Line:
    """Fill in what follows from phonemes and words."""
    prosody = features.add_phrasing(line.prosody, line.phonemes, line.words)
    return replace(line, prosody=prosody, closures=lip_closures(line.phonemes, line.sound, known))


def _word_stress(phonemes: np.ndarray, words: np.ndarray, language: str) -> np.ndarray:
    """Stress of each phoneme by the language's rules for its word, where the syllables agree in number; uint8 [L]."""
    stress = np.zeros(len(phonemes), np.uint8)
    middles = _middles_s(phonemes)
    for word in words:
        first, last = (int(i) for i in np.searchsorted(middles, [float(word["start_s"]), float(word["end_s"])]))
        peaks = [i for i in range(first, last) if articulation(str(phonemes["label"][i])).syllabic]
        levels = stress_of_word(str(word["text"]), language)
        if len(peaks) == len(levels):
            stress[peaks] = levels
        elif peaks and 2 in levels:
            stress[peaks[min(len(peaks) - 1, levels.index(2))]] = 2
    return stress


def analyse(sound: Sound, transcript: str | None = None, language: str = "en", job: Job = SILENT, ears: str = AUTO, encoder: Encoder | None = None) -> Line:
    """Find the phonemes, words and prosody of a recording.

    Args:
        sound: of any length from 0.1 s.
        transcript: what is said; without it, or where it does not fit the sound, speech is recognised.
        language: tag or name, such as "en", "de", "pt-br".
        job: progress and cancelling.
        ears: who listens where no transcript says what is spoken, one of `EARS`; see `recognise`.
        encoder: that listens; None for ours.

    Raises:
        InvalidInput: no such language or ears.
        MissingAsset: the encoder was asked for and is not there.
        Cancelled: the job was cancelled.
    """
    check_ears(ears)
    tag = find_language(language)
    job.report(0.0, 1.0, "listening for speech")
    spans = vad.speech_spans(sound, job.part(0.0, 0.1))
    prosody = features.prosody(sound, job.part(0.1, 0.3))
    pause = track([], sound.duration_s)
    line = Line(sound, pause, np.zeros(0, WORD_DTYPE), prosody, transcript or "", tag, notices=sound.notices)
    if not len(spans):
        return _finish(_noted(line, "no speech was found in the sound"))
    return _find_phonemes(line, spans, partial(recognise, ears=ears, encoder=encoder), job.part(0.3, 1.0))


def _find_phonemes(line: Line, spans: np.ndarray, listen: Listen, job: Job) -> Line:
    spoken = normalise_text(line.transcript, line.language)
    line = replace(line, notices=(*line.notices, *spoken.notices))
    if spoken.tokens:
        job.report(0.0, 1.0, "aligning the transcript")
        aligned = align(line.sound, spans, prepare(spoken, line.language, job), job.part(0.0, 0.5))
        job = job.part(0.5, 1.0)
        if aligned is not None:
            return _aligned(line, aligned, listen, job)
        line = _noted(line, "the transcript does not fit the sound: the speech was recognised instead")
    job.report(0.0, 1.0, "recognising speech")
    heard = listen(line.sound, cut(line.sound, spans), line.language, job)
    if not heard.found.segments:
        return _finish(_noted(replace(line, transcript=""), "no speech was found in the sound"))
    return _with_found(replace(line, transcript=" ".join(heard.found.words)), heard.found, heard.method)


def _aligned(line: Line, aligned: Alignment, listen: Listen, job: Job) -> Line:
    """The aligned transcript, and recognised speech where it says nothing."""
    found = aligned.found
    if aligned.unheard:
        line = _noted(line, f"{aligned.unheard} word{'s' if aligned.unheard > 1 else ''} of the transcript could not be found in the sound")
    if aligned.uncovered:
        heard = listen(line.sound, aligned.uncovered, line.language, job)
        found = joined([found, heard.found])
        places = ", ".join(f"{p.start_s:.1f}-{p.end_s:.1f} s" for p in aligned.uncovered[:3])
        more = f" and {len(aligned.uncovered) - 3} more places" if len(aligned.uncovered) > 3 else ""
        line = _noted(line, f"the transcript does not fit the sound at {places}{more}: the speech there was recognised")
    return _with_found(line, found, "alignment")


def _noted(line: Line, notice: str) -> Line:
    return replace(line, notices=(*line.notices, notice))


def _with_found(line: Line, found: Found, method: str) -> Line:
    phonemes = track([(s.label, s.start_s, s.end_s) for s in found.segments], line.sound.duration_s)
    words = _word_rows(found)
    stress = _word_stress(phonemes, words, line.language)
    if method != "allphone" and line.language.startswith("en"):
        _reduce(phonemes, stress, words)
    return _finish(replace(line, phonemes=phonemes, stress=stress, words=words, method=method))


def _reduce(phonemes: np.ndarray, stress: np.ndarray, words: np.ndarray) -> None:
    """Give unstressed vowels of words their reduced label, in place: the aligner's symbols do not tell ə from ʌ, nor ɚ from ɝ."""
    middles = _middles_s(phonemes)
    labels: NDArray[np.str_] = phonemes["label"]  # a view
    for word in words:
        first, last = (int(i) for i in np.searchsorted(middles, [float(word["start_s"]), float(word["end_s"])]))
        if not stress[first:last].any() and last - first > 2:
            continue
        for i in range(first, last):
            if not stress[i]:
                labels[i] = _REDUCED.get(str(labels[i]), str(labels[i]))


def _middles_s(phonemes: np.ndarray) -> NDArray[np.float64]:
    starts: NDArray[np.float64] = phonemes["start_s"]
    ends: NDArray[np.float64] = phonemes["end_s"]
    return (starts + ends) / 2


def speak(text: str, voice: str = DEFAULT_VOICE, job: Job = SILENT, style: VoiceStyle | None = None) -> Line:
    """Say a text with one of eSpeak NG's voices; the phoneme times are exact.

    Args:
        text: what to say.
        voice: language tag, identifier or name; see `voices.find_voice`.
        job: progress and cancelling.
        style: rate, pitch and volume of the voice.

    Raises:
        InvalidInput: nothing to say, or no such voice.
        Cancelled: the job was cancelled.
    """
    spoken = synthesise(text, voice, style, job.part(0.0, 0.7))
    prosody = features.prosody(spoken.sound, job.part(0.7, 1.0))
    language = find_voice(voice).language
    return _finish(Line(spoken.sound, spoken.phonemes, spoken.words, prosody, text, language, "voice", spoken.notices, spoken.stress))


def with_phonemes(line: Line, phonemes: np.ndarray) -> Line:
    """The line with another phoneme track: edited by hand or imported from a TextGrid.

    Args:
        line: the line as it was.
        phonemes: `PHONEME_DTYPE`, covering the line.

    Raises:
        InvalidInput: the track does not cover the line without gaps.
    """
    check_track(phonemes, line.sound.duration_s)
    stress = _word_stress(phonemes, line.words, line.language)
    return _finish(replace(line, phonemes=phonemes, stress=stress, method="edited"), KnownClosures(line.phonemes, line.closures))
