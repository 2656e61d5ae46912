"""Reads instructions in plain English by rules: emotion words with their level, action units, manner words; and says what it did not know.

The vocabulary is in `instruction_words`. Words that say how much, how fast, when and how often belong to the phrase they stand at;
"then" and its like divide the range. The learned system will stand behind the same request.

Source: the style of instructions of AVI-Talking (Sun et al. 2024): an emotional state and facial details such as "furrowed brows".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from engine.core.curves import Curve
from engine.core.errors import InvalidInput
from engine.project.change import Composite, Edit
from engine.project.document import Document, new_id
from engine.project.part_edits import PutPart, RemovePart
from engine.project.parts import Instruction, Layer
from engine.systems import instruction_motion as motion
from engine.systems.instruction_modifiers import FILLERS, Modifier, modifiers_in, says_nothing
from engine.systems.instruction_words import ACTION_UNITS, RULES, Effect

LONGEST = 2000  # characters of an instruction
SOURCE = "instruction:"  # what the source of an instruction's layer begins with
LAYER_NAME = 40  # characters of its name
_EDGE_S = 0.06  # a range that begins or ends this near the line's own ends begins or ends with it


@dataclass(frozen=True)
class Reading:
    """What an instruction says.

    Args:
        curves: to add, by track: `emotions/NAME`, `amounts/NAME`, or a channel of the rig.
        spans: (first character, one past the last, meaning) of what was understood, in the text's order.
        unknown: words that were not.
    """

    curves: dict[str, Curve] = field(default_factory=dict)
    spans: tuple[tuple[int, int, str], ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass
class _Found:
    """A phrase in the text, and the words that belong to it."""

    effect: Effect
    start: int
    end: int
    text: str
    modifiers: list[Modifier] = field(default_factory=list)

    def value(self, kind: str) -> float | str | tuple[float, float] | None:
        """The last modifier of a kind."""
        return next((m.value for m in reversed(self.modifiers) if m.kind == kind), None)

    def number(self, kind: str) -> float | None:
        """The last modifier of a kind whose values are numbers."""
        value = self.value(kind)
        return value if isinstance(value, float) else None


_UNITS = re.compile(r"\bau\s*(\d{1,2}(?:\s*(?:\+|,|and|&)\s*(?:au\s*)?\d{1,2})*)\b")
_SPLIT = re.compile(
    r"\b(?:(?:and )?then|after (?:that|this|which)|afterwards?|followed by|finally|lastly|at last|next|later(?: on)?|eventually|before|"
    r"turn(?:s|ing|ed)?(?: in)?to|(?:and )?(?:then )?becom(?:e|es|ing)|"
    r"chang(?:e|es|ing) (?:in)?to|shift(?:s|ing)? (?:in)?to|giv(?:es|ing) way to|melt(?:s|ing)? into|dissolv(?:es|ing) into|"
    r"(?:and )?(?<!the )(?<!very )end(?:s|ing)?(?: up| with| in)?)\b|->|→"
)  # fmt: skip
_TO = re.compile(r"\b(?:in)?to\b")
_BREAK = re.compile(r"[,.;:!?()\n–—]|\b(?:and|but|while|with|as|yet|whilst)\b")
_SIDE = re.compile(r"\s+(?:(?:on|with|at|to|in)\s+)?(?:the\s+|your\s+|his\s+|her\s+)?(left|right)(?:\s+(?:side|corner|eye|brow))?\b")
_NOT_INSIDE = frozenset(("wide", "widely", "big", "keep", "keeps", "keeping", "repeatedly"))  # part of a phrase, they say nothing of its level
_WORD = re.compile(r"[a-zà-ÿ]+(?:[’'][a-z]+)?|\d+(?:\.\d+)?")


def read(text: str, start_s: float, end_s: float, strength: float = 1.0, duration_s: float | None = None) -> Reading:
    """Read an instruction.

    Args:
        text: in English.
        start_s: where its range begins, seconds of the line.
        end_s: where it ends.
        strength: factor on all it does, 0 to 1.5.
        duration_s: of the line: an instruction that reaches its end holds to it; None where nobody knows.

    Returns:
        Curves whose keys lie in the range, what was understood, and what was not.

    Raises:
        InvalidInput: an empty range, or a text longer than `LONGEST`.
    """
    if not start_s < end_s:
        raise InvalidInput(f"an instruction runs from {start_s:g} to {end_s:g} s", "give a start before its end")
    if len(text) > LONGEST:
        raise InvalidInput(f"the instruction has {len(text):,} characters, more than {LONGEST:,}", "cut it into several, each with its own range")
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)  # as long as the text, so that places agree
    found = _phrases(lower)
    modifiers = _modifiers(lower, found)
    breaks = _steps(lower, found)
    steps = [[f for f in found if a <= f.start < b] for a, b in pairwise([0, *breaks, len(lower) + 1])]
    for span, step in zip(pairwise([0, *breaks, len(lower) + 1]), steps, strict=True):
        _attach(lower, [m for m in modifiers if span[0] <= m.start < span[1]], step)
    filled = [step for step in steps if step]
    strokes = motion.Strokes(strength)
    for index, step in enumerate(filled):
        window = motion.step_window((start_s, end_s), index, len(filled), duration_s, _EDGE_S)
        for each in step:
            _perform(each, window, strokes)
    spans = [(f.start, f.end, _meaning(f)) for f in found] + [(m.start, m.end, m.meaning) for m in modifiers]
    spans += [(m.start(), m.end(), "then") for m in _SPLIT.finditer(lower) if m.start() in breaks]
    return Reading(strokes.curves(), tuple(sorted(spans)), _unknown(text, lower, spans))


def _phrases(text: str) -> list[_Found]:
    """What the rules find, the longest first where they overlap, in the text's order."""
    found: list[_Found] = []
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            end = match.end()
            side = _SIDE.match(text, end)
            if side and rule.effect.held and any("*" in n or n in motion.TURNS for n in rule.effect.held):
                end = side.end()
            found.append(_Found(rule.effect, match.start(), end, text[match.start() : end]))
    for match in _UNITS.finditer(text):
        known = [ACTION_UNITS.get(int(n)) for n in re.findall(r"\d+", match[1])]
        for effect in known:
            if effect is not None:
                found.append(_Found(effect, match.start(), match.end(), match[0]))
    taken: list[_Found] = []
    for each in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        # Several action units of one phrase share its place.
        if all(each.end <= t.start or t.end <= each.start or (each.start, each.end, "AU") == (t.start, t.end, t.effect.name[:2]) for t in taken):
            taken.append(each)
    return sorted(taken, key=lambda f: f.start)


