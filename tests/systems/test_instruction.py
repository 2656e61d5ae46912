"""Instructions are read by rules: what is understood becomes curves in the range, what is not is said."""

from __future__ import annotations

import numpy as np
import pytest

from engine.core.channels import CHANNELS, limits
from engine.core.curves import Curve
from engine.core.errors import InvalidInput
from engine.project.document import LineDoc, Media, new_document
from engine.project.edits import AddLine
from engine.project.parts import LAYER_NAMES, Instruction, Layer
from engine.systems.instruction import LONGEST, Reading, instruction_edit, layer_of, read, remove_instruction_edit
from engine.systems.instruction_words import ACTION_UNITS, RULES

START, END = 1.0, 5.0


def told(text: str, **options: float) -> Reading:
    return read(text, START, END, **options)


def peak(reading: Reading, track: str) -> float:
    """The value of largest size on a track within the range; 0 where it has none."""
    values = reading.curves.get(track, Curve()).evaluate(np.linspace(START, END, 801))
    return float(values[np.abs(values).argmax()])


@pytest.mark.parametrize(
    ("text", "track", "value"),
    [
        ("angry", "emotions/angry", 2 / 3), ("slightly angry", "emotions/angry", 1 / 3), ("very angry", "emotions/angry", 1.0),
        ("furious", "emotions/angry", 1.0), ("slightly furious", "emotions/angry", 2 / 3), ("annoyed", "emotions/angry", 1 / 3),
        ("a bit sad", "emotions/sad", 1 / 3), ("moderately surprised", "emotions/surprised", 2 / 3), ("with contempt", "emotions/contempt", 2 / 3),
        ("She is disgusted.", "emotions/disgusted", 2 / 3), ("terrified", "emotions/fear", 1.0), ("a hint of fear", "emotions/fear", 1 / 3),
        ("happily", "emotions/happy", 2 / 3), ("smile", "emotions/happy", 2 / 3), ("grin", "emotions/happy", 1.0), ("80 % happy", "emotions/happy", 0.8),
        ("angry, level 1", "emotions/angry", 1 / 3), ("not angry", "emotions/angry", -1.0), ("he isn't sad", "emotions/sad", -1.0),
        ("stop smiling", "emotions/happy", -1.0), ("not very angry", "emotions/angry", 1 / 3), ("less sad", "emotions/sad", -1 / 3),
        ("more happy", "emotions/happy", 1 / 3), ("neutral", "emotions/fear", -1.0), ("don't stare", "amounts/blink", 2.0),
    ],
)  # fmt: skip
def test_emotion_words_have_their_level(text: str, track: str, value: float):
    reading = told(text)
    assert peak(reading, track) == pytest.approx(value, abs=1e-6) and reading.unknown == ()


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("raise the inner brows", {"browInnerUp"}),
        ("inner eyebrows raised", {"browInnerUp"}),
        ("raise your eyebrows", {"browInnerUp", "browOuterUpLeft", "browOuterUpRight"}),
        ("the right brow raised", {"browInnerUp", "browOuterUpRight"}),
        ("furrowed brows", {"browDownLeft", "browDownRight"}),
        ("press the lips together", {"mouthPressLeft", "mouthPressRight", "mouthRollLower", "mouthRollUpper", "mouthClose"}),
        ("wrinkle the nose", {"noseSneerLeft", "noseSneerRight", "browDownLeft", "browDownRight"}),
        ("squint", {"eyeSquintLeft", "eyeSquintRight", "cheekSquintLeft", "cheekSquintRight"}),
        ("drop the jaw", {"jawOpen"}),
        ("smirk with the left corner", {"mouthSmileLeft", "mouthDimpleLeft", "cheekSquintLeft"}),
        ("smirk on the right", {"mouthSmileRight", "mouthDimpleRight", "cheekSquintRight"}),
        ("pout", {"mouthPucker", "mouthShrugLower", "mouthFrownLeft", "mouthFrownRight"}),
        ("puff the cheeks", {"cheekPuff", "mouthPressLeft", "mouthPressRight"}),
        ("widen the eyes", {"eyeWideLeft", "eyeWideRight"}),
        ("wide-eyed", {"eyeWideLeft", "eyeWideRight"}),
        ("corners of the mouth turned down", {"mouthFrownLeft", "mouthFrownRight"}),
        ("AU4", {"browDownLeft", "browDownRight"}),
        ("AU 1+2", {"browInnerUp", "browOuterUpLeft", "browOuterUpRight"}),
        ("tilt the head to the left", {"headRotZ"}),
        ("sway", {"headRotZ", "headRotY", "headPosX"}),
        ("blink", {"eyeBlinkLeft", "eyeBlinkRight"}),
        ("wink with the right eye", {"eyeBlinkRight", "cheekSquintRight", "mouthSmileRight"}),
        ("stare", {"amounts/blink", "amounts/gaze", "eyeWideLeft", "eyeWideRight"}),
        ("keep still", {"amounts/head", "amounts/gaze"}),
    ],
)  # fmt: skip
def test_phrases_move_their_channels_and_no_others(text: str, channels: set[str]):
    reading = told(text)
    assert set(reading.curves) == channels and reading.unknown == ()


