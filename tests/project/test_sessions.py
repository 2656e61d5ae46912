"""Several processes on one file, and processes that die."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.bench.random_edits import RandomEdits, start_document, unmerged
from engine.core.errors import OutputError
from engine.project import lock
from engine.project.document import Document, export_json
from engine.project.edits import SetSeed
from engine.project.history import History
from engine.project.storage import ProjectFile

HERE = Path(__file__).parent
LINE = "line0"
not_root = pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() == 0, reason="root may write everywhere")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX system")


def editor(path: Path, seed: int, count: int) -> subprocess.Popen:
    """A process that makes random edits and says how many the journal has acknowledged."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    command = [sys.executable, "-m", "engine.bench.random_edits", str(path), str(seed), str(count)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def after(seed: int, steps: int) -> Document:
    """The document after so many steps of the same edits, made in memory."""
    history, maker = unmerged(start_document()), RandomEdits(seed)
    while history.journal.count < steps:
        history.apply(maker.next(history.document))
    return history.document


@pytest.fixture
def path(tmp_path) -> Path:
    (tmp_path / "à côté").mkdir()
    path = tmp_path / "à côté" / "scène.viva"
    ProjectFile.create(path, start_document()).close()
    return path


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_process_loses_nothing_it_acknowledged(path, seed) -> None:
    process = editor(path, seed, 100_000)
    acknowledged = int(process.stdout.readline())
    time.sleep(0.02 + 0.07 * seed)
    process.kill()
    acknowledged = max(acknowledged, *(int(line) for line in process.stdout.read().splitlines() if line.isdigit()), 0)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with ProjectFile.open(path) as project:
        assert not project.read_only
        assert acknowledged <= project.cursor <= acknowledged + 1, "at most the step in flight is beyond what was said"
        assert export_json(project.document) == export_json(after(seed, project.cursor))
        assert f"not closed properly by {lock.this_process().user}" in project.recovery
        assert f"All {project.cursor} steps are there" in project.recovery and f"process {process.pid}" in project.recovery
        history = History(project.document, project)
        while history.can_undo:
            history.undo()
        assert history.document == start_document()
    with ProjectFile.open(path) as project:
        assert project.recovery == ""
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_copy_of_the_file_alone_holds_every_edit(path) -> None:
    process = editor(path, 3, 40)
    while process.stdout.readline() != "done\n":
        pass
    copy = path.with_name("copy.viva")
    shutil.copy(path, copy)
    process.kill()
    process.communicate()
    with ProjectFile.open(copy) as project, ProjectFile.open(path) as first:
        assert project.document == first.document and project.cursor > 10


