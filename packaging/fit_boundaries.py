"""Fit the boundary model of `engine.speech.boundaries` on EmoDB's hand labels and write `assets/models/boundaries.npz`.

    python packaging/fit_boundaries.py EMODB_FOLDER

EMODB_FOLDER holds `wav/` and `lablaut/` (EmoDB, CC0). The sentences are aligned by the product's own aligner; each matched boundary
is one example. Prints the error before and after, each speaker predicted by a model that has not heard them.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.speech import sphinx
from engine.speech.aligner import found_words, prepare
from engine.speech.boundaries import FEATURE_COUNT, REACH, SAMPLE_RATE, band_changes, candidates, sound_class
from engine.speech.files import open_sound
from engine.speech.labels import Labels, read_emodb
from engine.speech.normalise import normalise_text
from engine.speech.phonemes import visemes_of
from engine.speech.pronunciation import ipa_of_word

SENTENCES = {
    "a01": "Der Lappen liegt auf dem Eisschrank",
    "a02": "Das will sie am Mittwoch abgeben",
    "a04": "Heute abend könnte ich es ihm sagen",
    "a05": "Das schwarze Stück Papier befindet sich da oben neben dem Holzstück",
    "a07": "In sieben Stunden wird es soweit sein",
    "b01": "Was sind denn das für Tüten die da unter dem Tisch stehen",
    "b02": "Sie haben es gerade hochgetragen und jetzt gehen sie wieder runter",
    "b03": "An den Wochenenden bin ich jetzt immer nach Hause gefahren und habe Agnes besucht",
    "b09": "Ich will das eben wegbringen und dann mit Karl was trinken gehen",
    "b10": "Die wird auf dem Platz sein wo wir sie immer hinlegen",
}
LEAST_EXAMPLES, RIDGE, BLUR_S = 40, 5.0, 0.004
FARTHEST_S, GAP_S = 0.06, 0.015
Row = tuple[str, float, float]


@dataclass(frozen=True)
class Example:
    """One boundary: who spoke it, what meets, the aligner's time, the true time, and the evidence around it."""

    speaker: str
    pair: str
    aligned_s: float
    true_s: float
    evidence: np.ndarray
    offset: np.ndarray


def pairs_in_sequence(left: list[str], right: list[str], distance: np.ndarray | None = None) -> list[tuple[int, int]]:
    """Index pairs of the cheapest alignment of two class sequences; unequal pairs cost 0.9, insertions and deletions 0.6."""
    n, m = len(left), len(right)
    cost, step = np.zeros((n + 1, m + 1)), np.zeros((n + 1, m + 1), int)
    cost[:, 0], cost[0] = 0.6 * np.arange(n + 1), 0.6 * np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            pair = 0.9 * (left[i - 1] != right[j - 1]) + (min(0.5, 2 * distance[i - 1, j - 1]) if distance is not None else 0.0)
            options = (cost[i - 1, j - 1] + pair, cost[i - 1, j] + 0.6, cost[i, j - 1] + 0.6)
            step[i, j] = int(np.argmin(options))
            cost[i, j] = min(options)
    # The right sequence may end early: a recording that is cut off.
    i, j, found = (int(np.argmin(cost[:, m])) if distance is None else n), m, []
    while i and j:
        if step[i, j] == 0:
            found.append((i - 1, j - 1))
        i, j = i - (step[i, j] != 2), j - (step[i, j] != 1)
    return found[::-1]


def joined(labels: Labels) -> list[Row]:
    """Labelled segments with bursts joined to their stop."""
    rows: list[Row] = []
    for label, (start, end) in zip(labels.ipa, labels.spans, strict=True):
        if label == "+" and rows:
            rows[-1] = (rows[-1][0], rows[-1][1], float(end))
        elif label != "+":
            rows.append((label, float(start), float(end)))
    return rows


def spoken_words(words: list[str], truth: list[Row]) -> tuple[int, float]:
    """How many words are complete in the labelled stretch, and where the last of them ends."""
    said = [(visemes_of(label)[0], k) for k, word in enumerate(words) for label in ipa_of_word(word, "de")]
    heard = [(visemes_of(label)[0], row) for row, (label, _, _) in enumerate(truth) if label]
    found = pairs_in_sequence([s[0] for s in said], [h[0] for h in heard])
    if not found:
        return 0, 0.0
    last = found[-1][0]
    count = said[last][1] + (1 if last + 1 == len(said) or said[last + 1][1] != said[last][1] else 0)
    ends = [truth[heard[b][1]][2] for a, b in found if said[a][1] == count - 1]
    return (count, max(ends)) if ends else (0, 0.0)