def test_sides_have_signs():
    left, right = told("tilt left"), told("tilt right")
    assert peak(left, "headRotZ") == -peak(right, "headRotZ") < 0  # the crown towards the left shoulder turns against +Z
    assert peak(told("turn your head left"), "headRotY") > 0 > peak(told("turn your head right"), "headRotY")
    assert set(told("look left").curves) >= {"eyeLookOutLeft", "eyeLookInRight"} and "eyeLookOutRight" in told("look right").curves
    assert peak(told("look up"), "headRotX") < 0 < peak(told("look down"), "headRotX")


@pytest.mark.parametrize(("text", "count"), [("nod", 1), ("nod twice", 2), ("nod three times", 3), ("nod 5 times", 5), ("nod once", 1)])
def test_nods_are_counted(text: str, count: int):
    keys = told(text).curves["headRotX"].keys
    assert sum(k.value > 0.05 for k in keys) == count and keys[0].value == keys[-1].value == 0.0


def test_the_range_is_divided_by_then():
    reading = told("smile, then look away, then suddenly very angry")
    smile, angry = reading.curves["emotions/happy"], reading.curves["emotions/angry"]
    third = (END - START) / 3
    assert smile.keys[-1].time_s == pytest.approx(START + third, abs=0.31) and smile.keys[-1].value == 0.0
    assert angry.keys[0].time_s == pytest.approx(END - third, abs=0.31)
    assert angry.keys[1].time_s - angry.keys[0].time_s < 0.1, "suddenly"
    assert angry.keys[1].value == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["from sad to happy", "sad turning into happy", "sad becoming happy", "starts sad and ends happy", "sad -> happy"])
def test_one_emotion_passes_into_the_next(text: str):
    reading = told(text)
    sad, happy = reading.curves["emotions/sad"], reading.curves["emotions/happy"]
    assert sad.evaluate(2.0) > 0.6 and happy.evaluate(2.0) == 0.0 and happy.evaluate(4.0) > 0.6 and sad.evaluate(4.0) == 0.0
    middle = sad.evaluate(3.0) + happy.evaluate(3.0)
    assert middle > 0.4, "the face does not go blank in between"


def test_how_it_comes_and_goes():
    plain, slow, sudden, fading, brief = (told(f"{w} happy").curves["emotions/happy"] for w in ("", "slowly", "suddenly", "fading", "briefly"))
    assert slow.evaluate(2.0) < plain.evaluate(2.0) and sudden.evaluate(START + 0.1) > plain.evaluate(START + 0.1)
    assert fading.evaluate(4.0) < 0.3 < plain.evaluate(4.0) and brief.evaluate(3.0) == 0.0
    assert told("happy at the end").curves["emotions/happy"].evaluate(3.0) == 0.0
    assert told("At the start, happy.").curves["emotions/happy"].evaluate(3.0) == 0.0
    assert told("happy for 1 second").curves["emotions/happy"].evaluate(2.5) == 0.0
    assert told("happy after 2 seconds").curves["emotions/happy"].evaluate(2.9) == 0.0
    assert told("happy from 1 to 2 seconds").curves["emotions/happy"].evaluate([1.9, 3.1]).max() == 0.0