def test_an_interrupted_commit_is_taken_back(path) -> None:
    history, before = None, None
    with ProjectFile.open(path) as project:
        history = unmerged(project.document, project)
        history.apply(SetSeed(LINE, 1))
        before = history.document
    script = f"""
import os, sqlite3
c = sqlite3.connect({str(path)!r}, isolation_level=None)
c.execute("PRAGMA cache_spill = ON"); c.execute("PRAGMA cache_size = 2")
c.execute("BEGIN IMMEDIATE")
c.execute("DELETE FROM journal"); c.execute("DELETE FROM snapshots"); c.execute("UPDATE meta SET value = '0' WHERE key = 'cursor'")
c.execute("UPDATE meta SET value = 'half' WHERE key = 'session'")
c.execute("INSERT INTO blobs VALUES (1, 'x', 'y', 'z', 0)")
for i in range(200):
    c.execute("INSERT INTO blob_parts VALUES (1, ?, ?)", (i, os.urandom(4000)))
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert path.with_name(path.name + "-journal").stat().st_size > 0
    with ProjectFile.open(path) as project:
        assert project.document == before and project.cursor == 1
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_report_says_that_a_step_in_flight_was_taken_back(path) -> None:
    project = ProjectFile.open(path)
    unmerged(project.document, project).apply(SetSeed(LINE, 1))
    project._begin_session(interrupted=True)
    assert "1 were recovered from the journal. A step that was being written" in project.recovery
    project.close()


def test_the_second_process_reads_and_is_told_who_writes(path) -> None:
    process = editor(path, 1, 15)
    while process.stdout.readline() != "done\n":
        pass
    with ProjectFile.open(path) as second:
        assert second.holder.pid == process.pid and second.holder.user == lock.this_process().user
        assert f"(process {process.pid}, since" in second.read_only and "has it open" in second.read_only
        assert second.recovery == "" and second.document == after(1, second.cursor)
        history = History(second.document, second)
        for change in (lambda: history.apply(SetSeed(next(second.document.lines()).id, 4711)), history.undo, history.mark_clean):
            with pytest.raises(OutputError, match=r"reading only.*has it open.*another name"):
                change()
        assert history.document == second.document
        with pytest.raises(OutputError, match="has it open"):
            ProjectFile.create(path, start_document(), overwrite=True)
        with second.save_as(path.with_name("mine.viva")) as mine:
            assert not mine.read_only and mine.document == second.document
            with pytest.raises(OutputError, match="has it open"):
                mine.save_as(path, overwrite=True)
    process.communicate()
    with ProjectFile.open(path) as third:
        assert not third.read_only


def test_two_in_one_process_and_the_lock_passes_on(path) -> None:
    first = ProjectFile.open(path)
    with ProjectFile.open(path) as second:
        assert second.holder.pid == os.getpid()
        unmerged(first.document, first).apply(SetSeed(LINE, 5))
    first.close()
    with ProjectFile.open(path) as third:
        assert not third.read_only and third.document.line(LINE).seed == 5


def test_a_link_to_a_project_meets_the_same_lock(path, tmp_path) -> None:
    link = tmp_path / "link.viva"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system makes no links")
    with ProjectFile.open(path), ProjectFile.open(link) as second:
        assert second.read_only


def test_who_only_reads_takes_no_lock_and_leaves_the_file_as_it_is(path) -> None:
    before = path.read_bytes()
    with ProjectFile.open(path, to_write=False) as reader:
        assert reader.read_only and reader.document == start_document()
        with ProjectFile.open(path) as writer:
            assert not writer.read_only
        with ProjectFile.open(path) as writer, ProjectFile.open(path, to_write=False) as second:
            History(writer.document, writer).apply(SetSeed(LINE, 5))
            assert second.document.line(LINE).seed != 5
    path.write_bytes(before)
    with ProjectFile.open(path, to_write=False):
        pass
    assert path.read_bytes() == before and [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_reader_too_has_an_interrupted_commit_taken_back(path) -> None:
    process = editor(path, 3, 100_000)
    process.stdout.readline()
    for _ in range(200):  # until it dies within a commit
        if (journal := path.with_name(path.name + "-journal")).exists() and journal.stat().st_size:
            break
        time.sleep(0.001)
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with ProjectFile.open(path, to_write=False) as project:
        assert export_json(project.document) == export_json(after(3, project.cursor))


def test_a_lock_file_left_behind_is_no_lock(path) -> None:
    lock.lock_path(path).write_text('{"pid": 1, "host": "another", "user": "ann", "since": "long ago"}')
    with ProjectFile.open(path) as project:
        assert not project.read_only
    assert not lock.lock_path(path).exists()


@posix_only
def test_a_forked_child_does_not_keep_the_lock(path) -> None:
    project = ProjectFile.open(path)
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(tell, b"x")
        time.sleep(30)
        os._exit(0)
    try:
        os.read(ready, 1)
        os.close(project._lock._descriptor)  # what the death of this process would do
        with ProjectFile.open(path) as again:
            assert not again.read_only
    finally:
        project._database.close()
        os.close(ready)
        os.close(tell)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@not_root
def test_a_write_protected_file_or_folder_opens_for_reading(path) -> None:
    path.chmod(0o444)
    with ProjectFile.open(path) as project:
        assert "write-protected" in project.read_only
    path.chmod(0o644)
    path.parent.chmod(0o555)
    try:
        with ProjectFile.open(path) as project:
            assert "cannot be written" in project.read_only
    finally:
        path.parent.chmod(0o755)


def test_who_holds_a_lock_survives_text() -> None:
    me = lock.this_process()
    assert lock.Holder.from_text(me.to_text()) == me and str(os.getpid()) in str(me)
    for text in ("", "x", "[]", '{"pid": "x"}'):
        assert str(lock.Holder.from_text(text)) == "another process"
