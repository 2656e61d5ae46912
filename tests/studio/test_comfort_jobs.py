"""The jobs panel, and what the status bar tells."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from studio.comfort.words import PANELS
from studio.jobs import Task
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS


@pytest.fixture
def release():
    gate = threading.Event()
    yield gate
    gate.set()


def waiting(gate: threading.Event):
    def work(job: Job) -> None:
        job.report(1, 4, "half a film")
        while not gate.wait(0.01):
            job.check()

    return work


def test_work_is_shown_with_its_progress_and_can_be_stopped(window: MainWindow, qtbot, release: threading.Event):
    window.actions_by_name["show_jobs"].trigger()
    panel = window.jobs_panel
    assert panel.isVisible() and panel.idle.isVisible() and not panel.stop_all.isEnabled()
    window.jobs.submit(Task("one", "A film"), waiting(release))
    window.jobs.submit(Task("one", "Another film"), waiting(release))
    qtbot.waitUntil(lambda: len(panel.rows) == 2 and panel.rows[0].progress.value() == 250, timeout=WAIT_MS)
    assert panel.rows[0].label.text() == "Half a film" and "25" in panel.rows[0].state.text() and panel.rows[1].state.text() == "waits"
    qtbot.mouseClick(panel.rows[1].stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [r.label.text() for r in panel.rows] == ["Half a film"], timeout=WAIT_MS)
    qtbot.mouseClick(panel.stop_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.rows and not window.jobs.tasks, timeout=WAIT_MS)
    assert panel.idle.isVisible() and panel.faults == [], "what was stopped has not failed"


def test_what_failed_stays_until_it_is_cleared(window: MainWindow, qtbot):
    panel = window.jobs_panel

    def fail(job: Job) -> None:
        raise InvalidInput("the disk is made of cheese", "buy another")

    taken: list[BaseException] = []
    window.jobs.submit(Task("one", "Writing"), fail, None, taken.append)
    qtbot.waitUntil(lambda: bool(taken), timeout=WAIT_MS)
    assert len(panel.faults) == 1 and "Writing: the disk is made of cheese" in panel.faults[0].text.text()
    window.show_jobs()
    qtbot.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    assert panel.faults == [] and not panel.clear.isEnabled()


def test_the_status_bar_leads_to_the_jobs(window: MainWindow, qtbot, release: threading.Event):
    window.jobs.submit(Task("one", "A film"), waiting(release))
    qtbot.waitUntil(window.job_status.label.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(window.job_status.label, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.jobs_panel.isVisible)


def test_pictures_in_a_second_are_told(window: MainWindow, qtbot):
    rate = window.viewport_rate
    for _ in range(12):
        window.viewport.painted.emit()
    qtbot.waitUntil(lambda: rate.text() == "12 fps", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: rate.text() == "", timeout=WAIT_MS)


def test_every_panel_has_a_title_that_is_translated(window: MainWindow):
    titles = {d.windowTitle() for d in window.findChildren(type(window.jobs_dock))}
    assert titles <= set(PANELS)
