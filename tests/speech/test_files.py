from __future__ import annotations

import os
import shutil
import struct
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import InvalidInput, OutputError
from engine.speech import files
from engine.speech.files import Sound, open_sound, sound_from_samples, write_wav
from tests.speech.media_files import Samples, bursts, encode, offset_ms

STEREO = {"vorbis"}  # FFmpeg's own Vorbis encoder knows nothing else
FORMS = [
    ("a.wav", 44100, "pcm_s16le", {}), ("a.wav", 44100, "pcm_u8", {}), ("a.wav", 48000, "pcm_s24le", {}), ("a.wav", 44100, "pcm_f64le", {}),
    ("a.aiff", 44100, "pcm_s16be", {}), ("a.flac", 44100, "flac", {}), ("a.mp3", 44100, "libmp3lame", {}), ("a.mp3", 16000, "libmp3lame", {}),
    ("a.mp3", 44100, "libmp3lame", {"options": {"write_xing": "0"}}), ("a.ogg", 44100, "vorbis", {}), ("a.ogg", 48000, "libopus", {}),
    ("a.opus", 48000, "libopus", {}), ("a.m4a", 44100, "aac", {"form": "ipod"}), ("a.aac", 44100, "aac", {"form": "adts"}),
    ("a.mp4", 44100, "aac", {"options": {"movflags": "frag_keyframe+empty_moov"}}), ("a.webm", 48000, "libopus", {}),
    ("v.mp4", 48000, "aac", {"video": True}), ("v.webm", 48000, "libopus", {"video": True}), ("v.mkv", 44100, "libmp3lame", {"video": True}),
]  # fmt: skip


def _stream(sound: Sound, rate: int) -> Samples:
    return np.concatenate(list(sound.blocks(rate, block_s=0.7)))


@pytest.mark.parametrize(("name", "rate", "codec", "how"), FORMS, ids=[f"{n}-{c}-{r}{'-' if h else ''}{next(iter(h), '')}" for n, r, c, h in FORMS])
def test_every_form_starts_where_it_was_recorded(name: str, rate: int, codec: str, how: dict, tmp_path: Path) -> None:
    wanted = bursts(rate)
    sound = open_sound(encode(tmp_path / name, np.stack([wanted] * 2, 1) if codec in STEREO else wanted, rate, codec, **how))
    assert sound.sample_rate == rate
    found = sound.mono(rate)
    assert abs(offset_ms(found, wanted, rate)) < 0.05
    assert abs(len(found) - len(wanted)) <= 1024  # forms without a length end with the last frame's filling
    shared = min(len(found), len(wanted))
    assert np.corrcoef(found[:shared], wanted[:shared])[0, 1] > 0.95


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="no ffmpeg here to encode with")
@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.ogg", "a.opus", "a.webm", "v.mp4", "a.mov"])
def test_ffmpegs_files_start_where_they_were_recorded(name: str, tmp_path: Path) -> None:
    wanted = bursts(44100)
    write_wav(tmp_path / "in.wav", sound_from_samples(wanted, 44100))
    picture = ["-f", "lavfi", "-i", "testsrc=s=64x48:r=25:d=3"] if name[0] == "v" else []
    subprocess.run(["ffmpeg", "-v", "error", *picture, "-i", tmp_path / "in.wav", tmp_path / name], check=True)
    assert abs(offset_ms(open_sound(tmp_path / name).mono(44100), wanted, 44100)) < 0.05


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44101, 96000, 192000])
def test_any_rate_keeps_time_and_level(rate: int, tmp_path: Path) -> None:
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate)).astype(np.float32)
    write_wav(tmp_path / "tone.wav", sound_from_samples(tone, rate))
    sound = open_sound(tmp_path / "tone.wav")
    found = sound.mono(16000)
    assert len(found) == 32000
    wanted = 0.5 * np.sin(2 * np.pi * 440 * np.arange(32000) / 16000)
    assert np.abs(found - wanted)[800:-800].max() < 1e-3  # 16-bit rounding and the filter
    assert any("Hz" in n for n in sound.notices) == (rate in (8000, 11025, 44101, 96000, 192000))


@pytest.mark.parametrize(("name", "codec", "rate"), [("l.wav", "pcm_s16le", 44100), ("l.flac", "flac", 44100), ("l.mp3", "libmp3lame", 44100),
    ("l.ogg", "vorbis", 44100), ("l.opus", "libopus", 48000), ("l.m4a", "aac", 44100), ("l.webm", "libopus", 48000), ("l.mka", "vorbis", 44100)])  # fmt: skip
