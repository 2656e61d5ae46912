import random
from dataclasses import replace

import numpy as np
import pytest

from engine.bench.random_edits import RandomEdits, start_document
from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.project import codec
from engine.project.change import TOPICS
from engine.project.document import Character, Document, LineDoc, Media, Settings, Typed, export_json
from engine.project.edits import (
    MIN_PHONEME_S,
    AddLine,
    Change,
    Composite,
    Edit,
    MergePhonemes,
    MoveBoundary,
    MoveKey,
    RelabelPhoneme,
    RemoveKey,
    RemoveLine,
    ReplaceSource,
    SetAmount,
    SetAnalysis,
    SetCharacter,
    SetCurve,
    SetKey,
    SetSeed,
    SetSettings,
    SetTranscript,
    SpliceKeys,
    SpliceTrack,
    SplitPhoneme,
)  # fmt: skip
from engine.project.tracks import PhonemeTrack, TrackPart, Word

TRACK = PhonemeTrack(
    ("", "p", "a", "t", "", "m", "a", ""),
    (0.0, 0.1, 0.2, 0.4, 0.5, 0.6, 0.7, 0.9, 1.0),
    (None, (0.12, 0.18), None, (0.42, 0.48), None, (0.61, 0.69), None, None),
)
WORDS = (Word("pat", 0.1, 0.5), Word("ma", 0.6, 0.9))
HAPPY = "emotions/happy"


def document(**fields) -> Document:
    line = replace(LineDoc("l", "one", Media("a.wav", "0" * 64, 1.0, 48000), words=WORDS, phonemes=TRACK, method="alignment"), **fields)
    return Document("d", Settings(), (Character("c", "Ada", "ada", (line,)),))


def after(edit: Edit, before: Document | None = None) -> LineDoc:
    before = before or document()
    applied = edit.apply(before)
    assert applied.inverse.apply(applied.document).document == before
    return applied.document.line("l")


@pytest.mark.parametrize("seed", range(8))
def test_every_edit_is_undone_by_its_inverse_and_survives_json(seed) -> None:
    current, maker, seen = start_document(), RandomEdits(seed), set()
    for _ in range(250):
        edit = maker.next(current)
        applied = edit.apply(current)
        assert edit.apply(current).document == applied.document
        back = applied.inverse.apply(applied.document)
        assert back.document == current, edit
        assert export_json(back.document) == export_json(current), edit
        assert back.inverse.apply(back.document).document == applied.document, edit
        for one in (edit, applied.inverse):
            again = Edit.from_json(codec.loads(codec.dumps(one.to_json())))
            assert again == one
        assert Edit.from_json(codec.loads(codec.dumps(edit.to_json()))).apply(current).document == applied.document
        assert applied.change.what <= TOPICS
        assert bool(applied.change) or applied.document == current, edit
        seen.add(type(edit).__name__)
        current = applied.document
    assert len(seen) > 15


def test_the_random_edits_are_of_every_kind() -> None:
    current, maker = start_document(), RandomEdits(99)
    seen = set()
    for _ in range(1500):
        edit = maker.next(current)
        seen.add(type(edit).__name__)
        current = edit.apply(current).document
    assert seen == set(Edit._kinds)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_outside_the_range_of_a_change_is_different(seed) -> None:
    current, maker = start_document(), RandomEdits(seed)
    times = np.arange(0.0, 12.0, 0.0317)
    for _ in range(400):
        edit = maker.next(current)
        applied = edit.apply(current)
        change, new = applied.change, applied.document
        if change.line_id and current.has_line(change.line_id) and new.has_line(change.line_id):
            a, b = current.line(change.line_id), new.line(change.line_id)
            outside = times[(times < change.start_s - 1e-9) | (times >= change.end_s + 1e-9)]
            for name in {*a.emotions, *b.emotions}:
                np.testing.assert_array_equal(a.curve("emotions/" + name).evaluate(outside), b.curve("emotions/" + name).evaluate(outside), err_msg=str(edit))
            if a.phonemes and b.phonemes and a.phonemes != b.phonemes:
                assert "phonemes" in change.what
                for t in outside[outside < min(a.phonemes.duration_s, b.phonemes.duration_s)]:
                    assert a.phonemes.labels[a.phonemes.index_at(t)] == b.phonemes.labels[b.phonemes.index_at(t)], edit
            unnamed = {"emotions": "emotions", "amounts": "amounts", "seed": "seed", "words": "words", "source": "media", "transcript": "transcript"}
            for field, topic in unnamed.items():
                assert topic in change.what or getattr(a, field) == getattr(b, field), edit
        elif change.line_id is None and current != new:
            assert change.what
        current = new


