"""Performances of the pipeline: what a change recomputes, what comes first, what is laid over them, takes."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from engine.core.channels import CHANNELS, INDEX
from engine.core.curves import Curve, Key
from engine.core.errors import Cancelled
from engine.core.jobs import SILENT, Job
from engine.pipeline import LinePipeline, _Progress, alone, analysed, typed_line
from engine.project.document import LineDoc, Settings
from engine.project.parts import Blink, Layer, Pin, TakeClip, TrackState
from engine.project.storage import ProjectFile
from engine.systems import articulation
from engine.systems.performer import BLOCK

RATE = Fraction(30)


def flat(value: float) -> Curve:
    return Curve((Key(0.0, value),))


@pytest.fixture(scope="module")
def spoken() -> LineDoc:
    """A typed line of about 20 s with its phonemes."""
    line = typed_line("Bob may pay the fee for five moving puppets. Who will show the way through? " * 4)
    return analysed(LinePipeline(), alone(line), line.id).line(line.id)


@pytest.fixture
def happy(spoken) -> LineDoc:
    keys = tuple(Key(float(t), 0.3 + 0.1 * (t % 3)) for t in range(0, 18, 3))
    return replace(spoken, emotions={"happy": Curve(keys)})


@pytest.fixture
def blocks(monkeypatch) -> list[int]:
    """Lengths of the stretches whose lips were held, as they are worked out."""
    held: list[int] = []
    hold_gap = articulation.hold_gap

    def spy(values, *rest):
        held.append(len(values))
        return hold_gap(values, *rest)

    monkeypatch.setattr(articulation, "hold_gap", spy)
    return held


def with_key(line: LineDoc, time_s: float, value: float) -> LineDoc:
    return replace(line, emotions={"happy": line.emotions["happy"].with_key(Key(time_s, value))})


def test_a_moved_key_recomputes_the_blocks_it_reaches_to_the_same_bytes(happy, blocks) -> None:
    work = LinePipeline()
    before = work.performance(happy, RATE)
    whole = len(blocks)
    assert whole == -(-len(before.final) // BLOCK) >= 4
    blocks.clear()
    changed = with_key(happy, 12.0, 0.9)
    after = work.performance(changed, RATE)
    assert 0 < len(blocks) < whole
    assert np.array_equal(after.final.values, LinePipeline().performance(changed, RATE).final.values)
    assert not np.array_equal(after.final.values, before.final.values)


@pytest.mark.parametrize("seed", range(3))
def test_a_chain_of_edits_ends_in_the_bytes_of_a_fresh_run(happy, seed) -> None:
    random = np.random.default_rng(seed)
    work, line = LinePipeline(), happy
    for _ in range(6):
        kind = random.integers(5)
        time, value = float(random.uniform(0, 17)), float(random.uniform(0, 0.8))
        if kind == 0:
            line = with_key(line, time, value)
        elif kind == 1:
            line = replace(line, layers=(Layer("l", "l", curves={"jawOpen": flat(value - 0.4), "amounts/head": flat(value)}),))
        elif kind == 2:
            line = replace(line, pins=(Pin("p", time, {"browInnerUp": value}),), seed=int(random.integers(3)))
        elif kind == 3:
            line = replace(line, intensity=flat(2 * value), blinks=(Blink("b", time),))
        else:
            line = replace(line, phonemes=replace(line.phonemes, strengths=tuple(random.uniform(0, 2, len(line.phonemes)))))
        found = work.performance(line, RATE, near_s=time)
    fresh = LinePipeline().performance(line, RATE)
    assert np.array_equal(found.final.values, fresh.final.values) and np.array_equal(found.base.values, fresh.base.values)


@pytest.mark.parametrize("near_s", [None, 0.0, 7.0, 1000.0])
def test_parts_come_nearest_first_and_make_up_the_whole(happy, near_s) -> None:
    line = replace(happy, layers=(Layer("l", "l", curves={"browInnerUp": flat(0.3)}),), sync_offset_s=0.1)
    parts: list[tuple[int, np.ndarray, np.ndarray]] = []
    found = LinePipeline().performance(line, RATE, near_s=near_s, on_part=lambda *part: parts.append(part))
    final, base = np.full_like(found.final.values, np.nan), np.full_like(found.final.values, np.nan)
    for start, seen, below in parts:
        final[start : start + len(seen)], base[start : start + len(below)] = seen, below
    assert np.array_equal(final, found.final.values) and np.array_equal(base, found.base.values)
    first = parts[0][0]
    assert first <= min((near_s or 0.0) * 30, len(final) - 1) < first + BLOCK
    if near_s == 7.0:
        away = [abs(start + BLOCK / 2 - 210) for start, _, _ in parts]
        assert away[-1] == max(away) and away[0] == min(away)


def test_only_layers_changed_performs_nothing_again(happy, blocks, monkeypatch) -> None:
    work = LinePipeline()
    line = replace(happy, layers=(Layer("l", "l", curves={"browInnerUp": flat(0.3)}),))
    first = work.performance(line, RATE)
    blocks.clear()
    monkeypatch.setattr(articulation, "trajectories", None)
    for change in (
        {"layers": (Layer("l", "l", curves={"browInnerUp": flat(0.5)}),)},
        {"layers": ()},
        {"pins": (Pin("p", 1.0, {"jawOpen": 0.5}),)},
        {"sync_offset_s": 0.2},
        {"trim_start_s": 1.0},
    ):
        assert work.performance(replace(line, **change), RATE).final is not first.final
    assert not blocks


def test_the_base_is_what_lies_below_the_layers(happy) -> None:
    work = LinePipeline()
    plain = work.performance(happy, RATE)
    assert plain.base is plain.final
    layered = work.performance(replace(happy, layers=(Layer("l", "l", curves={"browInnerUp": flat(0.3)}),)), RATE)
    assert np.array_equal(layered.base.values, plain.final.values)
    up = layered.final.channel("browInnerUp") - plain.final.channel("browInnerUp")
    assert up.max() == pytest.approx(0.3, abs=1e-6) and up.min() >= 0.0


def test_layers_direct_the_performer(spoken) -> None:
    work = LinePipeline()
    layer = Layer("l", "l", start_s=5.0, end_s=9.0, curves={"emotions/happy": flat(0.8), "amounts/head": flat(-1.0)})
    found, plain = work.performance(replace(spoken, layers=(layer,)), RATE), work.performance(spoken, RATE)
    smile = found.final.channel("cheekSquintLeft")
    assert smile[200:260].min() > 0.4 and smile[:150].max() == 0.0 and found.base is found.final
    head = [INDEX["headRotX"], INDEX["headRotY"]]
    assert np.abs(found.final.values[200:250, head]).max() < 0.03 < np.abs(plain.final.values[200:250, head]).max()


def test_events_that_were_played_are_told_and_can_be_set_down(spoken) -> None:
    work = LinePipeline()
    found = work.performance(spoken, RATE)
    assert len(found.blinks) >= 3 and len(found.gazes) > 5
    frozen = replace(spoken, blinks=found.blinks, gazes=found.gazes)
    assert np.array_equal(work.performance(frozen, RATE).final.values, found.final.values)
    other = replace(frozen, blinks=(Blink("mine", 2.0),), seed=99)
    assert work.performance(other, RATE).blinks == other.blinks
    still = replace(spoken, track_states={"events": TrackState(mute=True)})
    assert work.performance(still, RATE).final.channel("eyeBlinkLeft").max() == 0.0


def test_a_characters_visemes_shape_its_lines(spoken) -> None:
    work = LinePipeline()
    ours, other = (work.motion(spoken, RATE, visemes=table) for table in (None, {"f": {"round": 1.0}}))
    assert other.channel("mouthPucker").mean() > 1.1 * ours.channel("mouthPucker").mean()
    assert work.motion(spoken, RATE, visemes={}) is ours


def test_a_cancelled_performance_stops_at_the_next_part_and_leaves_no_trace(happy) -> None:
    work, parts, job = LinePipeline(), [], Job()

    def stop(*part) -> None:
        parts.append(part)
        job.cancel()

    with pytest.raises(Cancelled):
        work.performance(happy, RATE, job, near_s=10.0, on_part=stop)
    assert len(parts) == 1
    assert np.array_equal(work.performance(happy, RATE).final.values, LinePipeline().performance(happy, RATE).final.values)


def test_results_do_not_pile_up(happy, monkeypatch) -> None:
    monkeypatch.setattr("engine.pipeline.KEPT_BYTES", 3 << 20)
    work = LinePipeline()
    for n in range(30):
        work.performance(with_key(happy, 5.0, n / 40), RATE)
    assert work._performances.bytes_kept <= 3 << 20 and work._held.bytes_kept <= 3 << 19


# --- takes -------------------------------------------------------------------------------------------------------------------------


def test_a_take_is_made_kept_and_played_from_the_project(spoken, tmp_path) -> None:
    take, data = LinePipeline().take(spoken, RATE, 7, "Take 1")
    assert (take.seed, take.system, take.name) == (7, "performer", "Take 1") and 0.0 < take.score <= 1.0
    line = replace(spoken, takes=(take,), take_clips=(TakeClip("c", take.id, 0.0, 100.0),))
    with ProjectFile.create(tmp_path / "x.viva", alone(line, Settings(rate=RATE))) as project:
        assert project.blobs.put(data, "take") == take.motion
    with ProjectFile.open(tmp_path / "x.viva") as project:
        found = LinePipeline(project.media).performance(project.document.line(line.id), RATE)
    wanted = LinePipeline().motion(replace(spoken, seed=7), RATE)
    assert np.array_equal(found.final.values, wanted.values) and not found.notices
    assert np.abs(found.final.values - LinePipeline().motion(spoken, RATE).values).max() > 0.01


def test_a_take_plays_before_it_is_stored_and_a_missing_one_is_told(spoken) -> None:
    work = LinePipeline()
    take, _ = work.take(spoken, RATE, 7, "Take 1")
    line = replace(spoken, takes=(take,), take_clips=(TakeClip("c", take.id, 1.0, 3.0, ("head",)),))
    assert not np.array_equal(work.motion(line, RATE).values, work.motion(spoken, RATE).values)
    elsewhere = LinePipeline().performance(line, RATE)
    assert np.array_equal(elsewhere.final.values, work.motion(spoken, RATE).values)
    assert any("take 'Take 1' does not play" in notice and "make the take again" in notice for notice in elsewhere.notices)


def test_a_take_is_stale_when_what_it_was_made_from_changed(spoken) -> None:
    work = LinePipeline()
    take, _ = work.take(spoken, RATE, 7, "Take 1")
    assert not work.stale(spoken, take) and not work.stale(replace(spoken, seed=3, pins=(Pin("p", 1.0, {"jawOpen": 0.1}),)), take)
    assert work.stale(replace(spoken, emotions={"sad": flat(0.3)}), take)


def test_everything_at_once_stays_inside_the_channels_limits(happy) -> None:
    work = LinePipeline()
    take, _ = work.take(happy, RATE, 1, "t")
    layers = tuple(Layer(f"l{i}", "l", ("additive", "override")[i % 2], curves={n: flat(0.9)}) for i, n in enumerate(CHANNELS[:30]))
    line = replace(happy, takes=(take,), take_clips=(TakeClip("c", take.id, 2.0, 8.0),), layers=layers, pins=(Pin("p", 3.0, {"jawOpen": 1.0}),))
    values = work.performance(replace(line, sync_offset_s=-0.2, trim_end_s=15.0), RATE).final.values
    assert np.isfinite(values).all() and values[:, :52].min() >= 0.0 and values[:, :52].max() <= 1.0


@pytest.mark.parametrize("near_s", [0.0, 2.1, 4.2, 4.26, 100.0])
def test_the_block_at_the_playhead_is_the_first(near_s) -> None:
    order = _Progress(SILENT, near_s, None).order(640, Fraction(30))
    frame = min(int(near_s * 30), 639)
    assert order[0] <= frame < order[0] + BLOCK and sorted(order) == list(range(0, 640, BLOCK))
