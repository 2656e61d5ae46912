"""The vocabulary of instructions: English words and phrases, and what each does to the face. Tables; `instruction` reads with them.

Action units are those of FACS (Ekman and Friesen 1978) on Apple's coefficients; levels are MEAD's three. Values are those of the
strongest level; `*` in a channel's name stands for both sides, or for the one that is named. Sides are the character's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from engine.core.emotion import EMOTIONS


@dataclass(frozen=True)
class Effect:
    """What a phrase does.

    Args:
        name: what is shown to a person.
        held: values by track at the strongest level, held while it lasts.
        gesture: a movement of `instruction` beside it, such as `nod`.
        negated: values by track where the phrase is denied; the emotions and channels of `held` taken away where empty.
        base: MEAD level 1 to 3 without a word that says how much.
        one_sided: without a side named it is on the left alone.
        fixed: its values do not depend on the level.
    """

    name: str
    held: dict[str, float] = field(default_factory=dict)
    gesture: str = ""
    negated: dict[str, float] = field(default_factory=dict)
    base: int = 2
    one_sided: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Rule:
    """A phrase, as a pattern on lower-case text, and its effect."""

    source: str
    effect: Effect

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first used: all of them take longer than the window may wait."""
        return re.compile(self.source)


def _forms(verbs: str) -> str:
    """A pattern of the forms of verbs; `nod+` doubles its last letter."""
    out = []
    for verb in verbs.split():
        if verb.endswith("+"):
            stem = verb[:-1]
            out.append(f"{stem}(?:s|{stem[-1]}ed|{stem[-1]}ing)?")
        elif verb.endswith("e"):
            out.append(f"{verb[:-1]}(?:e[sd]?|ing)")
        elif verb.endswith("y"):
            out.append(f"{verb[:-1]}(?:y|ies|ied|ying)")
        else:
            out.append(f"{verb}(?:e?s|ed|ing)?")
    return "(?:" + "|".join(out) + ")"


_D = r"(?:(?:the|your|his|her|their|its|my|both|a|an|of|slightly|very|quite|a bit|strongly|deeply|tightly|together)\s+)*"
_S = r"(?:(?:left|right|one)\s+)?"
_BE = r"(?:(?:are|is|being|go|goes|going|get|gets|slightly|very|quite|strongly|deeply|tightly|pulled|drawn|pressed|turned|held|kept|stay|wide)\s+)*"


def _rule(pattern: str, effect: Effect) -> Rule:
    return Rule(r"\b(?:" + pattern.replace(" ", r"[\s-]+") + r")\b", effect)


def _unit(verbs: str, thing: str, effect: Effect, after: str = "") -> list[Rule]:
    """Rules for a verb with its object: "raise the brows", "raised brows", "brows raised"."""
    forms = _forms(verbs)
    tail = rf"(?:\s+(?:\w+ly |a bit |a little )?(?:{after}))?" if after else ""
    return [_rule(rf"{forms}\s+{_D}{_S}{_D}{thing}{tail}", effect), _rule(rf"{_S}{thing}\s+{_BE}{forms}{tail}", effect)]


def _emotion(words: str, name: str, base: int) -> Rule:
    return _rule(words, Effect(name, {f"emotions/{name}": 1.0}, base=base))


def _mood(words: str, name: str, **held: float) -> Rule:
    """A blend: emotions by their names, amounts as `amount_head`, channels as `eyeBlink_` for both sides."""
    tracks = {}
    for key, value in held.items():
        key = f"emotions/{key}" if key in EMOTIONS else key.replace("amount_", "amounts/")
        tracks[key[:-1] + "*" if key.endswith("_") else key] = value
    return _rule(words, Effect(name, tracks))


_SMILE = Effect("smile", {"emotions/happy": 1.0}, negated={"emotions/happy": -1.0, "mouthSmile*": -0.6})
_BROW = r"(?:eye)?brows?"
_LIPS = r"(?:lips?|mouth)"
_CORNERS = r"(?:(?:lip|mouth) corners?|corners? of (?:the|his|her|your|their) (?:mouth|lips)|corners?)"

