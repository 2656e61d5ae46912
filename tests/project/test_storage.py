import itertools
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from engine.bench.random_edits import RandomEdits, start_document, unmerged
from engine.core.errors import InvalidInput, OutputError
from engine.project import schema, storage
from engine.project.document import LineDoc, Media, Typed, export_json, new_document
from engine.project.edits import AddLine, MoveBoundary, SetAmount, SetSeed
from engine.project.history import History
from engine.project.storage import ProjectFile

FIXTURES = Path(__file__).parent / "fixtures"
LINE = "line0"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs the limits of a POSIX system")
not_root = pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() == 0, reason="root may write everywhere")


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "Projet d’été – déjà vu"
    path.mkdir()
    return path


@pytest.fixture
def project(folder) -> Iterator[ProjectFile]:
    with ProjectFile.create(folder / "Ma scène nº 1.viva", start_document()) as made:
        yield made


@contextmanager
def no_space(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes, as on a full disk."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def edit_at_random(history: History, seed: int, count: int) -> None:
    maker = RandomEdits(seed)
    for _ in range(count):
        history.apply(maker.next(history.document))


def test_what_was_edited_is_there_again_with_its_past(project) -> None:
    history = unmerged(project.document, project)
    edit_at_random(history, 5, 60)
    history.undo()
    done, path = export_json(history.document), project.path
    project.close()
    with ProjectFile.open(path) as again:
        assert again.recovery == "" and again.read_only == ""
        history = History(again.document, again)
        assert export_json(history.document) == done and history.can_redo
        while history.can_undo:
            history.undo()
        assert history.document == start_document()


def test_a_closed_project_is_one_file(project) -> None:
    history = History(project.document, project)
    history.apply(SetSeed(LINE, 1))
    assert len(list(project.folder.iterdir())) > 1
    project.close()
    project.close()
    assert [p.name for p in project.folder.iterdir()] == [project.path.name]


@pytest.mark.parametrize("seed", range(3))
def test_random_walks_with_reopening(folder, seed, monkeypatch) -> None:
    monkeypatch.setattr(storage, "SNAPSHOT_STEPS", 7)
    chance, maker, path = random.Random(seed), RandomEdits(seed), folder / "walk.viva"
    project = ProjectFile.create(path, start_document())
    history = unmerged(project.document, project)
    states = [export_json(history.document)]
    for _ in range(250):
        action = chance.random()
        if action < 0.5:
            cursor = project.cursor
            history.apply(maker.next(history.document))
            if project.cursor > cursor:
                states[project.cursor :] = [export_json(history.document)]
        elif action < 0.75:
            for _ in range(chance.randrange(1, 20)):
                history.undo()
        elif action < 0.9:
            history.redo()
        elif action < 0.95:
            history.mark_clean()
        else:
            clean = history.is_clean
            project.close()
            project = ProjectFile.open(path)
            history = unmerged(project.document, project)
            assert history.is_clean == clean and project.count == len(states) - 1
        assert export_json(history.document) == states[project.cursor] == export_json(project.document)
        assert project._database.rows("SELECT position FROM snapshots ORDER BY 1") == [(p,) for p in project._state.snapshots] != []
    project.close()


def test_commits_are_synchronous_and_in_one_file(project) -> None:
    connection = project._database.connection
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,), "FULL"
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)


def test_merged_steps_are_merged_in_the_file_too(project) -> None:
    history = History(project.document, project, clock=lambda: 0.0)
    bound = history.document.line(LINE).phonemes.bounds_s[3]
    for i in range(1, 6):
        history.apply(SetAmount(LINE, "jaw", 1 + i / 10))
    with history.drag():
        for i in range(1, 6):
            history.apply(MoveBoundary(LINE, 3, bound + i * 1e-4))
    done = history.document
    project.close()
    with ProjectFile.open(project.path) as again:
        assert again.count == 2 and again.document == done and again.title(1) == "Move boundary"


