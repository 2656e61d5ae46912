import itertools
import logging
import random
from collections.abc import Iterator

import pytest

from engine.bench.random_edits import RandomEdits, start_document, unmerged
from engine.core.curves import Key
from engine.core.errors import InvalidInput
from engine.project.document import export_json
from engine.project.edits import Composite, MoveBoundary, MoveKey, SetAmount, SetKey, SetSeed
from engine.project.history import History, MemoryJournal
from engine.project.storage import ProjectFile

LINE = "line0"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["in memory", "in a file"])
def history(clock, request, tmp_path) -> Iterator[History]:
    if request.param == "in memory":
        yield History(start_document(), clock=clock)
        return
    with ProjectFile.create(tmp_path / "p.viva", start_document()) as project:
        yield History(project.document, project, clock=clock)


def test_undo_and_redo(history) -> None:
    start = history.document
    assert not history.can_undo and history.undo_label == "Undo" and not history.undo()
    history.apply(SetAmount(LINE, "jaw", 2.0))
    done = history.document
    assert history.undo_label == "Undo Change jaw" and history.can_undo and not history.can_redo
    assert history.undo().what == {"amounts"}
    assert history.document == start and history.redo_label == "Redo Change jaw"
    history.redo()
    assert history.document == done and history.redo_label == "Redo" and not history.redo()


def test_an_edit_after_an_undo_drops_what_was_undone(history) -> None:
    history.apply(SetSeed(LINE, 1))
    history.undo()
    history.apply(SetSeed(LINE, 2))
    assert not history.can_redo and history.document.line(LINE).seed == 2


def test_nothing_changed_is_no_step_and_a_refused_edit_neither(history) -> None:
    history.apply(SetSeed(LINE, 0))
    with pytest.raises(InvalidInput):
        history.apply(SetSeed("nobody", 0))
    assert not history.can_undo and history.document == start_document()


def test_quick_edits_of_one_slider_are_one_step_and_slow_ones_are_not(history, clock) -> None:
    for value in (1.1, 1.2, 1.3):
        clock.now += 0.5
        history.apply(SetAmount(LINE, "jaw", value))
    assert history.journal.count == 1 and history.document.line(LINE).amounts["jaw"] == 1.3
    clock.now += 1.0
    history.apply(SetAmount(LINE, "jaw", 1.4))
    history.apply(SetAmount(LINE, "head", 1.4))
    assert history.journal.count == 3
    for _ in range(3):
        history.undo()
    assert history.document == start_document()


def test_an_undo_ends_the_merging(history) -> None:
    history.apply(SetAmount(LINE, "jaw", 1.1))
    history.apply(SetAmount(LINE, "head", 1.1))
    history.undo()
    history.apply(SetAmount(LINE, "jaw", 1.2))
    assert history.journal.count == 2
    history.undo()
    assert history.document.line(LINE).amounts["jaw"] == 1.1
    history.undo()
    history.apply(SetAmount(LINE, "jaw", 1.3))
    assert history.journal.count == history.journal.cursor == 1
    history.undo()
    assert history.document == start_document()


def test_a_drag_is_one_step_shown_at_once_and_written_at_its_end(history) -> None:
    start = history.document
    bound = start.line(LINE).phonemes.bounds_s[5]
    history.begin_drag()
    for i in range(1, 50):
        history.apply(MoveBoundary(LINE, 5, bound + i * 1e-4, ripple=True))
        assert history.document.line(LINE).phonemes.bounds_s[5] == pytest.approx(bound + i * 1e-4)
    assert history.journal.count == 0 and not history.is_clean and history.can_undo
    history.end_drag()
    assert history.journal.count == 1 and history.undo_label == "Undo Move boundary"
    done = history.document
    assert done == MoveBoundary(LINE, 5, bound + 49e-4, ripple=True).apply(start).document, "as if moved there in one go"
    history.undo()
    assert history.document == start
    history.redo()
    assert history.document == done


def test_a_drag_back_to_where_it_began_leaves_no_step_and_what_was_undone_stays(history) -> None:
    history.apply(SetSeed(LINE, 1))
    history.undo()
    start = history.document
    bound = start.line(LINE).phonemes.bounds_s[5]
    with history.drag():
        for shift in (0.003, -0.002, 0.004, 0.0):
            history.apply(MoveBoundary(LINE, 5, bound + shift))
    assert history.document == start and history.can_redo and not history.can_undo


def test_a_key_dragged_over_another_spares_it(history) -> None:
    history.apply(SetKey(LINE, "emotions/sad", Key(1.0, 0.2)))
    history.apply(SetKey(LINE, "emotions/sad", Key(2.0, 0.8)))
    with history.drag():
        for time_s in (1.5, 2.0, 2.5):
            history.apply(MoveKey(LINE, "emotions/sad", 1.0, Key(time_s, 0.2)))
    assert [k.time_s for k in history.document.line(LINE).curve("emotions/sad").keys] == [2.0, 2.5]


def test_a_drag_of_several_things_is_one_named_step(history) -> None:
    start = history.document
    with history.drag("Pose head"):
        for i in range(5):
            history.apply(SetAmount(LINE, "head", 1 + i / 10))
            history.apply(SetAmount(LINE, "gaze", 1 - i / 10))
            history.apply(SetSeed(LINE, i + 1))
    assert history.undo_label == "Undo Pose head" and history.journal.count == 1
    done = history.document
    history.undo()
    assert history.document == start
    history.redo()
    assert history.document == done


def test_a_composite_with_a_key_merges_too(history) -> None:
    with history.drag():
        for i in range(1, 4):
            history.apply(Composite((SetAmount(LINE, "head", 1 + i / 10), SetSeed(LINE, i)), "Both", key="both"))
    assert isinstance(history.journal.step(0).edit, Composite) and history.journal.step(0).edit.edits[1] == SetSeed(LINE, 3)


