"""Festival's voices, each in a process of its own that stays alive: speech with the times of its segments and words.

Recorded diphones (Italian, Czech, Finnish, Hindi, Marathi, Telugu, English), recorded units (Russian) and statistical models (Catalan,
English): four other ways to make speech than eSpeak's formants. Only the stage uses them. Debian: `apt install festival` with
the voices, and `festival-hi festival-mr festival-te` for the Indian ones.
"""

from __future__ import annotations

import atexit
import os
import selectors
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy.io.wavfile

from engine.core.errors import InvalidInput, MissingAsset
from engine.training.stage.festival_phones import to_ipa
from engine.training.stage.raw import RawSpeech

_ANSWER_S = 60.0
_HEAP = "3000000"  # cells of its Lisp; its own ten million take 330 MB a voice
_DONE = "vivavoce-done"
# The voices' own folders, where Debian and festival's own installation put them.
_FOLDERS = ("/usr/share/festival/voices", "/usr/local/share/festival/voices", "/usr/lib/festival/voices")
_SCHEME = """
(define (vv_say file text)
 (let ((utt (utt.synth (eval (list 'Utterance 'Text text)))))
  (utt.save.wave utt file 'riff)
  (mapcar (lambda (s) (format t "S %s %f\\n" (item.name s) (item.feat s 'end))) (utt.relation.items utt 'Segment))
  (mapcar (lambda (w) (format t "W %s %s %s\\n" (item.feat w "R:SylStructure.daughter1.daughter1.segment_start")
    (item.feat w "R:SylStructure.daughtern.daughtern.segment_end") (item.name w))) (utt.relation.items utt 'Word))))
"""


@dataclass(frozen=True)
class FestivalVoice:
    """One voice.

    Args:
        language: tag as eSpeak writes it, which is what `words` reads.
        folder: of the voice below "voices".
        table: its phone set in `festival_phones.TABLES`.
        encoding: of the text it reads.
        early_s: how much earlier than the sound its times are, measured by `sitting`.
    """

    language: str
    folder: str
    table: str
    encoding: str = "utf-8"
    early_s: float = 0.0


VOICES: dict[str, FestivalVoice] = {
    "cmu_us_slt_arctic_hts": FestivalVoice("en-us", "us", "radio", "ascii", 0.006),
    "ked_diphone": FestivalVoice("en-us", "english", "radio", "ascii"),
    "lp_diphone": FestivalVoice("it", "italian", "italian", "iso-8859-1"),
    "pc_diphone": FestivalVoice("it", "italian", "italian", "iso-8859-1", -0.004),
    **{f"czech_{name}": FestivalVoice("cs", "czech", "czech", "iso-8859-2") for name in ("dita", "krb", "machac", "ph")},
    "hy_fi_mv_diphone": FestivalVoice("fi", "finnish", "finnish", "iso-8859-1"),
    "suo_fi_lj_diphone": FestivalVoice("fi", "finnish", "finnish", "iso-8859-1"),
    "upc_ca_ona_hts": FestivalVoice("ca", "catalan", "catalan", "iso-8859-1"),
    "msu_ru_nsh_clunits": FestivalVoice("ru", "russian", "russian", early_s=-0.008),
    "hindi_NSK_diphone": FestivalVoice("hi", "hindi", "indic", early_s=-0.004),
    "marathi_NSK_diphone": FestivalVoice("mr", "marathi", "indic", early_s=-0.004),
    "telugu_NSK_diphone": FestivalVoice("te", "telugu", "indic", early_s=-0.004),
}
# Left out on purpose, with the reason.
REFUSED: dict[str, str] = {"kal_diphone": "the same recordings as flite's kal16"}