def test_opening_replays_few_steps(folder, monkeypatch) -> None:
    monkeypatch.setattr(storage, "SNAPSHOT_STEPS", 100)
    with ProjectFile.create(folder / "long.viva", start_document()) as project:
        history = unmerged(project.document, project)
        edit_at_random(history, 1, 350)
        rows = sqlite3.connect(project.path).execute("SELECT position FROM snapshots").fetchall()
        assert len(rows) <= 3 and any(0 <= project.cursor - p < storage.SNAPSHOT_STEPS for (p,) in rows)
        while history.can_undo:
            history.undo()
        rows = sqlite3.connect(project.path).execute("SELECT position FROM snapshots").fetchall()
        assert any(p < storage.SNAPSHOT_STEPS for (p,) in rows), "near the cursor after many undos as well"


def test_tidying_up_makes_the_next_opening_quick(project) -> None:
    history = unmerged(project.document, project)
    for seed in itertools.count():
        if project.cursor >= 45:
            break
        edit_at_random(history, seed, 1)
    assert not project.tidy()
    edit_at_random(history, 7, 60)
    before = export_json(history.document)
    assert project.tidy() and not project.tidy() and project.tidy(0) is False
    copy = project.path.with_name("copy.viva")
    shutil.copy(project.path, copy)
    sqlite3.connect(copy).executescript("UPDATE journal SET edit = '', inverse = ''")
    with ProjectFile.open(copy) as again:
        assert export_json(again.document) == before, "without a look at the journal"
    with ProjectFile.open(project.path) as second:
        assert second.tidy(0) is False


def test_the_past_of_a_project_without_a_file_is_saved_with_it(folder) -> None:
    history = unmerged(start_document())
    edit_at_random(history, 2, 30)
    history.undo()
    done = history.document
    with ProjectFile.create(folder / "first save.viva", history.document, history.journal) as project:
        history.load(project.document, project)
        assert history.document == done and history.is_clean and history.can_redo
        while history.can_undo:
            history.undo()
        assert history.document == start_document()


# A full disk.


@posix_only
def test_a_full_disk_refuses_the_edit_and_loses_nothing(project) -> None:
    history, maker = unmerged(project.document, project), RandomEdits(3)
    states = [project.document]
    with no_space(project.path.stat().st_size + 20_000), pytest.raises(OutputError, match=r"disk|space"):
        while project.cursor < 500:
            history.apply(maker.next(history.document))
            if project.cursor == len(states):
                states.append(history.document)
    assert len(states) > 3 and project.cursor == len(states) - 1
    with no_space(100), pytest.raises(OutputError):
        history.undo()
    with no_space(100), pytest.raises(OutputError):
        history.mark_clean()
    with no_space(100), pytest.raises(OutputError), history.drag():
        history.apply(AddLine(history.document.characters[0].id, LineDoc("big", "x", Typed("x"))))
    assert history.document == project.document == states[-1] and not history.dragging and project.cursor == len(states) - 1
    copy = project.folder / "the file at this moment.viva"
    shutil.copy(project.path, copy)
    with ProjectFile.open(copy) as found:
        assert found.document == states[-1] and found.count == project.count
    history.apply(AddLine(history.document.characters[0].id, LineDoc("after", "x", Typed("x"))))
    project.close()
    with ProjectFile.open(project.path) as again:
        history = History(again.document, again)
        assert again.document.has_line("after")
        for state in reversed(states):
            history.undo()
            assert history.document == state


@posix_only
def test_a_full_disk_leaves_nothing_of_a_new_project(folder) -> None:
    with no_space(8192), pytest.raises(OutputError, match=r"/new\.viva"):
        ProjectFile.create(folder / "new.viva", start_document())
    assert list(folder.iterdir()) == []


