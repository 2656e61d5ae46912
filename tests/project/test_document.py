import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from engine.bench.random_edits import start_document
from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.project import codec
from engine.project.document import (
    AMOUNTS,
    ANALYSIS_PARTS,
    Character,
    Document,
    LineDoc,
    Media,
    Settings,
    Typed,
    emotion_track,
    export_json,
    import_json,
    line_fingerprint,
    new_document,
    new_id,
)  # fmt: skip
from engine.project.tracks import PhonemeTrack, Word

SOUND = Media("a.wav", "0" * 64, 2.0, 48000)


def line(**fields: object) -> LineDoc:
    return replace(LineDoc("l1", "one", SOUND), **fields)


def test_a_document_survives_json_exactly() -> None:
    track = PhonemeTrack(("", "p", "iː"), (0.0, 0.1, 0.1 + 1e-9, 1 / 3), (None, (0.1, 0.1 + 5e-10), None))
    full = line(
        transcript="Héllo “wörld” 🎭", words=(Word("Héllo", 0.1, 0.3),), phonemes=track, emotions={"happy": Curve((Key(0.1, 0.7, "free", 1.5, -2.0),))},
        amounts={"jaw": 0.1 + 0.2}, seed=2**64 - 1, notices=("clipped",), start_s=1e-12,
    )  # fmt: skip
    typed = LineDoc("l2", "two", Typed("Say this", "fr"))
    document = Document("d", Settings(Fraction(30000, 1001), 1920, 1080), (Character("c", "Ada", "ada", (full, typed)), Character("e", "Ben")))
    again = import_json(export_json(document))
    assert again == document
    assert again.line("l1").source == SOUND and again.line("l2").source == Typed("Say this", "fr")
    assert export_json(again) == export_json(document)


def test_equal_documents_give_equal_text_whatever_the_order_of_their_dicts() -> None:
    curve = Curve((Key(0.0, 1.0),))
    one = line(emotions={"happy": curve, "angry": curve}, amounts={"jaw": 1.5, "lips": 0.5})
    other = line(emotions={"angry": curve, "happy": curve}, amounts={"lips": 0.5, "jaw": 1.5, "blink": 1.0})
    assert one == other
    assert codec.dumps(codec.encode(one)) == codec.dumps(codec.encode(other))


def test_canonical_text_knows_no_order_and_no_numbers_json_has_not() -> None:
    assert codec.dumps({"b": 1, "a": [0.1]}) == codec.dumps({"a": [0.1], "b": 1}) == '{"a":[0.1],"b":1}'
    with pytest.raises(ValueError, match="JSON compliant"):
        codec.dumps(float("nan"))


def test_a_line_has_every_amount_and_no_empty_curve() -> None:
    made = line(emotions={"sad": Curve()}, amounts={"head": 2})
    assert made.emotions == {} and tuple(made.amounts) == AMOUNTS
    assert made.amounts["head"] == 2.0 and made.amounts["lips"] == 1.0
    assert made.curve("emotions/sad") == Curve()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: line(emotions={"bored": Curve((Key(0, 1),))}), "bored.*not known.*angry"),
        (lambda: line(amounts={"ears": 1.0}), "ears.*not known"),
        (lambda: line(amounts={"jaw": 2.1}), "outside 0 to 2"),
        (lambda: line(amounts={"jaw": float("nan")}), "outside 0 to 2"),
        (lambda: line(seed=2**64), "64-bit"),
        (lambda: line(start_s=-1.0), "time from 0"),
        (lambda: line(start_s=float("inf")), "time from 0"),
        (lambda: line(id=""), "id"),
        (lambda: Media("", "0", 1.0, 1), "path"),
        (lambda: Media("a.wav", "0", 0.0, 48000), "lasts 0.0 s"),
        (lambda: Settings(Fraction(0)), "frame rate 0"),
        (lambda: Settings(width=8), "width 8"),
        (lambda: Document("d", Settings(), (Character("c", "A"), Character("c", "B"))), "used twice"),
        (lambda: Document("d", Settings(), (Character("c", "A", "ada", (line(), line())),)), "l1 is used twice"),
        (lambda: start_document().line("nobody"), "no line nobody"),
        (lambda: start_document().character("nobody"), "no character nobody"),
        (lambda: line().curve("layers/x"), "no track"),
        (lambda: emotion_track("bored"), "not known"),
    ],
)
def test_what_cannot_be_is_refused(make, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        make()


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.update(format=1),
        lambda d: d.pop("format"),
        lambda d: d.update(colour="red"),
        lambda d: d["settings"].update(rate="fast"),
        lambda d: d["settings"].update(width="wide"),
        lambda d: d["settings"].update(width=True),
        lambda d: d["characters"][0].pop("name"),
        lambda d: d["characters"][0]["lines"][0].update(source={"path": "a.wav"}),
        lambda d: d["characters"][0]["lines"][0]["phonemes"].update(bounds_s=[0.0]),
        lambda d: d["characters"][0]["lines"][0]["phonemes"].pop("labels"),
        lambda d: d["characters"][0]["lines"][0].update(words=[["a", 0.1]]),
        lambda d: d.update(characters=3),
    ],
)
def test_damaged_json_is_refused_in_our_words(damage) -> None:
    data = start_document().to_json()
    assert Document.from_json(data) == start_document()
    damage(data)
    with pytest.raises(InvalidInput):
        import_json(json.dumps(data))


