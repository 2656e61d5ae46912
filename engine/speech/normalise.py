"""Written words to the words a speaker says: numbers, dates, money, times, abbreviations, acronyms.

English is expanded here for the aligner's dictionary. For other languages eSpeak reads the text by its own rules, so the words
only come apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from num2words import num2words

from engine.speech.markup import plain_text


@dataclass(frozen=True)
class SpokenText:
    """A text and how it is said.

    Args:
        tokens: the words as written, without outer punctuation, none empty.
        spoken: for each token the lower-case words said for it, at least one each.
        notices: what was done to the text.
        readings: for some tokens, other ways to say them: 1962 as a number, 250 with "and".
    """

    tokens: tuple[str, ...]
    spoken: tuple[tuple[str, ...], ...]
    notices: tuple[str, ...]
    readings: dict[int, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


_ABBREVIATIONS = {
    "mr": "mister", "mrs": "missus", "ms": "miz", "mx": "mix", "messrs": "messieurs", "dr": "doctor", "prof": "professor", "rev": "reverend",
    "hon": "honorable", "sr": "senior", "jr": "junior", "capt": "captain", "cpt": "captain", "lt": "lieutenant", "col": "colonel", "gen": "general",
    "sgt": "sergeant", "cpl": "corporal", "gov": "governor", "sen": "senator", "rep": "representative", "pres": "president", "fr": "father",
    "st": "saint", "mt": "mount", "ft": "fort", "ave": "avenue", "blvd": "boulevard", "rd": "road", "ln": "lane", "hwy": "highway", "sq": "square",
    "etc": "et cetera", "vs": "versus", "approx": "approximately", "dept": "department", "est": "established", "inc": "incorporated",
    "ltd": "limited", "corp": "corporation", "co": "company", "bros": "brothers", "vol": "volume", "chap": "chapter", "ch": "chapter", "fig": "figure",
    "pp": "pages", "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july", "aug": "august",
    "sep": "september", "sept": "september", "oct": "october", "nov": "november", "dec": "december", "mon": "monday", "tue": "tuesday",
    "tues": "tuesday", "wed": "wednesday", "thu": "thursday", "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday",
    "min": "minute", "mins": "minutes", "sec": "second", "secs": "seconds", "hr": "hour", "hrs": "hours", "tel": "telephone", "ext": "extension",
}  # fmt: skip
# Abbreviations that are said so even without their full stop.
_PLAIN_ABBREVIATIONS = frozenset(("mr", "mrs", "ms", "dr", "prof", "messrs", "etc", "vs", "sgt", "lt", "capt", "jr", "ltd", "blvd", "approx", "dept"))
# Also words of their own, which end sentences.
_ALSO_WORDS = frozenset(("co", "mar", "sat", "sec", "min", "wed", "jun", "fig", "gen", "rep", "inc", "corp", "est", "mon", "ave", "col"))
_DOTTED = {"e.g": "for example", "i.e": "that is", "ph.d": "p. h. d."}
_STREET_AFTER = re.compile(r"^[A-Z][a-z]+$")
_SYMBOLS = {
    "&": "and", "+": "plus", "=": "equals", "%": "percent", "@": "at", "#": "number", "°": "degrees", "×": "times", "÷": "divided by", "<": "less than",
    ">": "greater than", "~": "about", "§": "section", "™": "trademark", "½": "one half", "¼": "one quarter", "¾": "three quarters", "/": "slash",
}  # fmt: skip
_CURRENCY = {
    "$": ("dollar", "dollars", "cent", "cents"), "£": ("pound", "pounds", "penny", "pence"), "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "sen", "sen"), "₹": ("rupee", "rupees", "paisa", "paise"),
}  # fmt: skip
_UNITS = {
    "km": "kilometers", "m": "meters", "cm": "centimeters", "mm": "millimeters", "kg": "kilograms", "g": "grams", "mg": "milligrams", "lb": "pounds",
    "lbs": "pounds", "oz": "ounces", "ft": "feet", "in": "inches", "mi": "miles", "mph": "miles per hour", "kph": "kilometers per hour",
    "km/h": "kilometers per hour", "hz": "hertz", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz", "kb": "kilobytes", "mb": "megabytes",
    "gb": "gigabytes", "tb": "terabytes", "ms": "milliseconds", "s": "seconds", "h": "hours", "min": "minutes", "°c": "degrees celsius",
    "°f": "degrees fahrenheit", "°": "degrees", "k": "thousand", "m.": "million", "bn": "billion", "am": "a. m.", "pm": "p. m.", "a.m": "a. m.", "p.m": "p. m.",
    "%": "percent", "x": "times", "fps": "frames per second", "px": "pixels", "w": "watts", "kw": "kilowatts", "v": "volts", "ml": "milliliters", "l": "liters",
}  # fmt: skip
# Units that are no words, so that a number before them suffices.
_BARE_UNITS = frozenset((
    "km", "cm", "mm", "kg", "mg", "lb", "lbs", "oz", "mph", "kph", "km/h", "hz", "khz", "mhz", "ghz", "kb", "mb", "gb", "tb", "ms", "ml", "fps", "px",
    "bn", "am", "pm", "a.m", "p.m", "°c", "°f",
))  # fmt: skip
_LETTERS = {letter: f"{letter}." for letter in "bcdefghjklmnopqrstuvwxyz"} | {"a": "a.", "i": "i."}
_VOWEL_LETTERS = frozenset("aeiouy")
_OUTER = "\"'“”‘’«»„‚()[]{}<>.,;:!?…–—-*_¿¡|\\`´"
# Punctuation of scripts that write no spaces.
_CLAUSE_MARK = re.compile("[\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f\u300c\u300d\u300e\u300f\uff08\uff09\u0964\u060c\u061f]+")
# Never acronyms ("IT" and "US" may be).
_SHORT_WORDS = frozenset((
    "a", "am", "an", "and", "are", "as", "at", "be", "but", "by", "can", "did", "do", "for", "get", "go", "had", "has", "he", "her", "him", "his",
    "how", "i", "if", "in", "is", "its", "let", "me", "my", "new", "no", "not", "now", "of", "off", "oh", "on", "one", "or", "our", "out", "see",
    "she", "so", "the", "they", "to", "too", "two", "up", "was", "we", "who", "why", "yes", "you",
))  # fmt: skip
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+"
_MAGNITUDES = ("hundred", "thousand", "million", "billion", "trillion")


def _cardinal(text: str) -> str:
    return _words_of(num2words(int(text)))


def _words_of(text: str) -> str:
    return re.sub(r"[-,]", " ", text.lower())


def _digits(text: str) -> str:
    return " ".join("oh" if c == "0" else num2words(int(c)) for c in text)


def _number(text: str) -> str:
    """A plain, grouped or decimal number."""
    bare = text.replace(",", "")
    whole, dot, part = bare.partition(".")
    if dot:
        return f"{_cardinal(whole) if whole else 'zero'} point {' '.join(num2words(int(c)) for c in part)}"
    if len(bare) > 1 and bare[0] == "0":
        return _digits(bare)
    if len(bare) > 15:
        return _digits(bare)
    return _cardinal(bare)


def _year(text: str) -> str:
    return _words_of(num2words(int(text), to="year"))


def _money(match: re.Match[str]) -> str:
    one, many, small_one, small_many = _CURRENCY[match["sign"]]
    amount = match["amount"].replace(",", "")
    whole, _, cents = amount.partition(".")
    magnitude = {"k": "thousand", "m": "million", "bn": "billion", "b": "billion", "": ""}[(match["size"] or "").lower()]
    if magnitude:
        return f"{_number(amount)} {magnitude} {many}"
    said = f"{_number(whole or '0')} {one if whole == '1' else many}"
    if len(cents) == 2 and int(cents):
        said += f" and {_number(str(int(cents)))} {small_one if int(cents) == 1 else small_many}"
    elif cents and int(cents):
        return f"{_number(amount)} {many}"
    return said


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = {"a": " a. m.", "p": " p. m.", "": ""}[(match["half"] or "")[:1].lower()]
    if minute == 0:
        return f"{_cardinal(str(hour))}{half}" if half else f"{_cardinal(str(hour))} o'clock" if 0 < hour <= 12 else f"{_cardinal(str(hour))} hundred"
    return f"{_cardinal(str(hour))} {'oh ' if minute < 10 else ''}{_cardinal(str(minute))}{half}"


def _range(match: re.Match[str]) -> str:
    a, b = match["a"], match["b"]
    say = _year if len(a) == 4 and len(b) in (2, 4) else _number
    return f"{say(a)} to {_number(b) if len(b) < 4 else say(b)}"


def _decade(match: re.Match[str]) -> str:
    year = match["year"]
    said = _year(year) if len(year) == 4 else _cardinal(year)
    head, _, last = said.rpartition(" ")
    plural = last[:-1] + "ies" if last.endswith("y") else last + "s"
    return f"{head} {plural}".strip()


def _quantity(match: re.Match[str]) -> str:
    return f"{_number(match['number'])} {_quantity_of(match['number'], match['unit'].lower())}"


def _quantity_of(number: str, unit: str) -> str:
    said = _UNITS[unit]
    if number == "1" and said.endswith("s") and not said.endswith("celsius"):
        return {"inches": "inch", "degrees": "degree"}.get(said, said.removesuffix("s"))
    return said


_UNIT_PATTERN = "|".join(sorted((re.escape(u) for u in _UNITS), key=len, reverse=True))
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"^(?P<sign>[$£€¥₹])(?P<amount>{_NUMBER})(?P<size>k|m|bn|b)?$", re.I), _money),
    (re.compile(rf"^(?P<amount>{_NUMBER})(?P<size>)(?P<sign>[$£€¥₹])$"), _money),
    (re.compile(r"^(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)\s*(?P<half>[ap]\.?m\.?)$", re.I), _clock),
    (re.compile(r"^(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?P<half>)$"), _clock),
    (re.compile(r"^(?P<n>\d+)(?:st|nd|rd|th)$", re.I), lambda m: _words_of(num2words(int(m["n"]), to="ordinal"))),
    (re.compile(r"^'?(?P<year>\d{2}|\d{3}0)'?s$"), _decade),
    (re.compile(r"^(?P<a>\d+)[-–—](?P<b>\d+)$"), _range),
    (re.compile(r"^(?P<a>\d+)/(?P<b>\d+)$"), lambda m: _fraction(m["a"], m["b"])),
    (re.compile(rf"^(?P<number>{_NUMBER})(?P<unit>{_UNIT_PATTERN})$", re.I), _quantity),
    (re.compile(r"^(?P<y>1[1-9]\d\d|20[1-9]\d)$"), lambda m: _year(m["y"])),
    (re.compile(r"^(?P<y>200\d)$"), lambda m: _cardinal(m["y"])),
    (re.compile(rf"^(?P<n>{_NUMBER})$"), lambda m: _number(m["n"])),
    (re.compile(rf"^[-−](?P<n>{_NUMBER})(?P<rest>%?)$"), lambda m: f"minus {_number(m['n'])}{' percent' if m['rest'] else ''}"),
)


def _fraction(a: str, b: str) -> str:
    if b in ("2", "4"):
        name = {"2": "half", "4": "quarter"}[b]
        return f"{_number(a)} {name if a == '1' else {'half': 'halves', 'quarter': 'quarters'}[name]}"
    if len(b) <= 2 and 0 < int(a) < int(b):
        name = _words_of(num2words(int(b), to="ordinal"))
        return f"{_number(a)} {name if a == '1' else name + 's'}"
    return f"{_number(a)} slash {_number(b)}"


def _spell(letters: str) -> str:
    """Letters said one by one, as the dictionary names them (`b.`)."""
    return " ".join(_LETTERS[c] for c in letters.lower() if c in _LETTERS)


def _is_acronym(core: str) -> bool:
    """Whether capitals are spelt: two or three letters, or no vowel to say them by (NASA is said as a word)."""
    if not (core.isascii() and core.isalpha() and core.isupper() and len(core) > 1):
        return False
    return len(core) <= 3 or not any(c in _VOWEL_LETTERS for c in core.lower())


def _expand(core: str, ended_by_stop: bool, following: str, preceding: str) -> str:
    """What is said for one written word."""
    lower = core.lower()
    for pattern, say in _PATTERNS:
        match = pattern.match(core)
        if match is not None:
            return say(match)
    if lower in _DOTTED:
        return _DOTTED[lower]
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]?('s)?", core):
        return _spell(core.removesuffix("'s")) + (" s" if core.endswith("'s") else "")
    if lower in _ABBREVIATIONS and (lower in _PLAIN_ABBREVIATIONS or (ended_by_stop and (core[0].isupper() or lower not in _ALSO_WORDS))):
        if lower in ("st", "dr") and not _STREET_AFTER.match(following) and _STREET_AFTER.match(preceding):
            return {"st": "street", "dr": "drive"}[lower]
        return _ABBREVIATIONS[lower]
    if lower in _BARE_UNITS and re.fullmatch(_NUMBER, preceding):
        return _quantity_of(preceding, lower)
    if lower == "no" and ended_by_stop and following[:1].isdigit():
        return "number"
    return ""


def _letters_and_digits(piece: str) -> list[str]:
    """`B2B` -> b. two b.; `mp3` -> m. p. three; `covid19` -> covid nineteen."""
    out: list[str] = []
    for run in re.findall(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*", piece):
        if run.isdigit():
            out += _number(run).split()
        elif len(run) <= 2 or _is_acronym(run):
            out += _spell(run).split() or [run.lower()]
        else:
            out.append(run.lower())
    return out


def _ascii(word: str) -> str:
    """Latin letters without accents; other letters stay for g2p."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
    return plain.replace("æ", "ae").replace("œ", "oe").replace("ß", "ss").replace("ø", "o")


