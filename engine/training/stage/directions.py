"""Instruction texts for performances: emotion words at three levels, action units and manners, each said in many ways.

An `Intent` is what is asked for; `Intent.say` words it, never twice alike if chance will. What a text means is decided by
`engine.systems.instruction.read` alone, and the performance follows that reading, so text and motion cannot disagree.

Source: emotional state and facial details as in AVI-Talking (Sun et al. 2024); action units of each emotion after EMFACS (Ekman and
Friesen 1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput

NEUTRAL = "neutral"
_T = TypeVar("_T")
# Words for an emotion at MEAD's three levels.
STATES: dict[str, tuple[tuple[str, ...], ...]] = {
    NEUTRAL: (("neutral", "expressionless", "blank", "deadpan", "unemotional"),),
    "angry": (
        ("annoyed", "irritated", "grumpy", "displeased", "slightly angry", "a little angry", "frustrated", "impatient"),
        ("angry", "hostile", "mad", "quite angry", "aggressive", "outraged", "resentful", "rather angry", "moderately angry"),
        ("furious", "very angry", "enraged", "livid", "extremely angry", "really mad", "wrathful", "intensely angry"),
    ),
    "contempt": (
        ("smug", "aloof", "condescending", "slightly contemptuous", "arrogant", "unimpressed", "a little scornful", "somewhat disdainful"),
        ("contemptuous", "disdainful", "scornful", "derisive", "quite contemptuous", "rather scornful", "moderately disdainful"),
        ("very contemptuous", "deeply contemptuous", "extremely scornful", "very disdainful", "utterly contemptuous"),
    ),
    "disgusted": (
        ("slightly disgusted", "a little disgusted", "put off", "mildly disgusted", "somewhat repulsed", "uncomfortable"),
        ("disgusted", "repulsed", "grossed out", "nauseous", "quite disgusted", "rather repulsed", "moderately disgusted"),
        ("revolted", "very disgusted", "sickened", "extremely disgusted", "deeply repulsed", "utterly disgusted"),
    ),
    "fear": (
        ("nervous", "uneasy", "apprehensive", "slightly afraid", "a little scared", "timid", "insecure", "somewhat anxious"),
        ("afraid", "scared", "anxious", "frightened", "fearful", "alarmed", "quite scared", "rather anxious", "moderately afraid"),
        ("terrified", "horrified", "panicked", "very afraid", "extremely scared", "petrified", "desperate", "deeply frightened"),
    ),
    "happy": (
        ("content", "pleased", "friendly", "slightly happy", "amused", "a little cheerful", "satisfied", "hopeful"),
        ("happy", "glad", "cheerful", "joyful", "quite happy", "upbeat", "enthusiastic", "merry", "rather cheerful", "moderately happy"),
        ("overjoyed", "delighted", "very happy", "ecstatic", "thrilled", "elated", "extremely happy", "really joyful", "euphoric"),
    ),
    "sad": (
        ("wistful", "melancholic", "disappointed", "slightly sad", "a little sad", "gloomy", "subdued", "regretful", "somewhat unhappy"),
        ("sad", "unhappy", "sorrowful", "upset", "miserable", "quite sad", "depressed", "mournful", "rather unhappy", "moderately sad"),
        ("heartbroken", "devastated", "very sad", "extremely sad", "in despair", "deeply sorrowful", "really upset", "grieving"),
    ),
    "surprised": (
        ("slightly surprised", "a little surprised", "mildly surprised", "somewhat startled", "a bit surprised"),
        ("surprised", "startled", "incredulous", "taken aback", "quite surprised", "rather startled", "moderately surprised"),
        ("astonished", "amazed", "shocked", "stunned", "very surprised", "extremely surprised", "flabbergasted", "dumbfounded"),
    ),
}  # fmt: skip
_SENTENCES = (
    "Look {s}.", "The speaker is {s}.", "You are {s}.", "She feels {s}.", "He looks {s}.", "Play it {s}.", "Say it while feeling {s}.",
    "Speak like a person who is {s}.", "The speaker feels {s} and shows it.", "The emotion is {s}.", "Her mood is {s}.", "Act {s}.", "Be {s} throughout.",
)  # fmt: skip
_WHOLE = (*_SENTENCES, "{s}")
_CHANGES = ("Start {a}, then become {b}.", "First {a}, then {b}.", "From {a} to {b}.", "{a} at first, but then {b}.")
_OPENINGS = ("Look {s}", "The speaker is {s}", "Be {s}", "Act {s}")
# What else a face may do, worded in several ways of one meaning.
DETAILS: dict[str, tuple[str, ...]] = {
    "brows down": ("furrow your brows", "lower the brows", "with the brows drawn together", "knit your eyebrows", "AU 4", "brow lowerer"),
    "inner brows up": ("raise the inner brows", "raise your inner eyebrows", "with the inner brows up", "AU 1", "inner brow raiser"),
    "outer brows up": ("raise the outer brows", "lift your outer eyebrows", "AU 2", "outer brow raiser"),
    "lids wide": ("widen your eyes", "with wide eyes", "with the eyes wide open", "upper lid raiser"),
    "lids tight": ("AU 7", "lid tightener"),
    "squint": ("squint", "narrow your eyes", "with narrowed eyes", "squint your eyes"),
    "nose wrinkled": ("AU 9", "nose wrinkler"),
    "upper lip up": ("AU 10", "upper lip raiser"),
    "cheeks up": ("AU 6", "cheek raiser"),
    "lip corners up": ("raise the corners of your mouth", "turn the corners of the mouth up", "with the lip corners pulled up"),
    "lip corners down": ("lower the corners of your mouth", "turn the lip corners down", "with the mouth corners down", "lip corner depressor"),
    "chin up": ("AU 17", "chin raiser"),
    "lips pressed": ("press your lips together", "with lips pressed together", "lip pressor"),
    "lips stretched": ("stretch your lips", "pull the lips back", "lip stretcher"),
    "lips tight": ("tighten the lips", "AU 23", "lip tightener"),
    "jaw down": ("drop your jaw", "let the jaw drop"),
    "dimples": ("AU 14", "dimpler", "show dimples"),
    "head down": ("lower your head", "hang the head", "with the head down", "AU 54"),
    "head up": ("raise your chin", "lift the head", "with the chin up", "AU 53"),
    "head tilted": ("tilt your head to the left", "with the head tilted to the left"),
    "eye contact": ("keep eye contact", "look at the camera", "look straight at the viewer", "hold eye contact"),
    "look away": ("look away", "avert your gaze", "look aside"),
    "look down": ("look down", "lower your gaze", "with downcast eyes"),
    "nod": ("nod your head", "nod the head"),
    "shake": ("shake your head", "shake the head"),
    "still": ("keep still", "stay very still", "without moving"),
    "blink": ("blink rapidly", "blink often", "flutter your eyelashes"),
    "lean": ("lean forward", "lean in"),
    "sigh": ("sigh", "let out a sigh"),
}  # fmt: skip
_FITTING: dict[str, tuple[str, ...]] = {
    NEUTRAL: (),
    "angry": ("brows down", "lids tight", "squint", "lips pressed", "lips tight", "head down", "lean", "eye contact", "shake"),
    "contempt": ("dimples", "head up", "head tilted", "squint", "look away", "lips pressed", "sigh"),
    "disgusted": ("nose wrinkled", "upper lip up", "brows down", "lip corners down", "look away", "squint", "shake"),
    "fear": ("inner brows up", "lids wide", "lips stretched", "look away", "blink", "still"),
    "happy": ("cheeks up", "lip corners up", "dimples", "nod", "head tilted", "eye contact", "lean", "outer brows up"),
    "sad": ("inner brows up", "lip corners down", "chin up", "head down", "look down", "sigh", "look away", "lips pressed"),
    "surprised": ("inner brows up", "outer brows up", "lids wide", "jaw down", "head up", "blink"),
}  # fmt: skip
_ANYTIME = ("head tilted", "nod", "eye contact", "look away", "brows down", "inner brows up", "squint", "lean", "look down", "still", "outer brows up")
_SIZED = frozenset(n for n in DETAILS if n not in ("eye contact", "look away", "look down", "nod", "shake", "still", "blink", "lean", "sigh", "head tilted"))
_LEVELS = (1, 2, 2, 3)
_HOW_MUCH = {1: ("slightly ", "a little "), 3: ("strongly ", "really ")}
_HOW_MUCH_OF = {1: "slight ", 3: "strong "}
_WHEN = ("", "", "", " at the start", " at the end", " throughout", " briefly", " in the middle")


@dataclass(frozen=True)
class Detail:
    """A movement asked for besides the emotion.

    Args:
        name: of `DETAILS`.
        level: 1 to 3, how much; 2 for what has no size.
        when: such as " at the end", or "".
    """

    name: str
    level: int = 2
    when: str = ""

    def say(self, rng: np.random.Generator) -> str:
        """In words."""
        if self.name not in _SIZED or self.level == 2:
            return _one(rng, DETAILS[self.name]) + self.when
        words = _one(rng, [w for w in DETAILS[self.name] if not w.startswith("with ")])
        much = _HOW_MUCH_OF[self.level] if words.startswith("AU ") or words.endswith(("er", "or")) else _one(rng, _HOW_MUCH[self.level])
        return much + words + self.when


@dataclass(frozen=True)
class Intent:
    """What a performance is asked for.

    Args:
        emotion: one of `EMOTIONS`, or "neutral".
        level: 1 to 3; 0 for neutral.
        details: movements besides.
        after: emotion and level that it turns into half way, or None.
    """

    emotion: str = NEUTRAL
    level: int = 0
    details: tuple[Detail, ...] = ()
    after: tuple[str, int] | None = None

    def __post_init__(self) -> None:
        for emotion, level in [(self.emotion, self.level), *([self.after] if self.after else [])]:
            if emotion not in STATES or not (level == 0 if emotion == NEUTRAL else 1 <= level <= 3):
                raise InvalidInput(f"no intent has {emotion} at level {level}", "neutral has level 0, the others 1 to 3: " + ", ".join(EMOTIONS))

    @classmethod
    def draw(cls, rng: np.random.Generator, emotion: str, level: int) -> Intent:
        """Something to ask for of a line that sounds like `emotion` at `level`."""
        names = list(_FITTING[emotion] or _ANYTIME)
        count = int(rng.choice(3, p=(0.30, 0.45, 0.25)))
        chosen = [names[i] for i in rng.permutation(len(names))[:count]]
        details = tuple(cls._detail(rng, name) for name in chosen)
        after = None
        if rng.random() < 0.08:
            turned = _one(rng, [e for e in EMOTIONS if e != emotion])
            after, details = (turned, int(rng.integers(1, 4))), ()
        return cls(emotion, level, details, after)

    @staticmethod
    def _detail(rng: np.random.Generator, name: str) -> Detail:
        level = _one(rng, _LEVELS) if name in _SIZED else 2
        return Detail(name, level, _one(rng, _WHEN) if name not in ("still", "blink", "sigh", "nod", "shake") else "")

    def say(self, rng: np.random.Generator) -> str:
        """In words."""
        state = _state(rng, self.emotion, self.level)
        if self.after is not None:
            later = _state(rng, *self.after)
            return _one(rng, ("Start {a}, then become {b}.", "First {a}, then {b}.", "From {a} to {b}.", "{a} at first, but then {b}.")).format(
                a=state, b=later
            )
        details = [d.say(rng) for d in self.details]
        if not details:
            return _one(rng, _WHOLE).format(s=state)
        form = rng.random()
        if form < 0.25:
            return ", ".join([state, *details])
        if form < 0.7:
            return " ".join([_one(rng, _SENTENCES).format(s=state), *(d[0].upper() + d[1:] + "." for d in details)])
        return _one(rng, _OPENINGS).format(s=state) + ", " + ", and ".join(details) + "."


def paraphrases(rng: np.random.Generator, intent: Intent, count: int) -> tuple[str, ...]:
    """Up to `count` different texts of one intent."""
    texts: dict[str, None] = {}
    for _ in range(4 * count):
        texts.setdefault(intent.say(rng))
        if len(texts) == count:
            break
    return tuple(texts)


def _state(rng: np.random.Generator, emotion: str, level: int) -> str:
    return _one(rng, STATES[emotion][max(level, 1) - 1])


def _one(rng: np.random.Generator, choices: Sequence[_T]) -> _T:
    return choices[int(rng.integers(0, len(choices)))]
