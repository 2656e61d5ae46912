"""Eyes: lids that fall together, and looks that are hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.avatars.tracking import eyes
from engine.avatars.tracking.actor import somebody

ACTOR = replace(somebody({}, 1.7), lids=np.full(2, 0.3, np.float32))


def test_both_lids_blink_alike_and_a_wink_stays_a_wink() -> None:
    openings = np.array([[0.30, 0.30], [0.18, 0.07], [0.07, 0.07], [0.30, 0.07], [0.27, 0.25]])
    got = eyes.blink(openings, np.zeros((5, 2, 2)), ACTOR)
    assert got[0].max() == 0.0 and got[2].min() == 1.0
    assert got[1].min() > 0.6  # one lid is seen late
    assert got[3, 0] == 0.0 and got[3, 1] == 1.0
    assert got[4, 0] == got[4, 1] > 0.0


def test_a_lid_that_is_half_down_hides_where_an_eye_looks() -> None:
    seen = np.zeros((2, 2, 2))
    seen[:, :, 1] = -0.4  # a falling lid leaves only the lower part of an iris to be seen
    got = eyes.together(seen, np.array([[0.3, 0.3], [0.14, 0.14]]), ACTOR)
    assert np.isfinite(got[0]).all() and got[0, :, 1].max() < -0.2
    assert np.isnan(got[1]).all()