def _modifiers(text: str, found: list[_Found]) -> list[Modifier]:
    """Words around the phrases, the longest first where they overlap; phrases that are part of one are taken out of `found`."""
    out = modifiers_in(text)
    found[:] = [f for f in found if not any(m.start <= f.start and f.end <= m.end and m.end - m.start > f.end - f.start for m in out)]
    taken: list[Modifier] = []
    for each in sorted(out, key=lambda m: (m.start - m.end, m.start)):
        inside = any(f.start < each.end and each.start < f.end for f in found)
        if inside and (each.kind not in ("level", "count") or text[each.start : each.end] in _NOT_INSIDE):
            continue
        if all(each.end <= t.start or t.end <= each.start for t in taken):
            taken.append(each)
    return sorted(taken, key=lambda m: m.start)


def _steps(text: str, found: list[_Found]) -> list[int]:
    """Where a next step begins: at "then" and its like between phrases, and at the "to" of "from sad to happy"."""
    out = []
    for match in _SPLIT.finditer(text):
        if any(f.end <= match.start() for f in found) and any(f.start >= match.end() for f in found) and not _inside(match.start(), found):
            out.append(match.start())
    for before, after in pairwise(found):
        between = text[before.end : after.start]
        if "from " in text[max(0, before.start - 30) : before.start] and _TO.search(between) and not any(before.end <= o < after.start for o in out):
            out.append(before.end)
    return sorted(set(out))


def _inside(place: int, found: Iterable[_Found]) -> bool:
    return any(f.start <= place < f.end for f in found)


def _attach(text: str, modifiers: list[Modifier], step: list[_Found]) -> None:
    """Give every modifier of a step to the phrase it belongs to."""
    for modifier in modifiers:
        for each in _owners(text, modifier, step):
            each.modifiers.append(modifier)


def _owners(text: str, modifier: Modifier, step: list[_Found]) -> list[_Found]:
    inside = [f for f in step if f.start <= modifier.start < f.end]
    if inside:
        return inside
    after = [f for f in step if f.start >= modifier.end]
    before = [f for f in step if f.end <= modifier.start]
    near_after = [f for f in after if not _BREAK.search(text, modifier.end, f.start)]
    near_before = [f for f in before if not _BREAK.search(text, f.end, modifier.start)]
    if modifier.kind == "not":
        # "not angry or sad" denies both.
        out = near_after[:1] or after[:1]
        for previous, each in pairwise(near_after):
            if out and out[-1] is previous and re.search(r"\bn?or\b", text[previous.end : each.start]):
                out.append(each)
        return out
    alone = not near_after and not near_before
    if alone and modifier.kind in ("place", "pace", "span", "after") and after:
        return after  # "At the end, ..." holds for all that follows
    leads = near_after and _only_fillers(text[modifier.end : near_after[0].start])
    if modifier.kind == "count" and modifier.value:
        leads = leads and not near_before
    nearest = (near_after[:1] if leads else near_before[-1:]) or near_after[:1] or before[-1:] or after[:1]
    same = [f for f in step if nearest and (f.start, f.end) == (nearest[0].start, nearest[0].end)]
    return same or nearest


def _only_fillers(between: str) -> bool:
    return all(says_nothing(w) for w in _WORD.findall(between))


def _level(each: _Found) -> float:
    """MEAD level 0.6 to 3 of a phrase."""
    base = float(each.effect.base)
    for modifier in each.modifiers:
        if modifier.kind == "level":
            by = modifier.value if isinstance(modifier.value, float) else 0.0
            base = max(base, 2.0) if by == 0.0 else base + by if base + by >= 1.0 else 0.6
    return min(base, 3.0)