EMOTION_RULES: tuple[Rule, ...] = (
    _emotion(r"annoy(?:ed|ance)|irritat(?:ed|ion)|cross|grumpy|displeased|impatient(?:ly)?|frustrat(?:ed|ion)|stern(?:ly)?|tense", "angry", 1),
    _emotion(r"ang(?:ry|rily|er|rier)|mad|hostile|aggressive(?:ly)?|outrag(?:ed|e)|threatening(?:ly)?|resentful", "angry", 2),
    _emotion(r"furious(?:ly)?|fury|rag(?:e|ing)|enraged|livid|wrath(?:ful)?", "angry", 3),
    _emotion(r"smug(?:ly)?|aloof|arrogant(?:ly)?|condescending(?:ly)?|superior|haughty|cocky|unimpressed", "contempt", 1),
    _emotion(r"contempt(?:uous|uously)?|disdain(?:ful|fully)?|scorn(?:ful|fully)?|despis(?:e|es|ing)|derisive", "contempt", 2),
    _emotion(r"distaste|dislik(?:e|es|ing)|put off|uncomfortable", "disgusted", 1),
    _emotion(r"disgust(?:ed|edly)?|repuls(?:ed|ion)|grossed out|nauseous|aversion", "disgusted", 2),
    _emotion(r"revolted|revulsion|sickened|loathing", "disgusted", 3),
    _emotion(r"nervous(?:ly)?|uneasy|unease|apprehensive|timid(?:ly)?|insecure|tentative(?:ly)?", "fear", 1),
    _emotion(r"fear(?:ful|fully)?|afraid|scared|anxious(?:ly)?|anxiety|frightened|alarmed|stressed", "fear", 2),
    _emotion(r"terrif(?:ied|ying)|terror|horrif(?:ied|ying)|horror|panic(?:ked|king|ky)?|petrified|desperate(?:ly)?", "fear", 3),
    _emotion(r"content(?:ed|edly)?|pleased|pleasant(?:ly)?|friendly|kind(?:ly)?|warm(?:ly|th)?|amused|amusement|satisfied|cheery|hopeful(?:ly)?", "happy", 1),
    _emotion(r"happ(?:y|ily|iness|ier)|glad(?:ly)?|cheer(?:ful|fully)|joy(?:ful|fully|ous)?|merr(?:y|ily)|upbeat|jolly|enthusias(?:m|tic|tically)", "happy", 2),
    _emotion(r"delighted|delight|ecstatic|overjoyed|elated|thrilled|euphoric|laugh(?:s|ed|ing|ter)?|beaming", "happy", 3),
    _emotion(r"wistful(?:ly)?|melanchol(?:y|ic)|down(?:cast|hearted)|disappoint(?:ed|ment|ing)|gloomy|regretful(?:ly)?|lonely|sorry|subdued", "sad", 1),
    _emotion(r"sad(?:ly|ness|der)?|unhapp(?:y|ily)|sorrow(?:ful|fully)?|mournful(?:ly)?|hurt|upset|sulk(?:s|y|ing)?|depressed|miserable|"
        r"tearful(?:ly)?", "sad", 2),
    _emotion(r"heartbroken|devastated|grief(?:-stricken)?|griev(?:es|ing)|despair(?:ing)?|cry(?:ing)?|cries|weep(?:s|ing)?|sob(?:s|bing)?|"
        r"anguish(?:ed)?|tears?|teary|tearing up",
        "sad", 3),
    _mood(r"curious(?:ly)?|interested|intrigued|attentive(?:ly)?", "curious", surprised=0.7, headRotZ=0.08),
    _emotion(r"surpris(?:ed|e|ing|ingly)|startled|incredulous(?:ly)?|taken aback|wonder(?:ing)?", "surprised", 2),
    _emotion(r"amazed|astonish(?:ed|ment)|shock(?:ed)?|stunned|flabbergasted|dumbfounded|awe(?:struck)?", "surprised", 3),
    _mood(r"worr(?:y|ied)|concern(?:ed)?", "worried", fear=0.5, browInnerUp=0.45),
    _mood(r"excit(?:ed|edly|ement)|eager(?:ly)?", "excited", happy=0.9, surprised=0.3, amount_head=0.5),
    _mood(r"confus(?:ed|ion)|puzzled|perplexed|baffled", "confused", browDownRight=0.6, browOuterUpLeft=0.5, eyeSquint_=0.2, headRotZ=0.14),
    _mood(r"s[kc]eptical(?:ly)?|doubtful(?:ly)?|suspicious(?:ly)?|disbelie(?:f|ving)|unconvinced", "skeptical", contempt=0.35, browOuterUpLeft=0.7,
        browDownRight=0.4, eyeSquint_=0.35),
    _mood(r"bitter\s?sweet(?:ly)?|nostalgic(?:ally)?", "bittersweet", happy=0.55, sad=0.6),
    _mood(r"relie(?:f|ved)", "relieved", happy=0.55, surprised=0.15, browInnerUp=0.3),
    _mood(r"jealous(?:ly|y)?|envious(?:ly)?|envy", "jealous", angry=0.4, contempt=0.45, eyeSquint_=0.3),
    _mood(r"flirty|flirtatious(?:ly)?|flirt(?:s|ing)?|seductive(?:ly)?", "flirty",
          happy=0.45, mouthSmileLeft=0.25, browOuterUpLeft=0.4, eyeSquint_=0.2, headRotZ=-0.14),
    _mood(r"(?:in love|lov(?:e|ing|ingly)|affection(?:ate|ately)?|tender(?:ly)?|ador(?:ing|ingly|ation))", "loving", happy=0.65, browInnerUp=0.3,
          headRotZ=-0.12),
    _mood(r"evil|sinister|menac(?:ing|ingly|e)|wicked|malicious(?:ly)?|villainous", "menacing",
          angry=0.35, contempt=0.3, browDown_=0.5, headRotX=0.14, eyeLookUp_=0.2),
    _mood(r"mischievous(?:ly)?|cheek(?:y|ily)|playful(?:ly)?|sly(?:ly)?", "mischievous", happy=0.5, browOuterUpLeft=0.5, mouthSmileLeft=0.25),
    _mood(r"hesitant(?:ly)?|hesitat(?:es|ing|ion)|unsure|uncertain(?:ly)?|insecurely", "hesitant", fear=0.3, browInnerUp=0.35, mouthPress_=0.25),
    _mood(r"proud(?:ly)?|confident(?:ly)?|triumphant(?:ly)?|self assured", "proud", happy=0.45, headRotX=-0.16),
    _mood(r"asham(?:ed|e)|embarrass(?:ed|ment)|shy(?:ly)?|bashful(?:ly)?|guilty|sheepish(?:ly)?",
        "ashamed", sad=0.4, happy=0.15, headRotX=0.16, eyeLookDown_=0.6),
    _mood(r"thoughtful(?:ly)?|pensive(?:ly)?|contemplative|thinking|reflective", "thoughtful", browDown_=0.35, eyeLookUp_=0.4, mouthPress_=0.2),
    _mood(r"serious(?:ly)?|determined|resolute(?:ly)?|focus(?:s?ed)|concentrat(?:ed|ing)|intent(?:ly)?|grim(?:ly)?", "determined", browDown_=0.55,
        eyeSquint_=0.3, mouthPress_=0.3),
    _mood(r"tired(?:ly)?|sleepy|sleepily|exhausted|weary|wearily|drowsy|bored|boredom", "tired", eyeBlink_=0.45, browInnerUp=0.2, amount_head=-0.6,
        amount_brows=-0.6),
    _mood(r"sarcastic(?:ally)?|ironic(?:ally)?|mocking(?:ly)?|teasing(?:ly)?", "sarcastic", contempt=0.6, happy=0.3, browOuterUpLeft=0.4),
    _mood(r"pain(?:ed|ful|fully)?|winc(?:e|es|ed|ing)|grimac(?:e|es|ed|ing)|agony", "pain", browDown_=0.8,
        eyeSquint_=0.9, cheekSquint_=0.7, noseSneer_=0.4, mouthUpperUp_=0.5, mouthStretch_=0.5),
    _mood(r"lively|energ(?:y|etic|etically)|animated(?:ly)?|expressive(?:ly)?|vivid(?:ly)?", "lively", amount_head=0.8, amount_brows=0.8),
    _mood(r"calm(?:ly)?|relax(?:ed)?|serene(?:ly)?|peaceful(?:ly)?|composed|quiet(?:ly)?", "calm", angry=-0.6, fear=-0.6, amount_head=-0.5, amount_brows=-0.5),
)  # fmt: skip