def _say_english(core: str, ended_by_stop: bool, following: str, preceding: str) -> tuple[str, ...]:
    expanded = _expand(core, ended_by_stop, following, preceding)
    if expanded:
        return tuple(expanded.split())
    if core in _SYMBOLS:
        return tuple(_SYMBOLS[core].split())
    if _is_acronym(core):
        return tuple(_spell(core).split())
    out: list[str] = []
    for piece in re.split(r"[-–—/_.,:;!?…+=~|\\]+|(?=[%&@#°])|(?<=[%&@#°])", core):
        if piece in _SYMBOLS:
            out += _SYMBOLS[piece].split()
        elif any(c.isdigit() for c in piece):
            said = _expand(piece, False, "", "")
            out += said.split() if said else _letters_and_digits(piece)
        elif piece.strip("'"):
            acronym = _is_acronym(piece.removesuffix("s")) and piece.endswith("s")
            out += [*_spell(piece[:-1]).split(), "s"] if acronym else [_ascii(piece.lower())]
    return tuple(word for word in out if any(c.isalpha() for c in word))


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").replace("ʼ", "'").replace("`", "'")


def _other_readings(core: str, said: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What else a speaker may say for a word with digits; a few, none equal to `said`."""
    found = [said]
    if re.fullmatch(r"[1-9]\d{3}", core):
        found += [tuple(_cardinal(core).split()), tuple(_year(core).split())]
        if core[1] != "0" and core[2:] != "00":
            hundreds = f"{_cardinal(core[:2])} hundred and {_cardinal(core[2:].lstrip('0'))}"
            found.append(tuple(hundreds.split()))
    found += [tuple("zero" if word == "oh" else word for word in reading) for reading in found]
    found += [tuple(word for word in reading if word != "and") for reading in found]
    found += [("a", *reading[1:]) for reading in found if reading[:2] in (("one", "hundred"), ("one", "thousand"))]
    return tuple(reading for reading in dict.fromkeys(found) if reading != said)


def _in_capitals(cores: list[str], i: int) -> bool:
    """Whether a word is written in capitals because the words around it are, not as an acronym."""
    if not cores[i].isupper():
        return False
    if cores[i].lower() in _SHORT_WORDS:
        return True
    sides = ([c for c in side if any(x.isalpha() for x in c)] for side in (cores[max(0, i - 2) : i], cores[i + 1 : i + 3]))
    return any(side and all(c.isupper() for c in side) and any(len(c) > 3 or c.lower() in _SHORT_WORDS for c in side) for side in sides)


def _core(word: str) -> str:
    """The word without outer punctuation; `'80s` and `.5` keep their first character."""
    bare = word.strip(_OUTER.replace("'", "").replace(".", ""))
    return bare if re.fullmatch(r"'\d+s|\.\d+", bare) else word.strip(_OUTER)


def normalise_text(text: str, language: str = "en") -> SpokenText:
    """Split a text into the words written and the words said.

    Args:
        text: a transcript; may hold markup, emoji, numbers, abbreviations.
        language: tag; only English is expanded.
    """
    plain, notices = plain_text(text)
    english = language.lower().split("-")[0] == "en"
    written = (_straight(plain) if english else _CLAUSE_MARK.sub(" ", plain)).split()
    tokens: list[str] = []
    spoken: list[tuple[str, ...]] = []
    readings: dict[int, tuple[tuple[str, ...], ...]] = {}
    cores = [_core(word) for word in written]
    shouted = [_in_capitals(cores, i) for i in range(len(cores))]
    for i, (word, core) in enumerate(zip(written, cores, strict=True)):
        if re.match(r"^[-−]\d", word):
            core = "-" + core
        if not core:
            continue
        if english:
            following = cores[i + 1] if i + 1 < len(cores) else ""
            preceding = cores[i - 1] if i else ""
            said = _say_english(core.lower() if shouted[i] else core, word.rstrip("\"')]},;:!?").endswith("."), following, preceding)
        else:
            said = (core.lower(),) if any(c.isalnum() for c in core) else ()
        if said:
            if english and any(c.isdigit() for c in core):
                readings[len(tokens)] = _other_readings(core, said)
            tokens.append(core)
            spoken.append(said)
    return SpokenText(tuple(tokens), tuple(spoken), notices, {token: others for token, others in readings.items() if others})
