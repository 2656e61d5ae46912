"""Labels set by hand, as their corpora spell them."""

from __future__ import annotations

from pathlib import Path

from engine.bench.alignment import viseme_runs
from engine.speech.labels import read_emodb


def test_bursts_and_aspiration_belong_to_the_stop_before(tmp_path: Path) -> None:
    path = tmp_path / "one.lablaut"
    rows = "0.1 -1 a\n0.2 -1 p\n0.3 -1 !p +na\n0.32 -1 pasp\n0.4 -1 I+nas\n0.5 -1 -lar\n0.55 -1 _\n0.7 -1 m\n1.0 -1 ."
    path.write_text("signal one\n#\n" + rows.replace(" ", "  "), encoding="latin-1")
    labels = read_emodb(path)
    assert labels.ipa == ("", "a", "p", "+", "+", "ɪ", "", "m") and labels.names[3:5] == ("!p", "pasp")
    runs = viseme_runs(labels.ipa, labels.spans)
    assert [name for name, _, _ in runs] == ["sil", "AA", "PBM", "EI", "sil", "PBM"]
    assert runs[2][1:] == (0.2, 0.4)
