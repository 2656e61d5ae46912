"""Frame tokens by whichever encoder is chosen."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import InvalidInput, MissingAsset
from engine.speech.tokens import OURS, FrameTokens, encoders, frame_tokens

FOREIGN = Path(__file__).parent / "foreign"
NOISE = np.random.default_rng(0).normal(0, 0.1, 5000).astype(np.float32)


def test_a_persons_own_encoder_takes_the_place_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_MODELS", str(tmp_path))
    shutil.copytree(FOREIGN / "hubert_group", tmp_path / "mine")
    assert encoders() == (OURS, "mine")
    mine = frame_tokens(NOISE, "mine")
    assert mine.values.shape == (16, 16) and mine.values.dtype == np.float32
    assert not np.array_equal(mine.values, frame_tokens(NOISE, "mine", layer=1).values)


def test_ours_are_on_the_same_clock() -> None:
    ours = frame_tokens(NOISE)
    assert len(ours.values) == 16 and ours.name == OURS and ours.hash


def test_tokens_of_another_encoder_are_refused() -> None:
    tokens = FrameTokens(np.zeros((1, 2), np.float32), "mine", "ab")
    tokens.check("mine", "ab")
    for name, digest in (("mine", "cd"), (OURS, "ab")):
        with pytest.raises(InvalidInput, match="are wanted; hear the sound with that encoder"):
            tokens.check(name, digest)


def test_what_cannot_be_chosen() -> None:
    with pytest.raises(MissingAsset, match="no model 'nobody'"):
        frame_tokens(NOISE, "nobody")
    with pytest.raises(InvalidInput, match="no layer 3 to choose"):
        frame_tokens(NOISE, layer=3)