def with_pauses(rows: list[Row]) -> list[Row]:
    """Aligned rows with a pause in every gap."""
    out, at = [], 0.0
    for label, start, end in rows:
        if start - at > GAP_S:
            out.append(("", at, start))
        out.append((label, start, end))
        at = end
    return out


def examples(folder: Path) -> list[Example]:
    """Every boundary of every recording whose two sides match the labels."""
    out: list[Example] = []
    for path in sorted((folder / "wav").glob("*.wav")):
        lablaut = sorted((folder / "lablaut").glob(path.stem + "*.lablaut"))
        labels = read_emodb(lablaut[0]) if lablaut else None
        if labels is None or not len(labels.spans):
            continue
        truth = joined(labels)
        words = SENTENCES[path.stem[2:5]].split()
        count, end_s = spoken_words(words, truth)
        if count < 2:
            continue
        samples = open_sound(path).mono(SAMPLE_RATE)[: int((end_s + 0.03) * SAMPLE_RATE)]
        script = prepare(normalise_text(" ".join(words[:count]), "de"), "de")
        options = {"words": [entry.name for entry in script.entries], "pronunciations": script.pronunciations}
        reply = sphinx.ask(sphinx.Request("align", samples, options))
        found = found_words(reply.get("words", []), script.entries, script.spoken.tokens)
        if found is None:
            continue
        aligned = with_pauses([(s.label, s.start_s, s.end_s) for s in found.segments])
        out += matched(path.stem[:2], truth, aligned, band_changes(samples))
    return out


def matched(speaker: str, truth: list[Row], aligned: list[Row], changes: np.ndarray) -> list[Example]:
    """Boundaries whose left and right sides are both matched."""
    distance = np.abs(np.array([[t[1]] for t in truth]) - np.array([a[1] for a in aligned]))
    pairs = pairs_in_sequence([visemes_of(t[0])[0] for t in truth], [visemes_of(a[0])[0] for a in aligned], distance)
    known = set(pairs)
    out = []
    for i, j in pairs:
        error = aligned[j][1] - truth[i][1]
        if i and j and (i - 1, j - 1) in known and aligned[j - 1][0] != aligned[j][0] and abs(error) < FARTHEST_S:
            evidence, offset = candidates(changes, aligned[j][1])
            out.append(Example(speaker, sound_class(aligned[j - 1][0]) + sound_class(aligned[j][0]), aligned[j][1], truth[i][1], evidence, offset))
    return out


def fit_pair(found: list[Example]) -> np.ndarray:
    """Weights [FEATURE_COUNT] of one pair of classes."""
    near = [e for e in found if abs(e.true_s - e.aligned_s) < e.offset[-1]]
    target = np.stack([np.exp(-0.5 * ((e.offset + e.aligned_s - e.true_s) / BLUR_S) ** 2) for e in near])
    evidence = torch.tensor(np.stack([e.evidence for e in near]), dtype=torch.float64)
    wanted = torch.tensor(target / target.sum(1, keepdims=True))
    weights = torch.zeros(FEATURE_COUNT, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = -(wanted * torch.log_softmax(evidence @ weights, 1)).sum() + 0.5 * RIDGE * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return weights.detach().numpy()


def fit(found: list[Example]) -> dict[str, np.ndarray]:
    """Weights by pair of classes, for pairs with enough examples."""
    by_pair = defaultdict(list)
    for example in found:
        by_pair[example.pair].append(example)
    return {pair: fit_pair(group) for pair, group in sorted(by_pair.items()) if len(group) >= LEAST_EXAMPLES}


def predicted(weights: dict[str, np.ndarray], example: Example) -> float:
    """The boundary the model answers."""
    if example.pair not in weights:
        return example.aligned_s
    score = example.evidence @ weights[example.pair]
    share = np.exp(score - score.max())
    return example.aligned_s + float(share @ example.offset / share.sum())


def main() -> None:
    """Fit, report, write."""
    torch.set_num_threads(1)
    found = examples(Path(sys.argv[1]))
    errors = []
    for speaker in sorted({e.speaker for e in found}):
        weights = fit([e for e in found if e.speaker != speaker])
        errors += [(e.aligned_s - e.true_s, predicted(weights, e) - e.true_s) for e in found if e.speaker == speaker]
    size = np.abs(np.array(errors)) * 1000
    print(f"{len(found)} boundaries; median {np.median(size, 0).round(1)} ms, p90 {np.percentile(size, 90, axis=0).round(1)} ms (aligner, model)")
    weights = fit(found)
    target = Path(__file__).resolve().parents[1] / "assets" / "models" / "boundaries.npz"
    np.savez_compressed(target, pairs=np.array(list(weights)), weights=np.stack(list(weights.values())).astype(np.float32), reach=REACH)
    print(f"{len(weights)} pairs of classes written to {target.name}: {' '.join(weights)}")


if __name__ == "__main__":
    main()
