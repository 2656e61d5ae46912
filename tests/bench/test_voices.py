from engine.bench import voices as bench
from engine.training.stage import festival, voices
from engine.training.stage.voices import Available, VoiceEntry


def test_a_line_for_each_voice_and_for_each_that_is_missing(monkeypatch):
    found = Available((VoiceEntry("espeak", "de", "de"),), (("flite:slt", "flite cannot be loaded"),))
    monkeypatch.setattr(voices, "available", lambda: found)
    monkeypatch.setattr(festival, "close", lambda: None)
    monkeypatch.setattr(bench, "SENTENCES", 4)
    here, missing = bench.figures()
    assert here.name == "voices.espeak:de"
    assert here.reached
    assert missing.value is None
    assert "flite cannot be loaded" in missing.note
