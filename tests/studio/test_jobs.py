from __future__ import annotations

import threading
import time

import pytest

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from studio.jobs import PATIENCE_S, Jobs, Task


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.close()


def test_work_is_done_elsewhere_and_its_result_comes_back_here(jobs: Jobs, qtbot):
    found: list[object] = []
    main = threading.get_ident()
    jobs.submit(Task("a", "Adding"), lambda job: threading.get_ident(), lambda result: found.extend((result, threading.get_ident())))
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[0] != main and found[1] == main and not jobs.tasks


def test_progress_is_told(jobs: Jobs, qtbot):
    seen: list[tuple[float, str]] = []
    task = Task("a", "Counting")
    jobs.changed.connect(lambda: seen.append((task.done, task.label)))
    done = threading.Event()

    def work(job: Job) -> None:
        job.report(1, 4, "counting to four")
        done.wait(5)

    jobs.submit(task, work)
    qtbot.waitUntil(lambda: (0.25, "Counting to four") in seen)
    assert jobs.shown is task
    done.set()
    qtbot.waitUntil(lambda: not jobs.tasks)


def test_newer_work_takes_the_place_of_older(jobs: Jobs, qtbot):
    found: list[int] = []
    go = threading.Event()

    def slow(job: Job) -> int:
        while not go.is_set():
            time.sleep(0.005)
            job.check()
        return 1

    jobs.submit(Task("a", "One", "key"), slow, found.append)
    for n in (2, 3, 4):
        jobs.submit(Task("a", str(n), "key"), lambda job, n=n: n, found.append)
    qtbot.waitUntil(lambda: found == [4])
    go.set()


def test_patient_work_finishes_and_of_what_waits_only_the_newest_runs(jobs: Jobs, qtbot):
    found: list[int] = []

    def work(n: int):
        def do(job: Job) -> int:
            time.sleep(0.05)
            return n

        return do

    for n in range(6):
        jobs.submit(Task("a", str(n), "drag", patient=True), work(n), found.append)
    qtbot.waitUntil(lambda: 5 in found)
    assert found == [0, 5] and not jobs.busy("drag")


def test_patience_ends(jobs: Jobs, qtbot):
    found: list[int] = []
    began = threading.Event()

    def long(job: Job) -> int:
        began.set()
        while True:
            time.sleep(0.01)
            job.check()

    jobs.submit(Task("a", "long", "drag", patient=True), long, found.append)
    began.wait(5)
    time.sleep(PATIENCE_S + 0.05)
    jobs.submit(Task("a", "short", "drag", patient=True), lambda job: 7, found.append)
    qtbot.waitUntil(lambda: found == [7])


def test_a_fault_comes_to_whoever_asked_or_to_all(jobs: Jobs, qtbot):
    def wrong(job: Job) -> None:
        raise InvalidInput("a is wrong", "mend it")

    found: list[BaseException] = []
    jobs.submit(Task("a", "x"), wrong, None, found.append)
    qtbot.waitUntil(lambda: len(found) == 1)
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.submit(Task("a", "y"), wrong)
    assert str(found[0]) == "a is wrong; mend it" and told.args[1].label == "y"


def test_cancelling_is_silent(jobs: Jobs, qtbot):
    began = threading.Event()
    heard: list[object] = []
    jobs.failed.connect(lambda *_: heard.append("failed"))

    def work(job: Job) -> None:
        began.set()
        while True:
            time.sleep(0.005)
            job.check()

    task = jobs.submit(Task("a", "x", "k"), work, heard.append, heard.append)
    began.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: not jobs.tasks)
    assert heard == []


def test_closing_waits_for_the_threads(qtbot):
    jobs = Jobs()
    ended = []

    def work(job: Job) -> None:
        try:
            while True:
                time.sleep(0.005)
                job.check()
        finally:
            ended.append(True)

    jobs.submit(Task("a", "x"), work)
    jobs.submit(Task("a", "never begun"), work)
    qtbot.waitUntil(lambda: any(t.running for t in jobs.tasks))
    jobs.close()
    assert ended == [True] and not any(t.name.startswith("studio") for t in threading.enumerate())