_NEUTRAL = Effect("neutral", dict.fromkeys((f"emotions/{n}" for n in EMOTIONS), -1.0), fixed=True)
_SNEER = Effect("sneer", {"noseSneer*": 0.8, "mouthUpperUp*": 0.55}, one_sided=True)
_SMIRK = Effect("smirk", {"mouthSmile*": 0.75, "mouthDimple*": 0.5, "cheekSquint*": 0.3}, one_sided=True)
_FROWN = Effect("frown", {"browDown*": 0.9, "mouthFrown*": 0.7})
_RAISE_ALL = Effect("raise the brows", {"browInnerUp": 0.9, "browOuterUp*": 0.95})
_RAISE_ONE = Effect("raise one brow", {"browOuterUp*": 0.95}, one_sided=True)
_WIDE = Effect("widen the eyes", {"eyeWide*": 1.0})
_SHUT = Effect("close the eyes", {"eyeBlink*": 1.0}, negated={"eyeBlink*": -1.0}, fixed=True)
_PUCKER = Effect("pucker the lips", {"mouthPucker": 0.95})
_PRESS = Effect("press the lips", {"mouthPress*": 0.95, "mouthRollLower": 0.25, "mouthRollUpper": 0.2, "mouthClose": 0.05})
_TIGHT = Effect("tighten the lips", {"mouthPress*": 0.6, "mouthRollLower": 0.35, "mouthRollUpper": 0.35})
_STRETCH = Effect("stretch the lips", {"mouthStretch*": 0.95})
_DOWN = Effect("lip corners down", {"mouthFrown*": 0.9})
_UP = Effect("lip corners up", {"mouthSmile*": 0.85})
_OPEN = Effect("open the mouth", {"jawOpen": 0.45})
_JAW = Effect("drop the jaw", {"jawOpen": 0.6})
_STARE = Effect("stare", {"amounts/blink": -2.0, "amounts/gaze": -1.0, "eyeWide*": 0.15}, fixed=True)
_STILL = Effect("keep still", {"amounts/head": -0.9, "amounts/gaze": -0.7}, fixed=True)
_CONTACT = Effect("look at the viewer", {"amounts/gaze": -0.9}, fixed=True)
_HEAD_DOWN = Effect("head down", {"headRotX": 0.32})
_HEAD_UP = Effect("head up", {"headRotX": -0.26})
_QUIVER = Effect("quiver", gesture="quiver")