def test_text_that_is_no_document_is_refused() -> None:
    for text in ("", "[", "[]", "3", '{"format": 1'):
        with pytest.raises(InvalidInput):
            import_json(text)


def test_the_fingerprint_changes_with_what_the_performance_depends_on_and_nothing_else() -> None:
    base = line(transcript="hello", phonemes=PhonemeTrack(("a",), (0.0, 1.0)))
    same = [
        replace(base, id="x"), replace(base, name="x"), replace(base, start_s=5.0), replace(base, notices=("x",)),
        replace(base, source=replace(SOUND, path="elsewhere/b.wav")),
    ]  # fmt: skip
    other = [
        replace(base, source=replace(SOUND, sha256="1" * 64)), replace(base, source=Typed("x")), replace(base, seed=1), replace(base, transcript="x"),
        replace(base, language="de"), replace(base, amounts={"jaw": 0.5}), replace(base, emotions={"sad": Curve((Key(0, 1),))}),
        replace(base, phonemes=PhonemeTrack(("a",), (0.0, 1.1))), replace(base, phonemes=PhonemeTrack(("a",), (0.0, 1.0), ((0.1, 0.2),))),
    ]  # fmt: skip
    assert {line_fingerprint(item) for item in same} == {line_fingerprint(base)}
    assert len({line_fingerprint(item) for item in [base, *other]}) == len(other) + 1
    assert line_fingerprint(replace(base, ears="encoder")) == line_fingerprint(base)
    assert line_fingerprint(replace(base, ears="encoder"), ANALYSIS_PARTS) != line_fingerprint(base, ANALYSIS_PARTS)
    assert line_fingerprint(base, ANALYSIS_PARTS) == line_fingerprint(replace(base, seed=1, phonemes=None), ANALYSIS_PARTS)


def test_looking_things_up() -> None:
    document = start_document()
    assert document.character_of("line0").id == "ada"
    assert document.has_line("line0") and not document.has_line("x")
    assert document.line("line0").duration_s == document.line("line0").source.duration_s
    spoken = LineDoc("l", "x", Typed("text"))
    assert spoken.duration_s is None and spoken.text == "text" and not spoken.analysed
    assert replace(spoken, phonemes=PhonemeTrack(("a",), (0.0, 0.5))).duration_s == 0.5


def test_new_documents_and_ids() -> None:
    document = new_document(Settings(avatar="ben"))
    assert document.characters[0].avatar == "ben" and document.characters[0].lines == ()
    assert len({new_id() for _ in range(1000)}) == 1000


def test_a_project_opens_and_undoes_without_torch_qt_scipy_gl_or_av(tmp_path) -> None:
    script = f"""
import sys
for name in ("torch", "PySide6", "scipy", "vispy", "av", "pyqtgraph", "soxr"):
    sys.modules[name] = None
from pathlib import Path
from engine.project.document import new_document, LineDoc, Typed
from engine.project.edits import AddLine
from engine.project.history import History
from engine.project.storage import ProjectFile
document = new_document()
with ProjectFile.create(Path({str(tmp_path / "p.viva")!r}), document) as project:
    history = History(project.document, project)
    history.apply(AddLine(document.characters[0].id, LineDoc("l", "x", Typed("hello"))))
    history.undo()
    assert history.document == document
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