def test_reading_a_range_equals_streaming(name: str, codec: str, rate: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than what is looked at when a file is opened, so length and places come by seeking."""
    monkeypatch.setattr(files, "_LOOK_S", 3.0)
    noise = np.random.default_rng(1).standard_normal(8 * rate).astype(np.float32) * np.float32(0.1)
    noise *= np.repeat(np.random.default_rng(2).random(80) > 0.5, rate // 10)  # clicks make Vorbis switch block sizes
    sound = open_sound(encode(tmp_path / name, np.stack([noise] * 2, 1) if codec in STEREO else noise, rate, codec))
    assert sound.duration_s == pytest.approx(8, abs=0.03)
    for target in (16000, rate):
        whole = _stream(sound, target)
        assert len(whole) == sound.count(target)
        for start_s, end_s in ((0.0, 0.2), (0.93, 1.4), (2.718, 3.0), (5.4159, 5.9), (7.5, 9.0)):
            part = sound.read(start_s, end_s, target)
            wanted = np.zeros_like(part)
            there = whole[round(start_s * target) : round(end_s * target)]
            wanted[: len(there)] = there
            # AAC fills bands with noise of its own, new at every start; white noise one sample out of place would not correlate at all.
            same = np.corrcoef(part, wanted)[0, 1] > 0.99 if codec == "aac" and wanted.any() else np.abs(part - wanted).max() < 1e-5
            assert same, (target, start_s)


def test_blocks_are_of_the_length_asked_for(tmp_path: Path) -> None:
    sound = sound_from_samples(bursts(44100), 44100)
    sizes = [len(b) for b in sound.blocks(16000, block_s=0.5)]
    assert sizes == [8000] * 6
    wide = list(sound_from_samples(np.zeros((441, 2), np.float32) + 0.1, 44100).blocks(mono=False))
    assert [b.shape for b in wide] == [(441, 2)]


def test_outside_the_recording_is_silence() -> None:
    sound = sound_from_samples(np.full(16000, 0.5, np.float32), 16000)
    part = sound.read(-0.5, 1.5, 16000)
    assert part.shape == (32000,)
    assert not part[:8000].any() and not part[24000:].any() and (part[8000:24000] == 0.5).all()


def test_a_tenth_of_a_second_in_a_folder_with_spaces_and_accents(tmp_path: Path) -> None:
    folder = tmp_path / "Çà et là: 50 % déjà vu"
    folder.mkdir()
    sound = open_sound(encode(folder / "naïve – señor.mp3", bursts(44100, 0.1), 44100, "libmp3lame"))
    assert sound.duration_s == pytest.approx(0.1, abs=0.002)
    assert len(sound.mono(16000)) == 1600
    assert "only 0.10 s long" in " ".join(sound.notices)


def test_channels_are_mixed(tmp_path: Path) -> None:
    voice = bursts(48000)
    one_side = open_sound(encode(tmp_path / "side.wav", np.stack([voice, 0 * voice], 1), 48000, "pcm_f32le"))
    assert np.allclose(one_side.mono(48000), voice / 2, atol=1e-6)
    assert next(one_side.blocks(mono=False)).shape[1] == 2
    against = open_sound(encode(tmp_path / "against.wav", np.stack([voice, -voice], 1), 48000, "pcm_f32le"))
    assert np.allclose(against.mono(48000), voice, atol=1e-6)
    assert "cancel" in " ".join(against.notices)
    six = open_sound(encode(tmp_path / "six.wav", np.stack([voice, voice, voice, 0 * voice + 0.9, voice, voice], 1), 48000, "pcm_f32le"))
    assert np.allclose(six.mono(48000), voice, atol=1e-6)  # LFE, the fourth, is left out
    assert "6 channels are mixed" in " ".join(six.notices)


@pytest.mark.parametrize(("name", "codec"), [("s.m4a", "aac"), ("s.opus", "libopus"), ("s.flac", "flac")])
def test_eight_channels_keep_their_own_samples(name: str, codec: str, tmp_path: Path) -> None:
    wide = np.zeros((48000, 8), np.float32)
    wide[:, 2] = 0.3 * np.sin(np.arange(48000) / 20)  # the centre: where a film has its speech
    sound = open_sound(encode(tmp_path / name, wide, 48000, codec))
    level = np.sqrt((np.concatenate(list(sound.blocks(mono=False))) ** 2).mean(0))
    assert sound.channels == 8 and level[2] == pytest.approx(0.3 / np.sqrt(2), rel=0.05) and np.delete(level, 2).max() < 0.01
    assert any("8 channels" in notice for notice in sound.notices)


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s24le", "pcm_s64le", "pcm_f64le", "pcm_alaw"])
def test_every_kind_of_wav_sample_is_read(codec: str, tmp_path: Path) -> None:
    wave = 0.5 * np.sin(np.arange(8000) / 10).astype(np.float32)
    assert np.abs(open_sound(encode(tmp_path / "x.wav", wave, 8000, codec)).mono(8000) - wave).max() < 0.02


def test_notices_say_what_is_wrong_with_the_levels(tmp_path: Path) -> None:
    voice = bursts(16000)
    assert sound_from_samples(voice, 16000).notices == ()
    assert "clipped" in " ".join(sound_from_samples(np.clip(voice * 4, -1, 1), 16000).notices)
    assert "very quiet (peak -63 dB)" in " ".join(sound_from_samples(voice / 1000, 16000).notices)
    assert "silent" in " ".join(sound_from_samples(0 * voice, 16000).notices)
    loud_sine = np.sin(2 * np.pi * 300 * np.arange(16000) / 16000).astype(np.float32)
    assert sound_from_samples(loud_sine, 16000).notices == ()
    wild = open_sound(encode(tmp_path / "wild.wav", voice * 20000, 16000, "pcm_f32le"))
    assert "scaled down" in " ".join(wild.notices)
    assert 0.9 < np.abs(wild.mono(16000)).max() <= 1.0


def test_a_late_sound_waits_for_its_picture(tmp_path: Path) -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("no ffmpeg here to shift a stream with")
    wanted = bursts(44100)
    write_wav(tmp_path / "in.wav", sound_from_samples(wanted, 44100))
    shifted = ["-f", "lavfi", "-i", "testsrc=s=64x48:r=25:d=4", "-itsoffset", "0.5", "-i", tmp_path / "in.wav"]
    subprocess.run(["ffmpeg", "-v", "error", *shifted, "-c:a", "flac", tmp_path / "late.mkv"], check=True)
    sound = open_sound(tmp_path / "late.mkv")
    assert offset_ms(sound.mono(44100), wanted, 44100) == pytest.approx(500, abs=2)  # Matroska counts in milliseconds
    assert "0.50 s after the picture" in " ".join(sound.notices)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.opus", "a.ogg", "a.m4a", "a.webm", "v.mp4", "v.mkv", "a.aiff", "faststart.mp4"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_cut_file_is_refused(name: str, share: float, tmp_path: Path) -> None:
    codec = {"wav": "pcm_s16le", "flac": "flac", "mp3": "libmp3lame", "opus": "libopus", "ogg": "vorbis", "webm": "libopus", "aiff": "pcm_s16be"}
    how: dict = {"video": True} if name[0] == "v" else {"options": {"movflags": "+faststart"}} if name[0] == "f" else {}
    noise = np.random.default_rng(1).standard_normal(48000 * 4).astype(np.float32) * np.float32(0.1)
    kind = codec.get(name.rpartition(".")[2], "aac")
    path = encode(tmp_path / name, np.stack([noise] * 2, 1) if kind in STEREO else noise, 48000, kind, **how)
    whole = path.read_bytes()
    assert open_sound(path).duration_s == pytest.approx(4, abs=0.05)
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(InvalidInput, match=r"is cut off: .*; copy or export it again"):
        open_sound(path)


def test_the_first_of_two_tracks_may_be_the_shorter(tmp_path: Path) -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("no ffmpeg here to put two tracks into a file")
    for name, seconds in (("a", 1.0), ("b", 3.0)):
        write_wav(tmp_path / f"{name}.wav", sound_from_samples(bursts(16000, seconds), 16000))
    both = ["-i", tmp_path / "a.wav", "-i", tmp_path / "b.wav", "-map", "0", "-map", "1", "-c:a", "flac", tmp_path / "two.mka"]
    subprocess.run(["ffmpeg", "-v", "error", *both], check=True)
    sound = open_sound(tmp_path / "two.mka")
    assert sound.duration_s == pytest.approx(1.0, abs=0.01)
    assert "the first of 2 sound tracks is used" in sound.notices


def test_a_few_missing_bytes_are_a_notice(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.wav", bursts(16000, 10.0), 16000, "pcm_s16le")
    path.write_bytes(path.read_bytes()[:-10000])
    sound = open_sound(path)
    assert sound.duration_s == pytest.approx(10 - 5000 / 16000)
    assert "ends early: 9.69 of 10.00 s" in " ".join(sound.notices)


def test_a_header_that_promises_nothing_is_believed(tmp_path: Path) -> None:
    """What a recorder writes into a pipe carries no sizes."""
    path = encode(tmp_path / "pipe.wav", bursts(16000), 16000, "pcm_s16le")
    raw = bytearray(path.read_bytes())
    raw[4:8] = struct.pack("<I", 0xFFFFFFFF)
    at = raw.index(b"data") + 4
    raw[at : at + 4] = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(raw)
    assert open_sound(path).frames == 48000


def _bad(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.wav"
    random = np.random.default_rng(0)
    if kind == "a folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "noise":
        path.write_bytes(random.bytes(200_000))
    elif kind == "noise.mp3":
        path = folder / "noise.mp3"
        path.write_bytes(random.bytes(200_000))
    elif kind == "text":
        path.write_text("It is not a sound. " * 200)
    elif kind == "text.txt":
        path = folder / "text.txt"
        path.write_text("It is not a sound. " * 200)
    elif kind == "picture":
        with path.open("wb") as file:
            from engine.export.png import encode_png

            file.write(encode_png(np.zeros((8, 8, 3), np.uint8)))
    elif kind == "four bytes":
        path.write_bytes(b"RIFF")
    elif kind == "no samples":
        with wave.open(str(path), "wb") as out:
            out.setparams((1, 2, 16000, 0, "NONE", ""))
    elif kind == "header only":
        path.write_bytes(encode(folder / "whole.wav", bursts(16000), 16000, "pcm_s16le").read_bytes()[:40])
    return path


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("missing", "does not exist; check the name"),
        ("x" * 300, "cannot be reached|does not exist"),
        ("a folder", "is a folder; give a sound or video file"),
        ("empty", r"is empty \(0 bytes\)"),
        ("noise", "not a sound or video file that can be read"),
        ("noise.mp3", "cannot be decoded"),
        ("text", "not a sound or video file that can be read"),
        ("text.txt", "holds no sound"),
        ("picture", "holds no sound"),
        ("four bytes", "not a sound or video file that can be read"),
        ("no samples", r"holds no sound \(0 samples\)"),
        ("header only", r"is cut off: 40 of \d+ bytes are there"),
    ],
)
def test_what_is_not_a_sound_is_refused(kind: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=said) as caught:
        open_sound(_bad(tmp_path, kind))
    assert caught.value.exit_status == 2 and caught.value.remedy


def test_a_video_without_sound_is_refused(tmp_path: Path) -> None:
    from fractions import Fraction

    from engine.export.mp4 import write_mp4

    write_mp4(tmp_path / "silent.mp4", iter([np.zeros((48, 64, 3), np.uint8)] * 3), (64, 48), Fraction(25), None, 3)
    with pytest.raises(InvalidInput, match="is a video without sound; give a file that has a sound track"):
        open_sound(tmp_path / "silent.mp4")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(InvalidInput, match="is not a file"):
        open_sound(tmp_path / "pipe.wav")


@pytest.mark.parametrize(("value", "said"), [(np.nan, r"not a number \(NaN\) at 1\.000 s"), (np.inf, r"an infinite sample at 1\.000 s")])
def test_samples_that_are_no_numbers_are_refused(value: float, said: str, tmp_path: Path) -> None:
    samples = bursts(16000)
    samples[16000] = value
    with pytest.raises(InvalidInput, match=said):
        sound_from_samples(samples, 16000)
    raw = bytearray(encode(tmp_path / "a.wav", bursts(16000), 16000, "pcm_f32le").read_bytes())
    at = raw.index(b"data") + 8 + 4 * 16000
    raw[at : at + 4] = struct.pack("<f", value)
    (tmp_path / "a.wav").write_bytes(raw)
    with pytest.raises(InvalidInput, match=said):
        open_sound(tmp_path / "a.wav")


def test_a_nan_beyond_the_first_minute_is_met_while_streaming(tmp_path: Path) -> None:
    raw = bytearray(encode(tmp_path / "a.wav", bursts(8000, 70.0), 8000, "pcm_f32le").read_bytes())
    at = raw.index(b"data") + 8 + 4 * 8000 * 65
    raw[at : at + 4] = struct.pack("<f", np.nan)
    (tmp_path / "a.wav").write_bytes(raw)
    sound = open_sound(tmp_path / "a.wav")
    with pytest.raises(InvalidInput, match=r"NaN\) at 65\.000 s"):
        sound.mono(16000)


def test_a_file_that_vanishes_is_said(tmp_path: Path) -> None:
    sound = open_sound(encode(tmp_path / "a.wav", bursts(16000), 16000, "pcm_s16le"))
    (tmp_path / "a.wav").unlink()
    with pytest.raises(InvalidInput, match="does not exist"):
        sound.mono(16000)


def test_the_digest_is_of_the_content(tmp_path: Path) -> None:
    first = encode(tmp_path / "a.wav", bursts(16000), 16000, "pcm_s16le")
    shutil.copy(first, tmp_path / "b.wav")
    other = encode(tmp_path / "c.wav", bursts(16000, seed=4), 16000, "pcm_s16le")
    assert open_sound(first).digest == open_sound(tmp_path / "b.wav").digest != open_sound(other).digest
    assert sound_from_samples(bursts(16000), 16000).digest != sound_from_samples(bursts(16000), 16001).digest


def test_wav_round_trip(tmp_path: Path) -> None:
    wide = np.stack([bursts(22050), bursts(22050, seed=5)], 1)
    write_wav(tmp_path / "a.wav", sound_from_samples(wide, 22050))
    back = np.concatenate(list(open_sound(tmp_path / "a.wav").blocks(mono=False)))
    assert back.shape == wide.shape and np.abs(back - wide).max() <= 0.5 / 32768
    write_wav(tmp_path / "b.wav", iter([wide[:100, 0], 3 * wide[100:200, 0]]), 22050)
    assert np.abs(open_sound(tmp_path / "b.wav").mono(22050)).max() <= 1.0


def test_wav_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write_wav(tmp_path / "none" / "a.wav", sound_from_samples(bursts(16000), 16000))
    with pytest.raises(InvalidInput, match="no samples"):
        write_wav(tmp_path / "a.wav", iter([]), 16000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("samples", "said"),
    [(np.zeros(10), "must be float32"), (np.zeros((2, 3, 4), np.float32), r"\[S\] or \[S, C\]"), (np.zeros(0, np.float32), "S >= 1")],
)
def test_samples_of_another_shape_are_refused(samples: Samples, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        sound_from_samples(samples, 16000)


def test_damage_costs_what_is_damaged(tmp_path: Path) -> None:
    """Not the time of what follows."""
    wanted = bursts(44100)
    path = encode(tmp_path / "a.flac", wanted, 44100, "flac")
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 40] = bytes(40)
    path.write_bytes(raw)
    found = open_sound(path).mono(44100)
    half = len(wanted) * 3 // 4
    assert abs(offset_ms(found[half:], wanted[half:], 44100)) < 0.05


def test_a_damaged_length_ends_the_sound_there(tmp_path: Path) -> None:
    path = encode(tmp_path / "x.m4a", bursts(48000), 48000, "aac")
    raw = bytearray(path.read_bytes())
    sizes = raw.index(b"stsz") + 16  # the size of every packet follows
    raw[sizes + 4 * 70 : sizes + 4 * 71] = struct.pack(">I", 0x3FFFFFFF)
    path.write_bytes(raw)
    with pytest.raises(InvalidInput, match=r"is (damaged|cut off)"):
        open_sound(path)


def test_real_recordings_open(shared_data: Path) -> None:
    sound = open_sound(shared_data / "speech" / "jfk" / "jfk.wav")
    assert (sound.sample_rate, sound.channels, sound.duration_s, sound.notices) == (16000, 1, 11.0, ())
    clip = next(p for p in sorted((shared_data / "video" / "grid_s1").iterdir()) if p.suffix in (".mpg", ".mp4", ".mov", ".avi"))
    video = open_sound(clip)
    assert 2.5 < video.duration_s < 3.5 and "video" in " ".join(video.notices)
