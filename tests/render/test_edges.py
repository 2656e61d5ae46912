import numpy as np

from engine.render.edges import smooth_edges


def halves(slope: float) -> np.ndarray:
    """A bright and a dark half with a staircase between them."""
    y, x = np.mgrid[:64, :64]
    front = y > 20 + slope * x
    picture = np.zeros((64, 64, 4), np.uint8)
    picture[front] = (200, 150, 100, 255)
    picture[~front] = (20, 30, 40, 0)
    return picture


def test_a_staircase_becomes_a_ramp_near_the_true_coverage():
    slope = 0.3
    picture = halves(slope)
    smooth_edges(picture)
    y, x = np.mgrid[:64, :64]
    true = np.clip(0.5 + (y - 20 - slope * x) / np.hypot(1, slope), 0, 1)
    got = (picture[..., 0].astype(float) - 20) / 180
    inner = (slice(4, 60), slice(4, 60))
    hard = np.abs((halves(slope)[..., 0].astype(float) - 20) / 180 - true)[inner]
    error = np.abs(got - true)[inner]
    assert error.max() < 0.25 and error.sum() < 0.4 * hard.sum()


def test_only_the_edge_changes():
    before = halves(0.0)
    after = before.copy()
    smooth_edges(after)
    rows = np.nonzero((before != after).any((1, 2)))[0]
    assert set(rows) <= {20, 21}
    assert np.array_equal(before[..., 3], after[..., 3])


def test_detail_within_one_thing_is_left_alone():
    picture = np.zeros((32, 32, 4), np.uint8)
    picture[::2, :, :3] = 255
    picture[..., 3] = 77
    before = picture.copy()
    smooth_edges(picture)
    assert np.array_equal(picture, before)
