from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch

from engine.core.channels import CHANNELS, INDEX
from engine.head.rig import HeadRig
from engine.render.offscreen import Offscreen


@pytest.fixture(scope="package")
def rig() -> HeadRig:
    return HeadRig()


@pytest.fixture(scope="package")
def offscreen() -> Iterator[Offscreen]:
    with Offscreen(192, 192) as made:
        yield made


@pytest.fixture(scope="package")
def values() -> Callable[..., np.ndarray]:
    """Channel values [63]; a name without its side sets both."""

    def make(**named: float) -> np.ndarray:
        row = np.zeros(len(CHANNELS), np.float32)
        for name, value in named.items():
            for full in [name] if name in INDEX else [f"{name}Left", f"{name}Right"]:
                row[INDEX[full]] = value
        return row

    return make


@pytest.fixture(scope="package")
def posed(rig, values) -> Callable[..., np.ndarray]:
    """Vertices [V, 3] for channel values."""

    def make(**named: float) -> np.ndarray:
        with torch.no_grad():
            return rig.pose(values(**named)[None])[0].numpy()

    return make