class _Speaker:
    """A running festival with one voice."""

    def __init__(self, name: str) -> None:
        self.voice = VOICES[name]
        self.folder = Path(tempfile.mkdtemp(prefix="vivavoce-"))
        try:
            command, pipe = ["festival", "--heap", _HEAP, "--pipe"], subprocess.PIPE
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, cwd=self.folder)
        except OSError as error:
            shutil.rmtree(self.folder)
            raise MissingAsset(f"festival does not start ({error})", "install it, on Debian: apt install festival") from error
        self._pending = b""
        # Czech draws its pauses at random otherwise.
        self.ask(f"{_SCHEME}(voice_{name})\n(set! czech-randomize nil)".encode())

    def ask(self, command: bytes) -> list[str]:
        """What it prints until it has done a command.

        Raises:
            InvalidInput: it ended, or took longer than a minute.
        """
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(command + f'\n(format t "\\n{_DONE}\\n")\n(fflush nil)\n'.encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            raise InvalidInput("festival ended", "start it again") from None
        lines: list[str] = []
        for line in self._lines():
            if line == _DONE:
                return lines
            lines.append(line)
        self.close()
        raise InvalidInput("festival ended or did not answer: " + " ".join(lines[-2:]), "leave the text or the voice out")

    def _lines(self):
        """Lines as they come, until the process ends or is silent too long."""
        assert self.process.stdout is not None
        until = time.monotonic() + _ANSWER_S
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            while True:
                while b"\n" in self._pending:
                    line, _, self._pending = self._pending.partition(b"\n")
                    yield line.decode(self.voice.encoding, errors="ignore")
                if not waiting.select(max(0.0, until - time.monotonic())):
                    return
                read = os.read(self.process.stdout.fileno(), 65536)
                if not read:
                    return
                self._pending += read

    def close(self) -> None:
        """End the process and remove its folder."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        shutil.rmtree(self.folder, ignore_errors=True)


# By process: a forked worker must not write into its parent's pipe.
_speakers: dict[tuple[int, str], _Speaker] = {}


def close() -> None:
    """End every festival that this process started."""
    for key in [key for key in _speakers if key[0] == os.getpid()]:
        _speakers.pop(key).close()


atexit.register(close)


def _speaker(name: str) -> _Speaker:
    key = (os.getpid(), name)
    if key in _speakers and _speakers[key].process.poll() is not None:
        _speakers.pop(key).close()
    if key not in _speakers:
        _speakers[key] = _Speaker(name)
    return _speakers[key]


@lru_cache(maxsize=64)
def missing(name: str) -> str:
    """Why a voice cannot be used here; "" if it can. A voice whose files are there is not started."""
    if shutil.which("festival") is None:
        return "festival is not installed"
    voice = VOICES[name]
    if not any((Path(folder) / voice.folder / name).is_dir() for folder in _FOLDERS):
        return f"festival's voice {name} is not installed"
    if voice.table == "indic" and not Path(f"/usr/share/festival/{voice.folder}_scm").is_dir():
        return f"festival's module for {voice.folder} is not installed (festival-{voice.language})"
    return ""


def _quoted(text: str, encoding: str) -> bytes:
    """A string of Scheme."""
    return b'"' + text.replace("\\", " ").replace('"', " ").replace("\n", " ").encode(encoding, errors="ignore") + b'"'


def speak(text: str, name: str, stretch: float = 1.0) -> RawSpeech:
    """Speak a text.

    Args:
        text: in the voice's language; characters its encoding lacks are left out.
        name: one of `VOICES`.
        stretch: of durations, 0.5 to 2; statistical voices and recorded units keep their own.

    Raises:
        MissingAsset: festival is not installed.
        InvalidInput: the voice fails on this text, or names a segment we do not know.
    """
    if not any(character.isalnum() for character in text):
        raise InvalidInput(f"festival's {name} cannot say {text!r}", "write at least one word")
    speaker = _speaker(name)
    path = speaker.folder / "said.wav"
    path.unlink(missing_ok=True)
    said = _quoted(text, speaker.voice.encoding)
    lines = speaker.ask(f"(Parameter.set 'Duration_Stretch {stretch:.3f})\n(vv_say ".encode() + _quoted(str(path), "utf-8") + b" " + said + b")")
    late = speaker.voice.early_s
    segments = [(name, float(end) + late) for kind, name, end in (line.split() for line in lines if line.startswith("S ")) if kind]
    if not path.exists() or not segments:
        raise InvalidInput(f"festival's {name} cannot say {text!r}: " + " ".join(lines[-2:]), "leave the text out")
    rate, samples = scipy.io.wavfile.read(path)
    words = []
    for line in lines:
        part = line.split(" ", 3)
        if part[0] == "W" and len(part) == 4 and float(part[2]) > float(part[1]):
            words.append((part[3], float(part[1]) + late, float(part[2]) + late))
    return RawSpeech(samples.astype(np.float32) / 32768.0, int(rate), tuple(to_ipa(segments, speaker.voice.table)), tuple(words))