# What one action unit does, for instructions such as "AU 6+12".
ACTION_UNITS: dict[int, Effect] = {
    1: Effect("AU 1, inner brows up", {"browInnerUp": 1.0}), 2: Effect("AU 2, outer brows up", {"browOuterUp*": 1.0}),
    4: Effect("AU 4, brows down", {"browDown*": 1.0}), 5: Effect("AU 5, upper lids up", {"eyeWide*": 1.0}),
    6: Effect("AU 6, cheeks up", {"cheekSquint*": 1.0}), 7: Effect("AU 7, lids tight", {"eyeSquint*": 1.0}),
    9: Effect("AU 9, nose wrinkled", {"noseSneer*": 1.0}), 10: Effect("AU 10, upper lip up", {"mouthUpperUp*": 0.9}),
    12: Effect("AU 12, lip corners up", {"mouthSmile*": 0.95}), 14: Effect("AU 14, dimples", {"mouthDimple*": 0.95}),
    15: Effect("AU 15, lip corners down", {"mouthFrown*": 0.95}), 16: Effect("AU 16, lower lip down", {"mouthLowerDown*": 0.9}),
    17: Effect("AU 17, chin up", {"mouthShrugLower": 0.9}), 18: Effect("AU 18, lips puckered", {"mouthPucker": 0.95}),
    20: Effect("AU 20, lips stretched", {"mouthStretch*": 0.95}), 22: Effect("AU 22, lips funnelled", {"mouthFunnel": 0.9}),
    23: Effect("AU 23, lips tight", _TIGHT.held), 24: Effect("AU 24, lips pressed", {"mouthPress*": 0.95}),
    25: Effect("AU 25, lips parted", {"mouthLowerDown*": 0.3, "jawOpen": 0.08}), 26: Effect("AU 26, jaw down", {"jawOpen": 0.35}),
    27: Effect("AU 27, mouth stretched", {"jawOpen": 0.85}), 28: Effect("AU 28, lips sucked", {"mouthRollLower": 0.9, "mouthRollUpper": 0.9}),
    43: Effect("AU 43, eyes shut", {"eyeBlink*": 1.0}), 45: Effect("AU 45, blink", gesture="blink"), 46: Effect("AU 46, wink", gesture="wink", one_sided=True),
    51: Effect("AU 51, head left", {"headRotY": 0.4}), 52: Effect("AU 52, head right", {"headRotY": -0.4}),
    53: Effect("AU 53, head up", _HEAD_UP.held), 54: Effect("AU 54, head down", _HEAD_DOWN.held),
    55: Effect("AU 55, tilt left", {"headRotZ": -0.28}), 56: Effect("AU 56, tilt right", {"headRotZ": 0.28}),
    61: Effect("AU 61, eyes left", gesture="look left"), 62: Effect("AU 62, eyes right", gesture="look right"),
    63: Effect("AU 63, eyes up", gesture="look up"), 64: Effect("AU 64, eyes down", gesture="look down"),
}  # fmt: skip