def test_neighbours_share_the_boundary_and_words_and_closures_follow() -> None:
    line = after(MoveBoundary("l", 3, 0.45))
    assert line.phonemes.bounds_s == (0.0, 0.1, 0.2, 0.45, 0.5, 0.6, 0.7, 0.9, 1.0)
    assert line.phonemes.closures[3] == pytest.approx((0.46, 0.49))
    assert line.words == WORDS and line.phonemes_edited
    line = after(MoveBoundary("l", 4, 0.55))
    assert line.words == (Word("pat", 0.1, 0.55), Word("ma", 0.6, 0.9))


def test_a_boundary_stops_before_its_neighbours() -> None:
    assert after(MoveBoundary("l", 3, -5.0)).phonemes.bounds_s[3] == 0.2 + MIN_PHONEME_S
    assert after(MoveBoundary("l", 3, 5.0)).phonemes.bounds_s[3] == pytest.approx(0.5 - MIN_PHONEME_S)
    tiny = document(phonemes=PhonemeTrack(("a", "b", "c"), (0.0, 0.001, 0.002, 1.0)), words=None)
    assert after(MoveBoundary("l", 1, 0.5), tiny).phonemes == tiny.line("l").phonemes, "no room: it stays where it is"


def test_a_ripple_shifts_what_follows_up_to_the_next_pause() -> None:
    line = after(MoveBoundary("l", 2, 0.25, ripple=True))
    assert line.phonemes.bounds_s == pytest.approx((0.0, 0.1, 0.25, 0.45, 0.55, 0.6, 0.7, 0.9, 1.0))
    assert line.words == (Word("pat", 0.1, line.phonemes.bounds_s[4]), Word("ma", 0.6, 0.9))
    assert line.phonemes.closures[3] == pytest.approx((0.47, 0.53)), "moved, not stretched"
    most = after(MoveBoundary("l", 2, 9.0, ripple=True)).phonemes
    assert most.bounds_s[4] == pytest.approx(0.6 - MIN_PHONEME_S), "the pause keeps its least length"
    last = document(phonemes=PhonemeTrack(("a", "b", "c"), (0.0, 0.3, 0.6, 1.0)), words=None)
    assert after(MoveBoundary("l", 1, 0.4, ripple=True), last).phonemes.bounds_s == pytest.approx((0.0, 0.4, 0.7, 1.0)), "no pause: the last gives"


def test_relabel_keeps_a_closure_among_the_shut_lips_only() -> None:
    assert after(RelabelPhoneme("l", 1, "b")).phonemes.closures[1] == (0.12, 0.18)
    assert after(RelabelPhoneme("l", 1, "s")).phonemes.closures[1] is None
    assert after(RelabelPhoneme("l", 1, "")).phonemes.labels[1] == ""


