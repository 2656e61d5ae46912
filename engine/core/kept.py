"""Results kept by what they were made from: the last few of them, and no more memory than allowed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Kept(Generic[_T]):
    """The last results by key. One thread computes a key while others that want the same one wait; other keys go on.

    Args:
        count: how many stay.
        limit_bytes: how large they may be together; the latest stays however large it is.
        size: bytes of a result.
    """

    def __init__(self, count: int, limit_bytes: float = float("inf"), size: Callable[[_T], int] = lambda value: 0) -> None:
        self._count, self._limit, self._size = count, limit_bytes, size
        self._kept: OrderedDict[Hashable, tuple[_T, int]] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()
        self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The result of `key`, made where it is not kept; what `make` raises is raised, and nothing kept."""
        with self._lock:
            if key in self._kept:
                return self._touch(key)
            making = self._making.setdefault(key, threading.RLock())
        try:
            with making:
                with self._lock:
                    if key in self._kept:
                        return self._touch(key)
                value = make()
                self.put(key, value)
                return value
        finally:
            with self._lock:
                self._making.pop(key, None)

    def find(self, key: Hashable) -> _T | None:
        """The result of `key` if it is kept."""
        with self._lock:
            return self._touch(key) if key in self._kept else None

    def put(self, key: Hashable, value: _T) -> None:
        """Keep a result, and forget the oldest where there are too many."""
        size = self._size(value)
        with self._lock:
            if key in self._kept:
                self._bytes -= self._kept.pop(key)[1]
            self._kept[key] = (value, size)
            self._bytes += size
            while len(self._kept) > 1 and (len(self._kept) > self._count or self._bytes > self._limit):
                self._bytes -= self._kept.popitem(last=False)[1][1]

    def _touch(self, key: Hashable) -> _T:
        self._kept.move_to_end(key)
        return self._kept[key][0]

    @property
    def bytes_kept(self) -> int:
        """Size of everything kept."""
        with self._lock:
            return self._bytes