FACE_RULES: tuple[Rule, ...] = (
    _rule(r"neutral(?:ly)?|expressionless|blank(?:ly)?|deadpan|poker face|straight face|no emotions?|unemotional|emotionless", _NEUTRAL),
    # Brows.
    *_unit("raise lift", rf"(?:inner {_BROW}|inner corners? of (?:the|his|her|your|their) {_BROW})", Effect("raise the inner brows", {"browInnerUp": 1.0})),
    *_unit("raise lift", rf"outer {_BROW}", Effect("raise the outer brows", {"browOuterUp*": 1.0})),
    _rule(rf"inner {_BROW} (?:up|high|go up|goes up)", Effect("raise the inner brows", {"browInnerUp": 1.0})),
    *_unit("raise lift arch", _BROW, _RAISE_ALL, "up"),
    _rule(rf"{_forms('raise lift arch cock quirk')} (?:an|one|a single) (?:left|right)?\s*(?:eye)?brow", _RAISE_ONE),
    _rule(rf"{_S}{_BROW} (?:up|high|go up|goes up)", _RAISE_ALL),
    _rule(r"inner brow raisers?", ACTION_UNITS[1]), _rule(r"outer brow raisers?", ACTION_UNITS[2]), _rule(r"brow lowerers?", ACTION_UNITS[4]),
    *_unit("lower furrow knit+ draw contract pull crease", rf"(?:{_BROW}|forehead)", Effect("lower the brows", {"browDown*": 1.0}), "together|down"),
    _rule(rf"{_BROW} (?:down|drawn together|drawn down|knitted)", Effect("lower the brows", {"browDown*": 1.0})),
    _rule(_forms("frown scowl glower"), _FROWN),
    _rule(_forms("glare"), Effect("glare", {"browDown*": 0.9, "eyeSquint*": 0.4, "eyeWide*": 0.25, "amounts/blink": -1.5, "amounts/gaze": -0.9})),
    # Eyes.
    *_unit("squint+ narrow tighten", r"(?:eyes?|eye ?lids?|lids?)", Effect("squint", {"eyeSquint*": 1.0, "cheekSquint*": 0.35})),
    _rule(r"squint(?:s|ed|ing)?", Effect("squint", {"eyeSquint*": 1.0, "cheekSquint*": 0.35})),
    *_unit("widen pop+", r"(?:eyes?)", _WIDE),
    _rule(rf"wide eyed|wide (?:open )?eyes|eyes (?:\w+ )?wide(?: open(?:ed)?)?|open{_D} eyes wide|upper lid raisers?", _WIDE),
    _rule(rf"{_forms('open')}\s+{_D}eyes?\s+(?:very )?wide(?:ly)?", _WIDE), _rule(r"lid tighteners?", ACTION_UNITS[7]),
    *_unit("close shut+", "eyes?", _SHUT), _rule(r"eyes (?:shut|closed)", _SHUT),
    _rule(r"open(?:s|ed|ing)? (?:them|(?:the |your |his |her |their )?eyes)(?: again)?", Effect("open the eyes", {"eyeWide*": 0.25})),
    *_unit("droop lower", r"(?:eye ?lids?|lids?)", Effect("lower the lids", {"eyeBlink*": 0.55})),
    _rule(r"half closed eyes|heavy (?:eye)?lid(?:s|ded)|eyes half (?:closed|shut)", Effect("lower the lids", {"eyeBlink*": 0.55})),
    _rule(rf"{_forms('wink')}(?: with (?:the|your|his|her|their) (?:left|right)(?: eye)?)?", Effect("wink", gesture="wink", one_sided=True, fixed=True)),
    # Nose and cheeks.
    *_unit("wrinkle scrunch crease crinkle", r"nose", Effect("wrinkle the nose", {"noseSneer*": 0.95, "browDown*": 0.25}), "up"),
    _rule(r"nose wrinklers?", ACTION_UNITS[9]), *_unit("flare", r"nostrils?", Effect("flare the nostrils", {"noseSneer*": 0.45})),
    _rule(rf"{_forms('sneer snarl')}(?: (?:with|on) (?:the|your|his|her|their) (?:left|right)(?: side)?)?", _SNEER),
    *_unit("raise lift", r"cheeks?", Effect("raise the cheeks", {"cheekSquint*": 1.0, "eyeSquint*": 0.25})), _rule(r"cheek raisers?", ACTION_UNITS[6]),
    *_unit("puff blow inflate", r"cheeks?", Effect("puff the cheeks", {"cheekPuff": 1.0, "mouthPress*": 0.3}), "out|up"),
    # Mouth.
    _rule(rf"{_forms('smile')}|smiley", _SMILE),
    _rule(rf"{_forms('grin+ beam')}|big smile|broad(?:ly)? smil(?:e|es|ing)", Effect("grin", {"emotions/happy": 1.0}, negated=_SMILE.negated, base=3)),
    _rule(r"(?:closed(?: mouth| lips?)?|polite|fake|forced|thin lipped|tight lipped) smil(?:e|es|ing)", Effect("closed smile", {"mouthSmile*": 0.7,
        "mouthPress*": 0.25})),
    _rule(rf"(?:{_forms('smirk')}|half smile|lop ?sided smile|crooked smile)"
          rf"(?:\s+(?:with|on|in|at|to)\s+{_D}(?:left|right)(?:\s+(?:{_CORNERS}|side))?)?", _SMIRK),
    *_unit("press", rf"{_LIPS}", _PRESS, "together|tight|tightly|shut"), _rule(r"lip pressors?|lips (?:tight )?together", _PRESS),
    *_unit("tighten thin+ compress", _LIPS, _TIGHT), _rule(r"lip tighteners?|tight lips|thin lips|tight lipped", _TIGHT),
    *_unit("pucker purse", _LIPS, _PUCKER), _rule(r"lip puckerers?|kiss(?:es|ing)?(?: face)?|duck face", _PUCKER),
    _rule(_forms("pout"), Effect("pout", {"mouthPucker": 0.55, "mouthShrugLower": 0.75, "mouthFrown*": 0.35})),
    *_unit("funnel round protrude", _LIPS, Effect("round the lips", {"mouthFunnel": 0.9, "mouthPucker": 0.3})), _rule(r"lip funnelers?", ACTION_UNITS[22]),
    *_unit("stretch pull widen", _LIPS, _STRETCH, "back|wide|apart|sideways"), _rule(r"lip stretchers?", _STRETCH),
    *_unit("pull turn lower drop+ depress droop", _CORNERS, _DOWN, "down(?:ward|wards)?"),
    _rule(rf"{_S}{_CORNERS} (?:\w+ )?down(?:ward|wards|turned)?|down ?turned (?:mouth|lips)|lip corner depressors?", _DOWN),
    *_unit("raise lift pull turn", _CORNERS, _UP, "up(?:ward|wards)?"),
    _rule(rf"{_S}{_CORNERS} (?:\w+ )?up(?:ward|wards|turned)?|up ?turned (?:mouth|lips)|lip corner pullers?", _UP),
    *_unit("raise lift curl", r"upper lip", Effect("raise the upper lip", {"mouthUpperUp*": 0.85})), _rule(r"upper lip raisers?", ACTION_UNITS[10]),
    *_unit("lower depress drop+", r"lower lip", Effect("lower the lower lip", {"mouthLowerDown*": 0.85})),
    _rule(rf"(?:{_forms('curl')}|snarling)\s+{_D}{_S}lips?", _SNEER),
    *_unit("bare show", r"teeth", Effect("bare the teeth", {"mouthUpperUp*": 0.85, "mouthLowerDown*": 0.75, "mouthStretch*": 0.3})),
    *_unit("clench grit+", r"(?:jaws?|teeth)", Effect("clench the jaw", {"mouthPress*": 0.45, "jawForward": 0.12, "jawOpen": -0.15, "eyeSquint*": 0.2})),
    *_unit("bite suck", r"(?:lower |bottom )?lips?", Effect("bite the lip", {"mouthRollLower": 0.95, "mouthUpperUp*": 0.2}), "in"),
    *_unit("roll tuck", _LIPS, Effect("roll the lips in", {"mouthRollLower": 0.9, "mouthRollUpper": 0.85}), "in|inwards?"),
    *_unit("part", _LIPS, ACTION_UNITS[25]), *_unit("open gape", r"(?:mouth|lips)", _OPEN, "wide"),
    _rule(r"mouth (?:wide )?open|open mouthed|gap(?:es|ed|ing)|agape", _OPEN),
    *_unit("drop+ lower open", r"jaw", _JAW), _rule(r"jaw drops?|slack jawed", _JAW),
    *_unit("thrust jut+ push", r"(?:jaw|chin)", Effect("jaw forward", {"jawForward": 0.9}), "forwards?|out"),
    _rule(rf"(?:{_forms('move push shift')}\s+{_D})?jaw (?:to )?{_D}left", Effect("jaw left", {"jawLeft": 0.8})),
    _rule(rf"(?:{_forms('move push shift')}\s+{_D})?jaw (?:to )?{_D}right", Effect("jaw right", {"jawRight": 0.8})),
    _rule(r"chin raisers?|(?:wrinkle|push up|bunch)(?:s|ed|ing)? (?:the|your|his|her) chin", ACTION_UNITS[17]), _rule(r"dimples?|dimplers?", ACTION_UNITS[14]),
    _rule(rf"{_forms('stick poke')}\s+(?:out\s+)?{_D}tongue(?: out)?|tongue out", Effect("tongue out", {"tongueOut": 1.0, "jawOpen": 0.3})),
    *_unit("lick", _LIPS, Effect("lick the lips", {"tongueOut": 0.5, "mouthRollLower": 0.35, "jawOpen": 0.12})),
    _rule(r"(?:shaky|trembling|quivering) voice|voice (?:\w+ )?(?:trembl(?:es|ing)|quiver(?:s|ing)|shak(?:es|ing))", _QUIVER),
    *_unit("quiver tremble shake", r"(?:lower lip|lips?|chin)", _QUIVER), _rule(r"(?:quivering|trembling) (?:lower )?(?:lips?|chin|mouth)", _QUIVER),
)  # fmt: skip