def test_a_modifier_belongs_to_the_phrase_it_stands_at():
    reading = told("very happy and slightly surprised, raising one brow strongly")
    assert peak(reading, "emotions/happy") == 1.0 and peak(reading, "emotions/surprised") == pytest.approx(1 / 3)
    assert peak(reading, "browOuterUpLeft") == pytest.approx(0.95) and "browOuterUpRight" not in reading.curves
    assert peak(told("don't blink or nod"), "amounts/head") < 0 and peak(told("don't blink, but nod"), "headRotX") > 0
    assert peak(told("not sad but angry"), "emotions/angry") > 0


def test_a_sentence_as_avi_talking_writes_them():
    text = "The speaker appears extremely angry, with furrowed brows and flared nostrils; his lip corners are pulled down."
    reading = told(text)
    assert reading.unknown == () and peak(reading, "emotions/angry") == 1.0
    assert {"browDownLeft", "noseSneerLeft", "mouthFrownRight"} <= set(reading.curves)
    assert [text[a:b] for a, b, meaning in reading.spans if meaning.startswith("angry")] == ["angry"]


@pytest.mark.parametrize(
    ("text", "tracks"),
    [
        ("gaze down and to the left", {"eyeLookDownLeft", "eyeLookOutLeft", "eyeLookInRight"}), ("look up right", {"eyeLookUpLeft", "eyeLookOutRight"}),
        ("he smiles warmly at the camera", {"emotions/happy"}), ("on the verge of tears", {"emotions/sad"}),
        ("bittersweet", {"emotions/happy", "emotions/sad"}),
        ("angry 0.8", {"emotions/angry"}), ("getting angrier", {"emotions/angry"}), ("a hint of a smirk", {"mouthSmileLeft"}),
        ("do not move", {"amounts/head"}),
        ("his mouth corners turn down and his inner brows go up", {"mouthFrownLeft", "browInnerUp"}), ("licks his lips", {"tongueOut"}),
        ("tilts the head slightly to the left and smiles", {"headRotZ", "emotions/happy"}), ("jaw drops in shock", {"jawOpen", "emotions/surprised"}),
        ("shaking her head slowly, disappointed", {"headRotY", "emotions/sad"}), ("wide smile with squinted eyes", {"emotions/happy", "eyeSquintLeft"}),
        ("one eyebrow raised, lips tightly pressed", {"browOuterUpLeft", "mouthPressLeft"}), ("evil grin", {"emotions/angry", "emotions/happy"}),
    ],
)  # fmt: skip
def test_directions_as_people_write_them(text: str, tracks: set[str]):
    reading = told(text)
    assert tracks <= set(reading.curves) and reading.unknown == ()


def test_unknown_words_are_said_as_they_were_written():
    reading = told("Happy like a Zebra, with gusto")
    assert reading.unknown == ("Zebra", "gusto") and peak(reading, "emotions/happy") > 0.6
    assert told("") == Reading() == told("  ... !")


def test_strength_is_a_factor_and_nothing_leaves_its_limits():
    assert peak(told("happy", strength=0.5), "emotions/happy") == pytest.approx(1 / 3) and told("happy", strength=0.0).curves == {}
    wild = told("extremely happy, very happy, overjoyed, nod, bow your head deeply, extremely wide eyes, AU 5", strength=1.5)
    for track, curve in wild.curves.items():
        values = [k.value for k in curve.keys]
        low, high = (-1.0, 1.0) if track.startswith("emotions/") else (-2.0, 2.0) if "/" in track else limits(track)
        least, most = (low, high) if "/" in track else (low - high, high - low)
        assert min(values) >= least and max(values) <= most


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.effect.name)
def test_every_row_of_the_tables_drives_what_a_layer_may_drive(rule):
    for names in (rule.effect.held, rule.effect.negated):
        for name in names:
            assert all(n in LAYER_NAMES for n in ([name[:-1] + s for s in ("Left", "Right")] if name.endswith("*") else [name]))
    assert rule.pattern.search("") is None, "it must not match nothing"