@posix_only
def test_a_full_disk_keeps_the_old_file_when_it_was_to_be_replaced(project, folder) -> None:
    old = folder / "old.viva"
    ProjectFile.create(old, new_document()).close()
    content = old.read_bytes()
    with no_space(8192), pytest.raises(OutputError, match=r"/old\.viva"):
        project.save_as(old, overwrite=True)
    with no_space(8192), pytest.raises(OutputError):
        ProjectFile.create(old, start_document(), overwrite=True)
    assert old.read_bytes() == content
    assert {p.name for p in folder.iterdir() if not p.name.startswith(project.path.name)} == {"old.viva", f".{project.path.name}.lock"}


@posix_only
def test_a_full_disk_keeps_half_a_blob_out(project) -> None:
    with no_space(project.path.stat().st_size + 5_000_000), pytest.raises(OutputError):
        project.blobs.put(os.urandom(12_000_000), "media")
    assert project.blobs.sizes() == {} and project._database.rows("SELECT COUNT(*) FROM blob_parts") == [(0,)]
    History(project.document, project).apply(SetSeed(LINE, 1))


def test_a_file_taken_away_while_open_is_noticed(project) -> None:
    history = unmerged(project.document, project)
    history.apply(SetSeed(LINE, 1))
    moved = project.path.with_name("elsewhere.viva")
    project.path.rename(moved)
    with pytest.raises(OutputError, match=r"moved|opened|written"):
        history.apply(SetSeed(LINE, 2))
    assert history.document.line(LINE).seed == 1
    moved.rename(project.path)
    history.apply(SetSeed(LINE, 3))
    assert project.cursor == 2


# Files that are no project of ours.


