from __future__ import annotations

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.speech import espeak
from engine.speech.phonemes import (
    INVENTORY,
    PHONEME_DTYPE,
    VISEME_CLASSES,
    canonical,
    check_track,
    features,
    from_arpabet,
    is_bilabial,
    split_label,
    stress_of,
    to_arpabet,
    track,
    viseme_of,
    visemes_of,
)
from engine.speech.voices import find_voice

# The classes as the architecture lists them.
CLASSES = {
    "sil": [""], "PBM": ["p", "b", "m"], "FV": ["f", "v"], "TH": ["θ", "ð"], "DTNL": ["t", "d", "n", "l", "ɾ"], "KG": ["k", "ɡ", "ŋ", "h", "x"],
    "SZ": ["s", "z"], "CH": ["ʃ", "ʒ", "tʃ", "dʒ", "j"], "R": ["r", "ɹ"], "AA": ["a", "æ", "ɑ", "ʌ", "ə", "ɜ", "ɐ"],
    "EI": ["i", "ɪ", "e", "ɛ", "eɪ"], "OU": ["o", "ɔ", "u", "ʊ", "w", "y", "ø"],
}  # fmt: skip
TEXTS = {
    "en-us": "Both of my beautiful birds jumped through the yellow garage measuring a vision.", "de": "Der Apfel fällt nicht weit vom Pferd, schöne Bücher.",
    "fr": "Un bon vin blanc et des pommes vertes, monsieur.", "es": "El perro corre por la calle con mucho gusto, llueve.", "cmn": "你好，我们是北京人，谢谢。",
    "ru": "Привет, мама мыла раму, щука и цапля.", "ar": "مرحبا بكم في بيتي", "hi": "नमस्ते, मेरा नाम भारत है",
    "ja": "こんにちは、びっくりしました。", "pl": "Cześć, dziękuję bardzo, źrebię.",
    "sw": "Habari ya asubuhi, ng'ombe mbili.", "tr": "Günaydın, çocuklar ağaçta.", "vi": "Xin chào, tôi là người Việt Nam.",
    "ka": "გამარჯობა, მშვიდობა ყველას.", "th": "สวัสดีครับ",
}  # fmt: skip

ARPABET = (
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW",
    "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
)  # fmt: skip


def test_classes_of_the_architecture() -> None:
    assert tuple(CLASSES) == VISEME_CLASSES
    assert {label: viseme_of(label) for labels in CLASSES.values() for label in labels} == {label: name for name, labels in CLASSES.items() for label in labels}
    assert visemes_of("aɪ") == ("AA", "EI") and visemes_of("aʊ") == ("AA", "OU") and visemes_of("pf") == ("PBM", "FV")


@pytest.mark.parametrize("symbol", INVENTORY)
def test_every_symbol_has_a_class_and_a_stand_in(symbol: str) -> None:
    phone = features(symbol)
    assert phone.label == symbol and phone.kind in ("vowel", "consonant")
    assert (phone.place != "" and phone.manner != "") or phone.kind == "vowel"
    assert viseme_of(symbol) in VISEME_CLASSES and viseme_of(symbol) != "sil"
    assert to_arpabet(symbol) or symbol == "ʔ"


def test_the_inventory_has_no_symbol_twice() -> None:
    assert len(set(INVENTORY)) == len(INVENTORY)


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_what_espeak_says_is_in_the_inventory(language: str) -> None:
    words = espeak.text_to_ipa(TEXTS[language], find_voice(language).identifier)
    labels = [label for word in words for label in word]
    assert len(labels) > 8
    for label in labels:
        for part in split_label(label):
            assert canonical(part) == part and len(part) <= 8
            assert all(segment.label[0] in INVENTORY for segment in (features(part).parts or (features(part),)))


def test_features_of_a_diphthong_an_affricate_and_a_double_stop() -> None:
    assert [p.label for p in features("ˈaɪ").parts] == ["a", "ɪ"] and features("ˈaɪ").height == 1.0
    assert features("tʃ").manner == "affricate" and not features("tʃ").voiced and features("dʒ").voiced
    assert features("œ̃").nasal and features("iː").long and features("n̩").syllabic and features("tʷ").rounding == 0.8
    assert features("kp").closes_lips and features("pf").lip_to_teeth and not features("t").closes_lips


def test_only_the_sounds_made_with_shut_lips_are_bilabial() -> None:
    assert {symbol for symbol in INVENTORY if is_bilabial(symbol)} == set("pbmɓʙʘ")


def test_composite_labels_come_apart() -> None:
    assert split_label("ɔːɹ") == ("ɔː", "ɹ") and split_label("əl") == ("ə", "l") and split_label("aɪɚ") == ("aɪ", "ɚ")
    assert split_label("ts.h") == ("tsʰ",) and split_label("tʃ") == ("tʃ",) and split_label("5") == ()
    assert canonical("g") == "ɡ" and canonical("ˈoʊ") == "oʊ" and canonical("ç") == "ç"
    assert (stress_of("ˈoʊ"), stress_of("ˌɪ"), stress_of("ə")) == (2, 1, 0)


def test_arpabet() -> None:
    assert [from_arpabet(s) for s in ("AA1", "AH0", "ER0", "CH", "SIL", "+NSN+")] == ["ɑ", "ə", "ɚ", "tʃ", "", ""]
    assert to_arpabet("tʃ") == ("CH",) and to_arpabet("ts") == ("T", "S") and to_arpabet("") == () and to_arpabet("l̩") == ("AH", "L")
    for symbol in ARPABET:
        assert to_arpabet(from_arpabet(symbol)) == (symbol,)
    with pytest.raises(InvalidInput, match="'QX' is not an ARPAbet symbol"):
        from_arpabet("QX")


def test_a_track_covers_the_line() -> None:
    made = track([("a", 0.1, 0.3), ("b", 0.25, 0.5), ("", 0.5, 0.6), ("", 0.6, 0.7)], 1.0)
    assert made.dtype == PHONEME_DTYPE
    assert list(made["label"]) == ["", "a", "b", ""]
    assert made["start_s"].tolist() == [0.0, 0.1, 0.25, 0.5] and made["end_s"].tolist() == [0.1, 0.25, 0.5, 1.0]
    check_track(made, 1.0)
    assert track([], 0.5).tolist() == [("", 0.0, 0.5)]


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        ([("a", 0.0, 0.4), ("b", 0.5, 1.0)], "gaps"),
        ([("a", 0.0, 0.6), ("b", 0.5, 1.0)], "overlap"),
        ([("a", 0.0, 0.9)], "cover 0.000 to 0.900 s of a line of 1.000 s"),
        ([], "empty"),
    ],
)
def test_a_broken_track_is_refused(rows: list[tuple[str, float, float]], match: str) -> None:
    with pytest.raises(InvalidInput, match=match):
        check_track(np.array(rows, PHONEME_DTYPE), 1.0)
    with pytest.raises(InvalidInput, match="phonemes must be an array of"):
        check_track(np.zeros(3), 1.0)