def test_every_action_unit_is_read():
    for number, effect in ACTION_UNITS.items():
        reading = told(f"AU {number}")
        assert reading.curves and reading.spans[0][2].startswith(effect.name)
        assert set(reading.curves) <= LAYER_NAMES
    assert told("AU 99").unknown == ("AU", "99")


def test_the_keys_lie_in_the_range_and_come_softly():
    names = ["happy", "nod five times", "blink rapidly", "sway", "look around", "roll your eyes", "quivering lip", "sigh", "shake your head repeatedly"]
    for span in ((1.0, 5.0), (2.0, 2.1), (0.0, 600.0)):
        for name in names:
            reading = read(name, *span)
            for curve in reading.curves.values():
                assert span[0] - 1e-6 <= curve.keys[0].time_s and curve.keys[-1].time_s <= span[1] + 1e-6 and len(curve.keys) < 1700
                assert curve.keys[-1].value == pytest.approx(0.0, abs=1e-9)


def test_what_reaches_the_ends_of_the_line_holds_there():
    curve = read("happy", 0.0, 5.0, 1.0, 5.0).curves["emotions/happy"]
    assert [k.value for k in curve.keys] == pytest.approx([2 / 3, 2 / 3])
    assert read("slowly happy", 0.0, 5.0, 1.0, 5.0).curves["emotions/happy"].keys[0].value == 0.0
    assert read("fading happiness", 0.0, 5.0, 1.0, 5.0).curves["emotions/happy"].keys[-1].value == 0.0


def test_bad_input_is_refused_or_ignored():
    with pytest.raises(InvalidInput, match="start before its end"):
        read("happy", 2.0, 2.0)
    with pytest.raises(InvalidInput, match="more than"):
        read("x" * (LONGEST + 1), 0.0, 1.0)
    for text in ("İİİ happy", "幸せ", "\0\n\t", "((((((((", "not " * 400, "very " * 300 + "happy", "then then then", "🙂 happy", "a " * 900):
        reading = read(text, 0.0, 3.0)
        assert all(0 <= a < b <= len(text) for a, b, _ in reading.spans)


# In the document.


@pytest.fixture
def document():
    empty = new_document()
    line = LineDoc("line", "Line", Media("a.wav", "0" * 64, 8.0, 48000), layers=(Layer("mine", "Mine"),))
    return AddLine(empty.characters[0].id, line).apply(empty).document


def test_an_instruction_is_one_step_with_a_layer_of_its_own(document):
    first = instruction_edit(document, "line", Instruction("i", "smile", 1.0, 3.0))
    applied = first.apply(document)
    layer = layer_of(applied.document, "line", "i")
    assert layer is not None and layer.mode == "additive" and layer.name == "smile" and "emotions/happy" in layer.curves
    assert [each.name for each in applied.document.line("line").layers] == ["Mine", "smile"]
    assert applied.inverse.apply(applied.document).document == document
    again = instruction_edit(applied.document, "line", Instruction("i", "frown", 2.0, 4.0))
    changed = again.apply(applied.document).document
    after = layer_of(changed, "line", "i")
    assert after is not None and after.id == layer.id and "browDownLeft" in after.curves and "emotions/happy" not in after.curves
    assert len(changed.line("line").layers) == 2 and (first.title, again.title) == ("Add instruction", "Change instruction")
    removed = remove_instruction_edit(changed, "line", "i").apply(changed)
    assert removed.document == document and removed.inverse.apply(removed.document).document == changed


def test_what_is_not_understood_still_has_its_place(document):
    applied = instruction_edit(document, "line", Instruction("i", "zebra " * 20, 1.0, 3.0)).apply(document).document
    layer = layer_of(applied, "line", "i")
    assert layer is not None and layer.curves == {} and len(layer.name) <= 40
    with pytest.raises(InvalidInput):
        remove_instruction_edit(applied, "line", "another")


def test_channels_of_the_tables_are_the_rigs():
    assert all(n.rstrip("*") + s in CHANNELS for r in RULES for n in r.effect.held for s in (("Left",) if n.endswith("*") else ("",)) if "/" not in n)
