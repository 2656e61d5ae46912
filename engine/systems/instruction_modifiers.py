"""Words around the phrases of an instruction: how much, how fast, when, how often; and those that say nothing to the face."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Modifier:
    """One such word.

    Args:
        kind: `level` (steps up or down), `share` (of the strongest), `shift` (less or more), `not`, `pace`, `place`, `count`, `span`,
            `length` or `after` (seconds).
        value: what it says of that.
        start: its first character in the text.
        end: one past its last.
        meaning: what is shown to a person.
    """

    kind: str
    value: float | str | tuple[float, float]
    start: int
    end: int
    meaning: str


_NUMBER = r"(\d{1,3}(?:\.\d{1,3})?)"
_SECONDS = r"\s*(?:s|sec|secs|seconds?)"
_COUNTS = {"once": 1, "twice": 2, "thrice": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "a few": 3, "several": 4, "a couple of": 2}
_TABLE: tuple[tuple[str, float | str, str, str], ...] = (
    ("level", -1.0, "slightly", r"slight(?:ly)?|(?:a |the )?(?:little bit|bit|touch|hint|tad|trace) of|a (?:little(?: bit)?|bit|touch|hint|tad|trace)|"
        r"mild(?:ly)?|somewhat|subtl[ey]|faint(?:ly)?|soft(?:ly)?|"
        r"barely|hardly|light(?:ly)?|weak(?:ly)?|kind of|gent(?:le|ly)|small|tiny|not (?:very|too|so)"),
    ("level", 0.0, "moderately", r"moderate(?:ly)?|fairly|quite|rather|pretty|medium|reasonably"),
    ("level", 1.0, "very", r"very|really|so|strong(?:ly)?|intens(?:e|ely)|a lot|much|deep(?:ly)?|hard|highly|clearly|visibly|fully|heav(?:y|ily)|great(?:ly)?|"
        r"truly|tight(?:ly)?|firm(?:ly)?|big|wide(?:ly)?|exaggerated(?:ly)?"),
    ("level", 2.0, "extremely", r"extreme(?:ly)?|utter(?:ly)?|absolutely|complete(?:ly)?|totally|incredibly|overwhelming(?:ly)?|wildly|as \w+ as possible"),
    ("shift", -1.0, "less", r"less"),
    ("shift", 1.0, "more", r"(?:even )?more|(?:a bit|slightly|much) more"),
    ("not", "", "not", r"not|no longer|no|never|without(?: any)?|(?:do|does|did|is|are|wo|ca)n[’']t|cannot|"
        r"stop(?:s|ped|ping)?|avoid(?:s|ing)?|cease(?:s|d)?|instead of|rather than"),
    ("pace", "sudden", "suddenly", r"sudden(?:ly)?|abrupt(?:ly)?|quick(?:ly)?|fast|sharp(?:ly)?|instant(?:ly)?|at once|rapid(?:ly)?|immediately"),
    ("pace", "slow", "slowly", r"slow(?:ly)?|gradual(?:ly)?|little by little|bit by bit|more and more|increasing(?:ly)?|growing|getting|building(?: up)?"),
    ("pace", "fade", "fading", r"fad(?:e|es|ed|ing)(?: (?:away|out))?|dying away|disappear(?:s|ing)?|vanish(?:es|ing)?|less and less|easing off|"
        r"dropp?(?:s|ing) away"),
    ("pace", "brief", "briefly", r"brief(?:ly)?|for a (?:moment|second)|moment(?:arily|ary)|flash(?:es)?(?: of)?|fleeting(?:ly)?"),
    ("place", "start", "at the start", r"at first|(?:at|in|from) the (?:very )?(?:start|beginning)|initially|to begin with|first"),
    ("place", "middle", "in the middle", r"in the middle|half ?way(?: through)?|midway"),
    ("place", "end", "at the end", r"(?:at|towards?|by|near) the (?:very )?end|in the end"),
    ("place", "all", "throughout", r"throughout|the whole time|all the time|always|constant(?:ly)?|the entire time|all along"),
    ("count", 0.0, "again and again", r"repeatedly|again and again|over and over|continuously|keep(?:s|ing)?(?: on)?|continu(?:e|es|ing) to"),
)  # fmt: skip
_PLAIN = tuple((kind, value, meaning, re.compile(rf"\b(?:{p.replace(' ', r'[ -]+')})(?![\w])")) for kind, value, meaning, p in _TABLE)
_PERCENT = re.compile(rf"\b{_NUMBER}\s*(?:%|percent\b)")
_SHARE = re.compile(r"(?<![\d.])(0?\.\d{1,3}|1\.0)(?![\d.%])(?!\s*(?:s|sec|seconds?)\b)")
_LEVEL = re.compile(r"\blevel\s*([123])\b")
_TIMES = re.compile(r"\b(once|twice|thrice|(?:(\d{1,2})|two|three|four|five|six|a few|several|a couple of) times)\b")
_FROM_TO = re.compile(rf"\bfrom\s+{_NUMBER}{_SECONDS}?\s*(?:to|-|until)\s*{_NUMBER}{_SECONDS}\b")
_FOR = re.compile(rf"\bfor\s+{_NUMBER}{_SECONDS}\b")
_AFTER = re.compile(rf"\b(?:after|at)\s+{_NUMBER}{_SECONDS}\b")
_FILLER_WORDS = """
a about act acting action actor again all also an and any appear appearing appears apply are around as at audience back be become becomes becoming bit brow
brows but by camera can ceiling character corner corners deliver delivery direction do does down emotion emotions express expresses expressing expression
eye eyebrow eyebrows eyes face facial feel feeling feels felt few floor for from get gets give gives go goes going ground had half has have having he head
her here hers him his hold holding i in into is it its just keep keeping keeps kind kinda lens let like line lines lip lips little look looking looks make
makes making man manner me mood more mouth move movement moves my of off old on one only open or our out over perform person play please put puts read
reading reads say saying says seem seems she show showing shows side so sound sounding speak speaker speaking speaks speech start starts state still such
talk talking than that the their them there they thing this though to tone too toward towards turn turning turns until up us use verge viewer voice want was
way we were what when where which while whilst who will with woman would yet you young your
"""
FILLERS: frozenset[str] = frozenset(_FILLER_WORDS.split())


def modifiers_in(text: str) -> list[Modifier]:
    """Every one in a lower-case text, overlapping ones too."""
    out = [Modifier(kind, value, m.start(), m.end(), meaning) for kind, value, meaning, p in _PLAIN for m in p.finditer(text)]
    out += [Modifier("share", float(m[1]) / 100, m.start(), m.end(), m[0]) for m in _PERCENT.finditer(text)]
    out += [Modifier("share", float(m[1]), m.start(), m.end(), m[0]) for m in _SHARE.finditer(text)]
    out += [Modifier("share", float(m[1]) / 3, m.start(), m.end(), m[0]) for m in _LEVEL.finditer(text)]
    for m in _TIMES.finditer(text):
        out.append(Modifier("count", float(m[2] or _COUNTS[m[1].removesuffix(" times")]), m.start(), m.end(), m[0]))
    out += [Modifier("span", (float(m[1]), float(m[2])), m.start(), m.end(), m[0]) for m in _FROM_TO.finditer(text)]
    out += [Modifier("length", float(m[1]), m.start(), m.end(), m[0]) for m in _FOR.finditer(text)]
    out += [Modifier("after", float(m[1]), m.start(), m.end(), m[0]) for m in _AFTER.finditer(text)]
    return out


def says_nothing(word: str) -> bool:
    """True for a word that neither names a movement nor is missed: articles, pronouns, "speaker", "looks"; and for a modifier."""
    return word in FILLERS or any(p.fullmatch(word) for _, _, _, p in _PLAIN)
