"""What one sentence sounds like depends on nothing that was said before it."""

import numpy as np

from engine.speech.voices import synthesise
from engine.training.stage.items import stage_item
from engine.training.stage.manifest import Plan
from engine.training.stage.shards import pack
from engine.training.stage.voices import ESPEAK_VARIANTS, available


def test_no_speaker_of_espeak_remembers_another():
    names = [f"en-us+{name}" if name else "en-us" for name in ESPEAK_VARIANTS]
    say = lambda name: synthesise("Bob put it by.", name).sound.mono(16000)  # noqa: E731
    forwards = {name: say(name) for name in names}
    assert [name for name in reversed(names) if not np.array_equal(say(name), forwards[name])] == []


def test_an_item_does_not_depend_on_those_made_before():
    labels = tuple(e.label for e in available().entries if e.language == "en-us")
    plan = Plan(3, 1.0, ("en-us",), labels, rooms=0.5, scenes=0.5)
    forwards = [pack("", [stage_item(plan, i)]) for i in range(8)]
    backwards = [pack("", [stage_item(plan, i)]) for i in reversed(range(8))][::-1]
    assert [i for i in range(8) if forwards[i] != backwards[i]] == []