def damaged_files() -> dict[str, bytes]:
    whole = (FIXTURES / "v1.viva").read_bytes()
    return {
        "empty": b"",
        "text": b"not a project at all, only some words" * 100,
        "truncated": whole[: len(whole) // 2],
        "header only": whole[:100],
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(5000),
        "schema": whole.replace(b"tablemeta", b"table\xcdeta").replace(b"\x03CREATE TABLE", b"\x03\xa0REATE TABLE"),
        "format": whole[:47] + b"\x77" + whole[48:],  # the schema format, 1 to 4
        "overwritten": whole[:4096] + b"\xaa" * (len(whole) - 4096),
    }


@pytest.mark.parametrize("name", damaged_files())
def test_damaged_files_are_refused_and_left_as_they_are(folder, name) -> None:
    path = folder / f"{name}.viva"
    path.write_bytes(damaged_files()[name])
    with pytest.raises(InvalidInput, match=r"not a Viva Voce project or is damaged.*backup"):
        ProjectFile.open(path)
    assert path.read_bytes() == damaged_files()[name] and [p.name for p in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_programs_database_is_refused_and_left_as_it_is(folder, mode) -> None:
    path = folder / "notes.viva"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("CREATE TABLE notes (text)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(InvalidInput, match="header is another's"):
        ProjectFile.open(path)
    assert path.read_bytes() == before and [p.name for p in folder.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE snapshots SET document = replace(document, 'hello', 'hallo')", "no snapshot"),
        ("DELETE FROM snapshots", "no snapshot"),
        ("UPDATE meta SET value = 'x' WHERE key = 'cursor'", "cursor"),
        ("UPDATE meta SET value = '99' WHERE key = 'cursor'", "99 of 1 steps"),
        ("DELETE FROM meta", "cursor"),
        ("DROP TABLE journal", "damaged"),
    ],
)
def test_damage_inside_is_found(project, sql, message) -> None:
    History(project.document, project).apply(SetSeed(LINE, 1))
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute(sql)
    connection.commit()
    connection.close()
    with pytest.raises(InvalidInput, match=message):
        ProjectFile.open(project.path)


def test_lost_folders_of_before_do_no_harm(project) -> None:
    document = project.document
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute("UPDATE meta SET value = '{' WHERE key = 'homes'")
    connection.commit()
    connection.close()
    with ProjectFile.open(project.path) as again:
        assert again.document == document


def test_one_damaged_snapshot_is_made_up_for_by_another(folder, caplog) -> None:
    with ProjectFile.create(folder / "two.viva", start_document()) as project:
        history = unmerged(project.document, project)
        edit_at_random(history, 1, 30)
    connection = sqlite3.connect(project.path)
    assert connection.execute("UPDATE snapshots SET document = '{}' WHERE position > 0").rowcount == 1
    connection.commit()
    connection.close()
    with ProjectFile.open(project.path) as again:
        assert again.document == history.document and "damaged" in caplog.text


def test_a_damaged_step_is_named(project) -> None:
    history = History(project.document, project)
    history.apply(SetSeed(LINE, 1))
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute("UPDATE journal SET inverse = replace(inverse, '0', '7')")
    connection.commit()
    connection.close()
    with ProjectFile.open(project.path) as again:
        history = History(again.document, again)
        with pytest.raises(InvalidInput, match="step 1 of the journal"):
            history.undo()
        assert history.document.line(LINE).seed == 1 and again.cursor == 1


def test_missing_files_and_folders_are_refused(folder) -> None:
    with pytest.raises(InvalidInput, match="there is no project"):
        ProjectFile.open(folder / "nothing.viva")
    with pytest.raises(InvalidInput, match="not a folder"):
        ProjectFile.open(folder)
    with pytest.raises(OutputError, match="does not exist"):
        ProjectFile.create(folder / "deeper" / "x.viva", new_document())


def test_an_existing_file_is_replaced_only_when_asked(project, folder) -> None:
    other = folder / "other.viva"
    ProjectFile.create(other, new_document()).close()
    for make in (lambda: ProjectFile.create(other, new_document()), lambda: project.save_as(other)):
        with pytest.raises(OutputError, match="exists already"):
            make()
    with ProjectFile.create(other, start_document(), overwrite=True) as replaced:
        assert replaced.document == start_document()


def test_an_interrupted_commit_of_the_replaced_file_does_not_spoil_the_new_one(folder) -> None:
    path = folder / "p.viva"
    ProjectFile.create(path, new_document()).close()
    script = f"""
import os, sqlite3
c = sqlite3.connect({str(path)!r}, isolation_level=None)
c.execute("PRAGMA cache_size = 2")
c.execute("BEGIN IMMEDIATE")
c.execute("DELETE FROM snapshots")
c.execute("INSERT INTO blobs VALUES (1, 'x', 'y', 'z', 0)")
for i in range(100):
    c.execute("INSERT INTO blob_parts VALUES (1, ?, ?)", (i, os.urandom(4000)))
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    assert path.with_name("p.viva-journal").stat().st_size > 0
    with ProjectFile.create(path, start_document(), overwrite=True) as project:
        assert project.document == start_document()


# Versions.


def test_a_newer_file_is_refused_and_left_as_it_is(project) -> None:
    project.close()
    connection = sqlite3.connect(project.path)
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA + 6}")
    connection.commit()
    connection.close()
    before = project.path.read_bytes()
    with pytest.raises(InvalidInput, match=r"newer version of Viva Voce \(format 10, this one reads up to 4\).*install"):
        ProjectFile.open(project.path)
    assert project.path.read_bytes() == before


@pytest.mark.parametrize("version", range(1, schema.SCHEMA + 1))
def test_files_of_every_version_open(folder, version) -> None:
    path = folder / "old.viva"
    shutil.copy(FIXTURES / f"v{version}.viva", path)
    with ProjectFile.open(path) as project:
        line = project.document.line("line")
        assert line.transcript == "Pat, come home." and line.phonemes.labels[1] == "p" and line.phonemes.closures[1] is not None
        done = 5 if version < 3 else 8
        assert line.ears == ("auto" if version < 4 else "encoder")
        assert project.cursor == done and project.count == done + 1 and project.title(done) == "Change seed"
        assert project.blobs.get(project.blobs.find("thumbnail", "line")) == b"small picture"
        history = History(project.document, project)
        history.redo()
        while history.can_undo:
            history.undo()
        assert list(history.document.lines()) == []


def one_more_setting(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO meta VALUES ('upgraded', 'yes')")


def test_an_older_file_is_upgraded_step_by_step(folder, monkeypatch) -> None:
    path = folder / "old.viva"
    shutil.copy(FIXTURES / "v1.viva", path)
    monkeypatch.setattr(schema, "SCHEMA", 6)
    monkeypatch.setattr(schema, "UPGRADES", {**schema.UPGRADES, 4: lambda c: c.execute("CREATE TABLE extra (a)"), 5: one_more_setting})
    with ProjectFile.open(path) as project:
        assert project.cursor == 5
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (6,)
    assert connection.execute("SELECT value FROM meta WHERE key = 'upgraded'").fetchone() == ("yes",)


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(folder, monkeypatch) -> None:
    path = folder / "old.viva"
    shutil.copy(FIXTURES / "v1.viva", path)
    before = path.read_bytes()
    monkeypatch.setattr(schema, "SCHEMA", 3)
    monkeypatch.setattr(schema, "UPGRADES", {1: one_more_setting, 2: lambda c: c.execute("SELECT 1 FROM nowhere")})
    with pytest.raises(InvalidInput, match="nowhere"):
        ProjectFile.open(path)
    assert path.read_bytes() == before


def test_an_older_file_that_somebody_has_open_is_upgraded_in_memory(folder, monkeypatch) -> None:
    path = folder / "old.viva"
    shutil.copy(FIXTURES / "v4.viva", path)
    with ProjectFile.open(path) as first:
        monkeypatch.setattr(schema, "SCHEMA", 5)
        monkeypatch.setattr(schema, "UPGRADES", {4: one_more_setting})
        with ProjectFile.open(path) as second:
            assert second.read_only and second.document == first.document
            with second.save_as(folder / "new.viva") as third:
                assert third.document == first.document
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (4,)


# Saving under another name.


def test_save_as_carries_everything_and_leaves_the_first_alone(project, folder) -> None:
    history = unmerged(project.document, project)
    edit_at_random(history, 8, 30)
    history.undo()
    digest = project.blobs.put(b"take one", "take")
    with project.save_as(folder / "sous un autre nom.viva") as other:
        assert other.document == history.document and other.cursor == project.cursor and other.count == project.count
        assert other.blobs.get(digest) == b"take one" and other.recovery == "" and not other.read_only
        history.load(other.document, other)
        before = project.cursor
        history.apply(AddLine(history.document.characters[0].id, LineDoc("new", "x", Typed("x"))))
        while history.can_undo:
            history.undo()
        assert history.document == start_document() and project.cursor == before
    with pytest.raises(OutputError, match="own file"):
        project.save_as(project.path)


def test_media_paths_follow_to_the_new_folder(tmp_path) -> None:
    (tmp_path / "a" / "sounds").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    sound = tmp_path / "a" / "sounds" / "é.wav"
    sound.write_bytes(b"sound")
    decoy = tmp_path / "b" / "sounds"
    decoy.mkdir()
    (decoy / "é.wav").write_bytes(b"another sound of the same name")
    document = start_document()
    line = replace(document.line(LINE), source=Media(str(sound), "0" * 64, 1.0, 8000))
    with ProjectFile.create(tmp_path / "a" / "p.viva", document.with_line(line)) as project:
        assert project.document.line(LINE).source.path == "sounds/é.wav"
        history = unmerged(project.document, project)
        history.apply(AddLine("ada", replace(line, id="second", source=replace(line.source, path=project.media.stored(sound)))))
        history.undo()
        with project.save_as(tmp_path / "b" / "p.viva") as other:
            assert other.document.line(LINE).source.path == "../a/sounds/é.wav"
            assert other.media.find(other.document.line(LINE).source) == sound
            again = History(other.document, other)
            again.redo()
            assert other.media.find(again.document.line("second").source) == sound, "in the journal too"
