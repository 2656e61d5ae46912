"""Capturing picture by picture."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.avatars.tracking import models
from engine.avatars.tracking.live import LiveCapture
from engine.avatars.tracking.settings import CaptureSettings
from engine.core.channels import CHANNELS, INDEX


@pytest.fixture(scope="module")
def face() -> NDArray[np.uint8]:
    if models.absent():
        pytest.skip("the landmark models are not here; `vivavoce doctor --fix` fetches them")
    with av.open(str(Path(__file__).parent / "face.jpg")) as container:
        return np.asarray(next(container.decode(video=0)).to_ndarray(format="rgb24"), np.uint8)


def test_somebody_is_known_after_some_pictures_and_lost_without_a_face(face: NDArray[np.uint8]) -> None:
    live = LiveCapture()
    got = [live.push(face, i / 30) for i in range(10)]
    assert got[0] is None and live.actor is not None
    assert got[-1] is not None and got[-1].shape == (len(CHANNELS),) and np.isfinite(got[-1]).all()
    assert live.seen is not None and live.seen.followed is not None
    assert got[-1][INDEX["eyeBlinkLeft"]] < 0.3 and abs(got[-1][INDEX["headRotY"]]) < 0.15
    assert live.push(np.zeros_like(face), 0.4) is None
    known = LiveCapture(live.actor)
    first = known.push(face, 0.0)
    assert first is not None  # who is known already is played from the first picture on
    np.testing.assert_allclose(first[INDEX["jawOpen"]], got[-1][INDEX["jawOpen"]], atol=0.05)
    known.settings = CaptureSettings(regions=("brows",))
    second = known.push(face, 1 / 30)
    assert second is not None and not second[INDEX["headRotX"]] and known.raw is not None and known.raw[INDEX["headRotX"]]