def test_split_and_merge() -> None:
    line = after(SplitPhoneme("l", 1, 0.15))
    assert line.phonemes.labels == ("", "p", "p", "a", "t", "", "m", "a", "")
    assert line.phonemes.closures[1:3] == ((0.12, 0.15), (0.15, 0.18))
    assert after(SplitPhoneme("l", 1, 0.15, "h")).phonemes.closures[1:3] == ((0.12, 0.15), None)
    merged = after(MergePhonemes("l", 1, 2)).phonemes
    assert merged.labels[1] == "a" and merged.bounds_s[:3] == (0.0, 0.1, 0.4) and merged.closures[1] is None
    assert after(MergePhonemes("l", 1, 2, "p")).phonemes.closures[1] == (0.12, 0.18)
    again = MergePhonemes("l", 1, 2).apply(SplitPhoneme("l", 1, 0.15).apply(document()).document).document.line("l").phonemes
    assert again == TRACK, "what was split merges back whole, its closure too"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (MoveBoundary("l", 0, 0.1), "boundary 0 cannot go.*1 to 7"),
        (MoveBoundary("l", 8, 0.1), "boundary 8"),
        (MoveBoundary("l", 1, float("nan")), "nan"),
        (MoveBoundary("x", 1, 0.1), "no line x"),
        (RelabelPhoneme("l", 8, "a"), "no phoneme 8"),
        (RelabelPhoneme("l", -1, "a"), "no phoneme -1"),
        (RelabelPhoneme("l", 1, "much too long"), "8 characters"),
        (SplitPhoneme("l", 1, 0.101), "less than 5 ms"),
        (SplitPhoneme("l", 1, 0.7), "cut between 0.1 and 0.2"),
        (MergePhonemes("l", 7), "no phoneme 8"),
        (MergePhonemes("l", 1, 1), "1 phonemes"),
        (SpliceTrack("l", 7, 2, TrackPart(("a",), (0.9, 1.0))), "not in a track of 8"),
        (SpliceTrack("l", 0, 1, TrackPart(("a",), (0.0, 0.3))), "rise"),
        (SetKey("l", "emotions/bored", Key(0, 1)), "bored"),
        (SetKey("l", HAPPY, Key(0, 1.2)), "value 1.2.*0 to 1"),
        (SetCurve("l", HAPPY, Curve((Key(0, -0.1),))), "value -0.1"),
        (RemoveKey("l", HAPPY, 1.0), "no key at 1 s"),
        (MoveKey("l", HAPPY, 1.0, Key(2, 1)), "no key at 1 s"),
        (SpliceKeys("l", HAPPY, (1.0,)), "not where they should be"),
        (SetAmount("l", "jaw", 3.0), "outside 0 to 2"),
        (SetSeed("l", -1), "64-bit"),
        (AddLine("x", LineDoc("m", "m", Typed("t"))), "no character x"),
        (AddLine("c", LineDoc("l", "m", Typed("t"))), "used twice"),
        (RemoveLine("x"), "no line x"),
        (SetCharacter("c", avatar=""), "avatar"),
    ],
)
def test_impossible_edits_are_refused(edit, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        edit.apply(document())


def test_phonemes_cannot_be_edited_before_they_are_found() -> None:
    with pytest.raises(InvalidInput, match="no phonemes yet"):
        MoveBoundary("l", 1, 0.1).apply(document(phonemes=None))


def test_keys_are_set_moved_and_removed() -> None:
    start = SetCurve("l", HAPPY, Curve((Key(0.0, 0.0), Key(1.0, 0.5), Key(2.0, 1.0)))).apply(document()).document
    assert after(SetKey("l", HAPPY, Key(1.0, 0.9)), start).curve(HAPPY).keys[1].value == 0.9
    assert [k.time_s for k in after(SetKey("l", HAPPY, Key(0.5, 0.9)), start).curve(HAPPY).keys] == [0.0, 0.5, 1.0, 2.0]
    moved = after(MoveKey("l", HAPPY, 1.0, Key(2.0, 0.3)), start).curve(HAPPY)
    assert [(k.time_s, k.value) for k in moved.keys] == [(0.0, 0.0), (2.0, 0.3)], "the key in its way gives way"
    assert [k.time_s for k in after(RemoveKey("l", HAPPY, 1.0), start).curve(HAPPY).keys] == [0.0, 2.0]
    assert "happy" not in after(SetCurve("l", HAPPY, Curve()), start).emotions


@pytest.mark.parametrize("seed", range(3))
def test_the_range_of_a_key_edit_is_no_larger_than_two_keys_and_no_smaller_than_what_moves(seed) -> None:
    chance = random.Random(seed)
    current = SetCurve("l", HAPPY, Curve(tuple(Key(float(i), chance.random()) for i in range(20)))).apply(document()).document
    times = np.arange(0.0, 21.0, 0.0173)
    for _ in range(200):
        curve = current.line("l").curve(HAPPY)
        key, other = chance.choice(curve.keys), chance.choice(curve.keys)
        new = Key(chance.choice((chance.uniform(0, 20), other.time_s)), chance.random())
        edit = chance.choice((SetKey("l", HAPPY, new), MoveKey("l", HAPPY, key.time_s, new), RemoveKey("l", HAPPY, key.time_s)))
        if isinstance(edit, RemoveKey) and len(curve.keys) < 15:
            continue
        applied = edit.apply(current)
        a, b = curve.evaluate(times), applied.document.line("l").curve(HAPPY).evaluate(times)
        outside = (times < applied.change.start_s) | (times >= applied.change.end_s)
        np.testing.assert_allclose(a[outside], b[outside], atol=1e-12, err_msg=str(edit))
        if isinstance(edit, SetKey) and 6.0 < new.time_s < 14.0:
            assert outside.any(), "the middle of a curve does not reach its ends"
        current = applied.document


def test_a_key_within_a_microsecond_is_the_same_key_and_comes_back_exactly() -> None:
    start = SetKey("l", HAPPY, Key(1.0, 0.5)).apply(document()).document
    assert [k.time_s for k in after(SetKey("l", HAPPY, Key(1.0 + 5e-7, 0.7)), start).curve(HAPPY).keys] == [1.0 + 5e-7]


def test_changes_say_what_and_where() -> None:
    change = MoveBoundary("l", 4, 0.55).apply(document()).change
    assert change == Change(frozenset({"phonemes", "words"}), "l", 0.4, 0.6)
    assert RelabelPhoneme("l", 1, "b").apply(document()).change == Change(frozenset({"phonemes"}), "l", 0.1, 0.2)
    assert SetAmount("l", "jaw", 2.0).apply(document()).change == Change(frozenset({"amounts"}), "l")
    assert ReplaceSource("l", Typed("x")).apply(document()).change.what == {"media", "words", "phonemes"}
    assert SetTranscript("l", "x", "de").apply(document()).change.what == {"transcript"}
    assert SetTranscript("l", "", ears="encoder").apply(document()).change.what == {"transcript"}
    assert change.concerns("words", "seed") and change.concerns("words", line_id="l")
    assert not change.concerns("words", line_id="m") and not change.concerns("seed")


def test_an_edit_that_changes_nothing_says_so() -> None:
    line = document().line("l")
    nothing = (
        MoveBoundary("l", 3, 0.4), RelabelPhoneme("l", 1, "p"), SetAmount("l", "jaw", 1.0), SetSeed("l", 0), SetSettings(Settings()), Composite(),
        SetCharacter("c"), ReplaceSource("l", line.source), SetCurve("l", HAPPY, Curve()), SetAnalysis("l", WORDS, TRACK, "alignment"),
    )  # fmt: skip
    for edit in nothing:
        assert not edit.apply(document()).change, edit


def test_changes_join() -> None:
    a, b = Change(frozenset({"seed"}), "l", 1.0, 2.0), Change(frozenset({"words"}), "l", 3.0, 4.0)
    assert a | b == Change(frozenset({"seed", "words"}), "l", 1.0, 4.0)
    assert a | Change() == a and Change() | b == b
    assert (a | Change(frozenset({"seed"}), "m")).line_id is None
    assert (a | Change(frozenset({"settings"}))) == Change(frozenset({"seed", "settings"}))


def test_replacing_the_sound_drops_what_was_found_in_the_old_one_and_keeps_the_rest() -> None:
    start = SetAmount("l", "jaw", 0.5).apply(document(notices=("clipped",))).document
    line = after(ReplaceSource("l", Typed("hello")), start)
    assert line.phonemes is None and line.words is None and line.method == "" and line.notices == ()
    assert line.amounts["jaw"] == 0.5


def test_an_analysis_is_one_edit_and_clears_the_edited_mark() -> None:
    start = RelabelPhoneme("l", 1, "b").apply(document()).document
    line = after(SetAnalysis("l", (), TRACK, "recognition", ("no transcript",)), start)
    assert (line.words, line.phonemes, line.phonemes_edited, line.method, line.notices) == ((), TRACK, False, "recognition", ("no transcript",))


def test_a_composite_that_cannot_be_made_whole_changes_nothing() -> None:
    before = document()
    with pytest.raises(InvalidInput):
        Composite((SetSeed("l", 5), RemoveLine("nobody"))).apply(before)
    assert before == document()
    assert Composite((SetSeed("l", 5), SetAmount("l", "jaw", 2.0))).title == "Change jaw"


def test_journals_from_elsewhere_are_refused() -> None:
    for data in (
        {"edit": "Dance"},
        {},
        {"edit": "SetSeed"},
        {"edit": "SetSeed", "line_id": "l", "seed": 1, "x": 2},
        {"edit": "SetSeed", "line_id": 3, "seed": 1},
    ):
        with pytest.raises(InvalidInput):
            Edit.from_json(data)
