from __future__ import annotations

import pytest

from engine.speech.normalise import normalise_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mr. Smith", "mister smith"), ("Dr. No lives on Mulholland Dr. now", "doctor no lives on mulholland drive now"),
        ("Baker St. and St. Paul", "baker street and saint paul"), ("etc.", "et cetera"), ("e.g. this, i.e. that", "for example this that is that"),
        ("in 1962", "in nineteen sixty two"), ("2007", "two thousand and seven"), ("1,000,000", "one million"), ("3.14", "three point one four"),
        ("-5", "minus five"), ("007", "oh oh seven"), ("the 3rd", "the third"), ("the 1990s", "the nineteen nineties"), ("'80s", "eighties"),
        ("$1,234.50", "one thousand two hundred and thirty four dollars and fifty cents"), ("£5m", "five million pounds"), ("€1", "one euro"),
        ("10:30", "ten thirty"), ("7pm", "seven p. m."), ("5:00", "five o'clock"), ("10:05 a.m.", "ten oh five a. m."), ("50%", "fifty percent"),
        ("1/2", "one half"), ("3/4", "three quarters"), ("5km", "five kilometers"), ("1 kg at 10 am", "one kilogram at ten a. m."), ("1kg", "one kilogram"),
        ("10-12", "ten to twelve"),
        ("NASA and the FBI", "nasa and the f. b. i."), ("CPUs", "c. p. u. s"), ("the U.S.A.", "the u. s. a."), ("THERE IS NO WAY", "there is no way"),
        ("mp3", "m. p. three"), ("state-of-the-art", "state of the art"), ("well--no", "well no"), ("don’t", "don't"), ("naïve café", "naive cafe"),
        ("R&D", "r and d"), ("No. 5", "number five"), ("no", "no"),
    ],
)  # fmt: skip
def test_english_as_it_is_said(text: str, said: str) -> None:
    assert " ".join(word for words in normalise_text(text).spoken for word in words) == said


def test_each_written_word_keeps_what_is_said_for_it() -> None:
    spoken = normalise_text('He said: "It cost $5 in 1999!" 😀')
    assert spoken.tokens == ("He", "said", "It", "cost", "$5", "in", "1999")
    assert spoken.spoken[4] == ("five", "dollars") and spoken.spoken[6] == ("nineteen", "ninety", "nine")
    assert spoken.notices == ("emoji in the text were left out",)


def test_numbers_have_other_readings() -> None:
    readings = normalise_text("250 in 1962").readings
    assert readings[0] == (("two", "hundred", "fifty"),)
    assert ("one", "thousand", "nine", "hundred", "and", "sixty", "two") in readings[2] and ("nineteen", "hundred", "sixty", "two") in readings[2]


def test_other_languages_only_come_apart() -> None:
    assert normalise_text("Das sind 5 Äpfel, gell?", "de").spoken == (("das",), ("sind",), ("5",), ("äpfel",), ("gell",))
    assert normalise_text("你好，世界。", "cmn").tokens == ("你好", "世界")


@pytest.mark.parametrize("text", ["", "   ", "...", "<br/>", "😀", "—", "\x00\x01"])
def test_nothing_to_say(text: str) -> None:
    assert normalise_text(text).tokens == ()