def test_a_cancelled_drag_never_was(history) -> None:
    start = history.document
    changes = []
    history.subscribe(lambda document, change: changes.append((document, change)))
    history.begin_drag()
    history.apply(SetAmount(LINE, "jaw", 2.0))
    history.cancel_drag()
    assert history.document == start and not history.can_undo and changes[-1][0] == start and changes[-1][1].what == {"amounts"}
    history.begin_drag()
    history.apply(SetAmount(LINE, "jaw", 2.0))
    history.undo()
    assert history.document == start and not history.dragging and not history.can_redo
    with pytest.raises(ZeroDivisionError), history.drag():
        history.apply(SetAmount(LINE, "jaw", 2.0))
        raise ZeroDivisionError
    assert history.document == start


def test_listeners_hear_of_every_change_and_a_failing_one_is_logged(history, caplog) -> None:
    heard = []

    def fail(document, change):
        raise RuntimeError("a view is broken")

    history.subscribe(fail)
    stop = history.subscribe(lambda document, change: heard.append((document.line(LINE).seed, change.what)))
    with caplog.at_level(logging.ERROR):
        history.apply(SetSeed(LINE, 7))
    assert heard == [(7, {"seed"})] and "a view is broken" in caplog.text
    history.undo()
    assert heard[-1] == (0, {"seed"})
    stop()
    stop()
    history.redo()
    assert len(heard) == 2


def test_a_change_made_by_a_listener_is_told_after_the_one_it_answers(history) -> None:
    order = []

    def answer(document, change):
        if "seed" in change.what:
            history.apply(SetAmount(LINE, "jaw", 2.0))

    history.subscribe(answer)
    history.subscribe(lambda document, change: order.append(sorted(change.what)))
    history.apply(SetSeed(LINE, 1))
    assert order == [["seed"], ["amounts"]]


def test_clean_is_where_the_person_saved(history) -> None:
    assert history.is_clean
    history.apply(SetSeed(LINE, 1))
    assert not history.is_clean
    history.mark_clean()
    history.apply(SetSeed(LINE, 2))
    history.undo()
    assert history.is_clean
    history.undo()
    assert not history.is_clean
    history.apply(SetSeed(LINE, 3))
    assert not history.is_clean, "the saved state is no longer to be reached"
    history.redo()
    assert not history.is_clean


def test_a_merge_into_the_saved_step_is_not_clean(history) -> None:
    history.apply(SetAmount(LINE, "jaw", 1.1))
    history.mark_clean()
    history.apply(SetAmount(LINE, "jaw", 1.2))
    assert not history.is_clean and history.journal.count == 2


def test_loading_another_document_keeps_the_listeners(history) -> None:
    heard = []
    history.subscribe(lambda document, change: heard.append(change))
    history.apply(SetSeed(LINE, 1))
    history.load(start_document())
    assert heard[-1].concerns("settings") and heard[-1].concerns("phonemes", line_id=LINE) and not history.can_undo and history.is_clean


@pytest.mark.parametrize("seed", range(4))
def test_random_walks_through_the_past_meet_the_same_documents(seed) -> None:
    chance, maker = random.Random(seed), RandomEdits(seed)
    journal = MemoryJournal()
    history = unmerged(start_document(), journal)
    states = [history.document]
    for _ in range(400):
        action = chance.random()
        if action < 0.45:
            before = journal.cursor
            with history.drag() if chance.random() < 0.3 else _no_drag():
                for _ in range(chance.choice((1, 1, 3))):
                    history.apply(maker.next(history.document))
            if journal.cursor > before:
                del states[before + 1 :]
                states.extend([history.document] * (journal.cursor - before))
                _fill(states, history, before)
        elif action < 0.75:
            history.undo()
        else:
            history.redo()
        assert history.document == states[journal.cursor]
    while history.can_undo:
        history.undo()
    assert export_json(history.document) == export_json(start_document())
    while history.can_redo:
        history.redo()
    assert history.document == states[-1]


class _no_drag:  # noqa: N801
    def __enter__(self) -> None: ...

    def __exit__(self, *args: object) -> None: ...


def _fill(states, history, before) -> None:
    """The states between, where several steps were made: found by applying the edits again, without the inverses."""
    for position in range(before + 1, len(states) - 1):
        states[position] = history.journal.step(position - 1).edit.apply(states[position - 1]).document


def test_ten_thousand_random_edits_undone_and_redone_are_identical() -> None:
    maker = RandomEdits(2024)
    history = unmerged(start_document())
    for _ in itertools.repeat(None, 10_000):
        history.apply(maker.next(history.document))
    done = export_json(history.document)
    while history.can_undo:
        history.undo()
    assert export_json(history.document) == export_json(start_document())
    while history.can_redo:
        history.redo()
    assert export_json(history.document) == done


def test_what_is_found_out_about_a_new_line_belongs_to_the_step_that_opened_it() -> None:
    history = unmerged(start_document())
    history.apply(SetSeed("line0", 1))
    history.extend(SetSeed("line0", 2), history.journal.cursor)
    assert (history.journal.count, history.undo_label, history.document.line("line0").seed) == (1, "Undo Change seed", 2)
    opened = history.journal.cursor
    history.apply(SetSeed("line0", 3))
    history.extend(SetSeed("line0", 4), opened)  # something was done since
    assert history.journal.count == 3
    for _ in range(3):
        history.undo()
    assert history.document == start_document()
    history.redo()
    assert history.document.line("line0").seed == 2
    history.undo()
    history.extend(SetSeed("line0", 5), history.journal.cursor)  # what was undone is not lost without a trace of why
    assert (history.journal.count, history.document.line("line0").seed) == (1, 5)
