"""Rebuild the sample line: `assets/projects/sample/line.flac` from `line.txt`, spoken by festival.

Build-time only; needs Debian's festival, festvox-us-slt-hts and ffmpeg. The text is ours and the voice's licence sets no terms
on what it speaks, so the sound may be shipped. Run `python packaging/make_sample.py` from anywhere.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "projects" / "sample"
VOICE = "voice_cmu_us_slt_arctic_hts"  # 32 kHz, the pleasantest of Debian's English voices
LOUDNESS_LUFS = -20.0
PEAK_DB = -2.0
LEAD_S = 0.25  # stillness before the first word, so that the face is seen at rest
TAIL_S = 0.4


def speak(text_file: Path, wav: Path) -> None:
    """Festival's reading of `text_file`."""
    command = ["text2wave", "-eval", f"({VOICE})", str(text_file), "-o", str(wav)]
    subprocess.run(command, check=True)


def loudness_lufs(sound: Path) -> float:
    """Integrated loudness (EBU R 128)."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(sound), "-af", "loudnorm=print_format=json", "-f", "null", "-"]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return float(json.loads(report[report.rindex("{") :])["input_i"])


def master(wav: Path, flac: Path) -> None:
    """Silence trimmed to a short lead and tail, one gain for the loudness wanted, a limiter for the peaks, FLAC."""
    cut = "silenceremove=start_periods=1:start_threshold=-50dB"
    gain_db = LOUDNESS_LUFS - loudness_lufs(wav)
    chain = [
        cut, "areverse", cut, "areverse",
        f"volume={gain_db:.2f}dB", f"alimiter=limit={10 ** (PEAK_DB / 20):.4f}:level=false:latency=true",
        f"adelay={LEAD_S * 1000:.0f}", f"apad=pad_dur={TAIL_S}",
    ]  # fmt: skip
    options = ["-ac", "1", "-ar", "32000", "-sample_fmt", "s16", "-compression_level", "12", "-map_metadata", "-1", "-fflags", "+bitexact"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(wav), "-af", ",".join(chain), *options, "-flags:a", "+bitexact", str(flac)], check=True)


def main() -> int:
    """Speak, master and say what came out."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    missing = [name for name in ("text2wave", "ffmpeg") if shutil.which(name) is None]
    if missing:
        print(f"not found: {', '.join(missing)}; install festival, festvox-us-slt-hts and ffmpeg", file=sys.stderr)
        return 2
    flac = FOLDER / "line.flac"
    with tempfile.TemporaryDirectory() as scratch:
        wav = Path(scratch) / "line.wav"
        speak(FOLDER / "line.txt", wav)
        master(wav, flac)
    print(f"{flac}: {flac.stat().st_size} bytes, {loudness_lufs(flac):.1f} LUFS")
    return 0


if __name__ == "__main__":
    sys.exit(main())
