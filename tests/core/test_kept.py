"""Results kept by their key: how many, how large, and by whom they are made."""

import threading

import pytest

from engine.core.kept import Kept


def test_the_last_results_stay_and_are_made_once() -> None:
    made: list[str] = []
    kept: Kept[str] = Kept(2)

    def get(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key.upper())

    assert [get(k) for k in "abab"] == ["A", "B", "A", "B"] and made == ["a", "b"]
    get("a"), get("c")  # b is the oldest now
    assert kept.find("a") == "A" and kept.find("b") is None
    get("b")
    assert made == ["a", "b", "c", "b"]


def test_large_results_make_room_and_the_latest_stays_however_large() -> None:
    kept: Kept[bytes] = Kept(100, 10, len)
    for size in (4, 4, 4):
        kept.put(size + kept.bytes_kept, bytes(size))
    assert kept.bytes_kept == 8
    kept.put("huge", bytes(50))
    assert kept.bytes_kept == 50 and kept.find("huge") == bytes(50)
    kept.put("huge", bytes(2))
    assert kept.bytes_kept == 2


def test_a_failure_is_not_kept() -> None:
    kept: Kept[int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("x", lambda: 1 // 0)
    assert kept.get("x", lambda: 7) == 7


def test_one_thread_makes_what_several_want_and_other_keys_go_on() -> None:
    kept: Kept[int] = Kept(4)
    started, release = threading.Event(), threading.Event()
    made: list[int] = []

    def slow() -> int:
        started.set()
        release.wait(10)
        made.append(1)
        return 1

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(kept.get("slow", slow))) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert started.wait(10)
    assert kept.get("quick", lambda: 2) == 2  # while the other is made
    release.set()
    for thread in threads:
        thread.join(10)
    assert found == [1, 1, 1] and made == [1]