_HEAD = r"(?:head|face)"
MANNER_RULES: tuple[Rule, ...] = (
    _rule(rf"{_forms('nod+')}(?:\s+{_D}head)?", Effect("nod", gesture="nod", negated={"amounts/head": -1.0})),
    _rule(rf"{_forms('shake')}\s+{_D}head|head shak(?:e|es|ing)|shaking (?:of )?(?:the )?head",
        Effect("shake the head", gesture="shake", negated={"amounts/head": -1.0})),
    *_unit("tilt tip+ lean cock incline", rf"{_HEAD}",
        Effect("tilt the head", {"headRotZ": -0.28}), r"to (?:the |one )?(?:side|left|right)|left|right|sideways"),
    _rule(r"(?:head )?tilt(?:s|ed|ing)?(?: (?:to )?(?:the )?(?:left|right|side))?|head cocked", Effect("tilt the head", {"headRotZ": -0.28})),
    _rule(rf"{_forms('turn rotate')}\s+{_D}{_HEAD}?\s*(?:to )?{_D}(?:left|right)|(?:head |face )turned (?:to )?{_D}(?:left|right)",
        Effect("turn the head", {"headRotY": 0.5})),
    _rule(rf"{_forms('turn')}\s+{_D}{_HEAD}?\s*(?:away|aside)|turn(?:s|ed|ing)? away", Effect("turn away", {"headRotY": 0.45,
        "headRotX": 0.06}, gesture="look left")),
    *_unit("lower drop+ bow hang dip+", r"head", _HEAD_DOWN, "down|low"), _rule(r"head (?:held )?(?:down|low)|bow(?:s|ed|ing)?", _HEAD_DOWN),
    *_unit("raise lift", r"(?:head|chin)", _HEAD_UP, "up|high"), _rule(r"(?:head|chin) (?:held )?(?:up|high)", _HEAD_UP),
    _rule(rf"{_forms('lean')} (?:forwards?|in|closer)", Effect("lean forward", {"headPosZ": 40.0, "headRotX": 0.06})),
    _rule(rf"{_forms('lean pull draw')} (?:\w+ )?back(?:wards?)?|{_forms('recoil flinch')}", Effect("lean back", {"headPosZ": -35.0, "headRotX": -0.06})),
    _rule(rf"{_forms('sway rock')}|sway from side to side", Effect("sway", gesture="sway")),
    _rule(rf"{_forms('bob+')}(?:\s+{_D}head)?", Effect("bob the head", gesture="bob")),
    _rule(rf"(?:{_forms('keep hold stay stand remain')}\s+)?{_D}(?:head\s+)?(?:very |perfectly )?still|motionless|freeze(?:s)?|frozen|without moving"
          rf"|(?:do not|don[’']t|not|never|no) mov(?:e|ing|ements?)(?:\s+{_D}(?:head|face))?", _STILL),
    # Gaze.
    *(_rule(rf"(?:{_forms('look glance gaze peer turn')}|eyes)\s+(?:\w+ly )?(?:to )?{_D}(?:his |her |your |their )?{side}(?:wards)?",
            Effect(f"look {side}", gesture=f"look {side}", negated={"amounts/gaze": -1.0})) for side in ("left", "right")),
    *(_rule(rf"(?:{_forms('look glance gaze peer')}|eyes)\s+(?:\w+ly )?{updown}(?:wards?)?\s+(?:and\s+)?(?:to\s+)?{_D}{side}(?:wards)?",
            Effect(f"look {updown} and {side}", gesture=f"look {updown} {side}", negated={"amounts/gaze": -1.0}))
      for updown in ("up", "down") for side in ("left", "right")),
    _rule(rf"(?:{_forms('look glance gaze')}|eyes) (?:\w+ly )?up(?:wards?)?|upward gaze|eyes to the (?:sky|ceiling)",
        Effect("look up", gesture="look up", negated={"amounts/gaze": -1.0})),
    _rule(rf"(?:{_forms('look glance gaze')}|eyes) (?:\w+ly )?down(?:wards?|cast)?|downward gaze|downcast eyes|{_forms('lower drop+')}\s+{_D}(?:gaze|eyes)",
          Effect("look down", gesture="look down", negated={"amounts/gaze": -1.0})),
    _rule(rf"{_forms('look glance gaze')} (?:\w+ly )?(?:away|aside|off|sideways|to the side)|{_forms('avert')}\s+{_D}(?:gaze|eyes|look)|averted (?:gaze|eyes)"
          r"|avoid(?:s|ed|ing)? (?:eye contact|looking)|gaze (?:\w+ )?averted", Effect("look away", gesture="look away", negated=_CONTACT.held)),
    _rule(rf"{_forms('look glance')} (?:around|about)|{_forms('dart')}(?: eyes)?|eyes dart(?:s|ing)?|shifty eyes?",
        Effect("look around", gesture="look around")),
    _rule(rf"{_forms('look gaze')}(?: (?:\w+ly )?(?:straight|directly|back))? (?:at|into|to) (?:me|us|(?:the )?(?:camera|viewer|listener|lens|audience))"
          rf"|{_forms('look gaze')} (?:straight(?: ahead)?|ahead)"
          r"|(?:make|keep|hold|maintain)(?:s|ing)? eye contact|eye contact|steady gaze|hold(?:s|ing)? (?:the|her|his|your) gaze", _CONTACT),
    _rule(rf"{_forms('roll')}\s+{_D}eyes?|eye ?rolls?|rolling eyes", Effect("roll the eyes", gesture="roll eyes", fixed=True)),
    _rule(rf"{_forms('stare')}|unblinking(?:ly)?|fixed gaze", _STARE),
    # Blinks and breath.
    _rule(rf"{_forms('blink')} (?:\w+ )?(?:rapidly|quickly|fast|repeatedly|a lot|often|nervously)|(?:rapid|fast|frequent)(?:ly)? blink(?:s|ing)?"
          rf"|{_forms('flutter')}\s+{_D}(?:eye)?lashes|eyes flutter(?:ing)?",
          Effect("blink rapidly", gesture="blink rapidly", negated={"amounts/blink": -2.0}, fixed=True)),
    _rule(rf"{_forms('blink')}(?:\s+{_D}eyes)?", Effect("blink", gesture="blink", negated={"amounts/blink": -2.0}, fixed=True)),
    _rule(rf"{_forms('sigh')}|{_forms('breathe exhale inhale')}(?: deep(?:ly)?| heavily)?|deep breaths?",
        Effect("breathe deeply", {"amounts/breath": 1.0}, gesture="sigh")),
)  # fmt: skip
RULES: tuple[Rule, ...] = EMOTION_RULES + FACE_RULES + MANNER_RULES