def _perform(each: _Found, window: motion.Window, strokes: motion.Strokes) -> None:
    """Put the strokes of one phrase into its window."""
    pace = str(each.value("pace") or "")
    window = _placed(each, window)
    side = _side(each)
    for name, value in _held(each).items():
        for track, signed in motion.sided(name, value, side):
            strokes.hold(track, signed, window, pace)
    if each.effect.gesture and each.value("not") is None:
        count = each.number("count")
        size = 1.0 if each.effect.fixed else max(0.4, _share(each) / motion.share_of(2.0))
        motion.play(motion.Gesture(each.effect.gesture, side or "Left", size, pace, None if count is None else int(count), each.text), window, strokes)


def _held(each: _Found) -> dict[str, float]:
    """Values by track that a phrase holds, or takes away where it is denied."""
    effect = each.effect
    if each.value("not") is not None:
        return _taken_away(effect)
    if effect.fixed:
        return effect.held
    plain = each.number("share") is None and each.number("shift") is None
    return {n: v * (_level(each) / 3 if plain and n.startswith("emotions/") else _share(each)) for n, v in effect.held.items()}


def _share(each: _Found) -> float:
    """How much of the strongest value a phrase asks for; below 0 for "less"."""
    share, shift = each.number("share"), each.number("shift")
    return shift / 3 if shift is not None else min(share, 1.5) if share is not None else motion.share_of(_level(each))


def _side(each: _Found) -> str:
    if re.search(r"\bright\b", each.text):
        return "Right"
    one = each.effect.one_sided or re.search(r"\b(?:left|one|single|an eyebrow)\b", each.text)
    return "Left" if one else ""


def _taken_away(effect: Effect) -> dict[str, float]:
    return dict(effect.negated) or {n: -1.0 if n.startswith("emotions/") and v > 0 else -v for n, v in effect.held.items()}


def _placed(each: _Found, window: motion.Window) -> motion.Window:
    """The part of a window that the words of place and time leave."""
    place, span, length, after = (each.value(k) for k in ("place", "span", "length", "after"))
    if isinstance(place, str) and place != "all":
        window = window.third(place)
    if isinstance(span, tuple):
        window = window.part(span[0], span[1])
    if isinstance(after, float):
        window = window.part(after, None)
    if isinstance(length, float):
        window = window.part(0.0, length)
    return window


def _meaning(each: _Found) -> str:
    words = [each.effect.name]
    if each.value("not") is not None:
        words.insert(0, "no")
    elif each.value("share") is None and each.value("shift") is None and not each.effect.fixed and each.effect.held:
        words.append({0: "(very slight)", 1: "(slight)", 2: "(moderate)", 3: "(strong)"}[int(_level(each))])
    return " ".join(words)


def _unknown(text: str, lower: str, spans: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    known = [(a, b) for a, b, _ in spans]
    out: dict[str, None] = {}
    for match in _WORD.finditer(lower):
        if match[0] not in FILLERS and not any(a < match.end() and match.start() < b for a, b in known):
            out[text[match.start() : match.end()]] = None
    return tuple(out)


# In the document.


def layer_of(document: Document, line_id: str, instruction_id: str) -> Layer | None:
    """The layer that an instruction made; None where there is none."""
    return next((layer for layer in document.line(line_id).layers if layer.source == SOURCE + instruction_id), None)


def instruction_edit(document: Document, line_id: str, instruction: Instruction) -> Composite:
    """The step that puts an instruction on a line, and what it says on a layer of its own.

    The layer of an earlier reading of the same clip is replaced; its place, weight and switches stay. A text of which nothing is
    understood leaves an empty layer.

    Args:
        document: as it stands.
        line_id: the line.
        instruction: new, or another state of one that is there.

    Raises:
        InvalidInput: no such line, or a text that is too long.
    """
    line = document.line(line_id)
    known = line.has_part("instructions", instruction.id)
    reading = read(instruction.text, instruction.start_s, instruction.end_s, instruction.strength, line.duration_s)
    old = layer_of(document, line_id, instruction.id)
    name = instruction.text.strip()
    name = name if len(name) <= LAYER_NAME else name[: LAYER_NAME - 1].rstrip() + "…"
    if old is None:
        layer = Layer(new_id(), name, fade_s=0.0, curves=reading.curves, source=SOURCE + instruction.id)
    else:
        layer = replace(old, name=name, curves=reading.curves)
    edits: tuple[Edit, ...] = (PutPart(line_id, instruction), PutPart(line_id, layer))
    return Composite(edits, "Change instruction" if known else "Add instruction", f"instruction {line_id} {instruction.id}")


def remove_instruction_edit(document: Document, line_id: str, instruction_id: str) -> Composite:
    """The step that takes an instruction and its layer away.

    Raises:
        InvalidInput: there is none with this id.
    """
    document.line(line_id).part("instructions", instruction_id)
    return Composite((RemovePart(line_id, "instructions", instruction_id),), "Remove instruction")  # its layer goes with it
