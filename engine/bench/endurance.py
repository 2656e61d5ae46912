"""What a project survives: kills at random moments, thousands of edits undone and redone."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from engine.bench.figure import Figure
from engine.bench.random_edits import RandomEdits, start_document, unmerged
from engine.core.errors import EngineError
from engine.project.document import Document, export_json
from engine.project.storage import ProjectFile

KILLS = int(os.environ.get("VIVAVOCE_BENCH_KILLS", "200"))
EDITS = 10_000
SEED = 20261


def kills() -> Iterator[Figure]:
    """Editing processes killed at random moments; their projects opened again and held against the same edits made in memory."""
    moments = random.Random(SEED)
    whole, lost, edits = 0, [], 0
    for seed in range(KILLS):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "killed.viva"
            ProjectFile.create(path, start_document()).close()
            acknowledged = _killed(path, seed, moments.uniform(0.0, 0.6))
            edits += acknowledged
            trouble = _trouble(path, seed, acknowledged)
            whole += not trouble
            lost += [f"seed {seed}: {trouble}"] if trouble else []
    note = f"of {KILLS} killed while editing, {edits} edits acknowledged in all; " + ("; ".join(lost[:3]) or "every acknowledged edit was there")
    yield Figure("project.kills_survived", whole, "", f">= {KILLS}", note)


def _killed(path: Path, seed: int, after_s: float) -> int:
    """Edits that a process acknowledged before it was killed."""
    command = [sys.executable, "-m", "engine.bench.random_edits", str(path), str(seed), "1000000"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(after_s)
        process.kill()
        said += process.stdout.read().splitlines()
    return max((int(row) for row in said if row.strip().isdigit()), default=0)


def _trouble(path: Path, seed: int, acknowledged: int) -> str:
    try:
        with ProjectFile.open(path) as project:
            if not acknowledged <= project.cursor <= acknowledged + 1:
                return f"{acknowledged} edits were acknowledged, {project.cursor} are there"
            return "" if project.document == _after(seed, project.cursor) else "the document is another"
    except EngineError as error:
        return str(error)


def _after(seed: int, steps: int) -> Document:
    history, maker = unmerged(start_document()), RandomEdits(seed)
    while history.journal.count < steps:
        history.apply(maker.next(history.document))
    return history.document


def undo() -> Iterator[Figure]:
    """Random edits of every kind, all undone, all redone: documents compared as text."""
    for seed in (SEED, SEED + 1, SEED + 2):
        history, maker = unmerged(start_document()), RandomEdits(seed)
        for _ in range(EDITS):
            history.apply(maker.next(history.document))
        done = export_json(history.document)
        steps = history.journal.count
        while history.can_undo:
            history.undo()
        undone = export_json(history.document) == export_json(start_document())
        while history.can_redo:
            history.redo()
        redone = export_json(history.document) == done
        yield Figure(f"history.identical.{seed}", int(undone) + int(redone), "", ">= 2", f"{steps} steps of {EDITS} edits, seed {seed}: undone, redone")
