"""Cameras: listed, absent, busy, forbidden, unplugged; a video in their place comes at its own pace."""

from __future__ import annotations

import errno
import sys
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.avatars.tracking import cameras
from engine.avatars.tracking.cameras import HELD, Camera, CameraLost, Device, open_camera
from engine.core.errors import InvalidInput

linux = pytest.mark.skipif(sys.platform != "linux", reason="cameras as Linux has them")
Taken = Iterator[tuple[float, NDArray[np.uint8]]]


def _pictures(count: int, gate: threading.Event | None = None, end: Exception | None = None) -> Taken:
    """So many pictures that tell their number; those after the first when the gate opens; then the end."""
    for number in range(count):
        if number and gate is not None:
            gate.wait(30)
        yield number / 30, np.full((24, 32, 3), number % 256, np.uint8)
    if end is not None:
        raise end


def test_all_pictures_come_in_order_until_it_is_unplugged() -> None:
    camera = Camera(_pictures(5, end=OSError(errno.ENODEV, "No such device")), "desk", Fraction(30))
    assert camera.size == (32, 24)
    found = []
    with pytest.raises(CameraLost, match=r"the camera desk went away \(No such device\); plug it in again"):
        for number, time_s, picture in camera:
            found.append((number, time_s, int(picture[0, 0, 0])))
    assert found == [(n, n / 30, n) for n in range(5)]
    camera.close()


def test_newest_picture_is_given_and_older_ones_are_not() -> None:
    gate = threading.Event()
    with Camera(_pictures(9, gate), "desk", Fraction(30)) as camera:
        first = camera.latest()
        assert first is not None and first[0] == 0 and camera.latest() is None
        gate.set()
        camera._thread.join(30)
        newest = camera.latest()
        assert newest is not None and newest[0] == 8
        with pytest.raises(CameraLost, match="shows no more pictures"):
            camera.latest()


def test_who_is_slow_loses_the_oldest_pictures_and_memory_stays_small() -> None:
    with Camera(_pictures(HELD + 12), "desk", Fraction(30)) as camera:
        camera._thread.join(30)
        assert camera.dropped == 12
        assert next(iter(camera))[0] == 12


def test_closing_ends_the_pictures_and_the_thread() -> None:
    ended = []

    def endless() -> Taken:
        try:
            for number in range(10**6):
                time.sleep(0.001)
                yield number / 1000, np.zeros((24, 32, 3), np.uint8)
        finally:
            ended.append(True)

    camera = Camera(endless(), "desk", Fraction(30))
    next(iter(camera))
    camera.close()
    assert ended == [True] and not camera._thread.is_alive()
    assert len(list(camera)) <= HELD  # what was there, and then no error
    camera.close()


def test_camera_without_pictures_is_told() -> None:
    with pytest.raises(CameraLost, match="shows no picture"):
        Camera(_pictures(0), "dark", Fraction(30))


@pytest.fixture
def film(tmp_path: Path) -> Path:
    with av.open(str(tmp_path / "film.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=50)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(10):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((48, 64, 3), 20 * number, np.uint8), format="rgb24")))
        container.mux(stream.encode())
    return tmp_path / "film.mp4"


def test_video_stands_in_for_a_camera_at_its_own_pace(film: Path) -> None:
    found = []
    with open_camera(f"file:{film}") as camera, pytest.raises(CameraLost):
        assert camera.size == (64, 48) and camera.rate == 50
        for number, time_s, _ in camera:
            found.append((number, time.monotonic() - time_s))
    assert [number for number, _ in found] == list(range(10))
    # No picture comes before its time; a slow machine lets them come late only.
    assert min(came for _, came in found) >= camera.began - 1e-6


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cameras, "cameras", lambda: (Device("/dev/video0", "Desk"), Device("/dev/video2", "Door")))


@pytest.mark.usefixtures("plugged")
def test_absent_camera_is_told_with_those_there_are() -> None:
    for which in (2, -1, "Hall"):
        with pytest.raises(InvalidInput, match=rf"there is no camera {which} \(found: 0 Desk, 1 Door\)"):
            open_camera(which)


@pytest.mark.usefixtures("plugged")
@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EBUSY, "in use by another program"), (errno.EACCES, "may not be used"), (errno.ENODEV, "not there any more"), (errno.EINVAL, "cannot be opened")],
)
def test_refusals_are_told_apart(monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    asked = []

    def refuse(address: str, **options: object) -> None:
        asked.append((address, options["options"]))
        raise OSError(number, "refused")

    monkeypatch.setattr(av, "open", refuse)
    with pytest.raises(InvalidInput, match=f"the camera Door .*{said}"):
        open_camera("Door", (1280, 720), 60)
    assert asked[0] == ("/dev/video2", {"video_size": "1280x720", "framerate": "60"})
    assert len(asked) == (3 if number == errno.EINVAL else 1)  # another size may be had, another answer not


@linux
def test_what_is_no_camera_is_refused_by_the_system() -> None:
    with pytest.raises(InvalidInput, match="not there any more"):
        open_camera("/dev/video987")
    with pytest.raises(InvalidInput, match="cannot be opened"):
        open_camera("/dev/null")


@linux
def test_further_nodes_of_a_camera_are_not_listed(tmp_path: Path) -> None:
    for node, name, index in (("video0", "Desk", "0"), ("video1", "Desk", "1"), ("video10", "Door", "0"), ("video2", "Hall", "0")):
        (tmp_path / node).mkdir()
        (tmp_path / node / "name").write_text(name + "\n")
        (tmp_path / node / "index").write_text(index + "\n")
    (tmp_path / "video3").mkdir()  # half there: being unplugged
    assert [(d.address, d.name) for d in cameras._listed(tmp_path)] == [("/dev/video0", "Desk"), ("/dev/video2", "Hall"), ("/dev/video10", "Door")]
    assert cameras._listed(tmp_path / "none") == ()


@pytest.mark.parametrize(("system", "address"), [("darwin", "0"), ("win32", "video=0")])
def test_cameras_of_other_systems_are_those_that_show_pictures(monkeypatch: pytest.MonkeyPatch, system: str, address: str) -> None:
    listed = [av.DeviceInfo("0", "Desk", True, ["video"]), av.DeviceInfo("1", "Microphone", False, ["audio"])]
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(av, "enumerate_input_devices", lambda name: listed if name in ("avfoundation", "dshow") else [])
    assert cameras.cameras() == (Device(address, "Desk"),)
