"""Undo and redo without limit: the one door through which a document changes. No Qt here.

`History.apply` makes an edit, writes it to the journal, and only then lets the document change and the listeners know; if
the journal cannot be written, nothing has happened. While a drag goes on, edits show at once but are written when it ends.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from engine.core.errors import EngineError
from engine.project.change import TOPICS, Applied, Change, Composite, Edit, union
from engine.project.document import Document

log = logging.getLogger(__name__)
Listener = Callable[[Document, Change], None]
MERGE_GAP_S = 0.7  # edits of one slider by wheel or keys that follow each other faster are one step


@dataclass(frozen=True)
class Step:
    """One undo step: an edit and what takes it back."""

    edit: Edit
    inverse: Edit

    @property
    def title(self) -> str:
        """What the person did."""
        return self.edit.title


class Journal(Protocol):
    """Where a history keeps its steps: in memory, or in the project's file."""

    @property
    def count(self) -> int:
        """Steps kept, undone ones included."""

    @property
    def cursor(self) -> int:
        """Steps that are done; `cursor` to `count` are undone."""

    @property
    def clean(self) -> int | None:
        """The cursor at which the person last saved; None where undo and redo no longer lead there."""

    def step(self, index: int) -> Step:
        """The step at `index`, 0 to `count` - 1."""

    def title(self, index: int) -> str:
        """What step `index` is called, without reading it whole."""

    def append(self, step: Step, document: Document) -> None:
        """Drop the undone steps and keep `step`, which leads to `document`; committed when this returns."""

    def replace_last(self, step: Step, document: Document) -> None:
        """Keep `step` instead of the last one done."""

    def move(self, cursor: int, document: Document) -> None:
        """Remember how many steps are done."""

    def set_clean(self) -> None:
        """Remember the cursor as saved."""


class MemoryJournal:
    """A journal that lives as long as the process: a project without a file."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self.cursor = 0
        self.clean: int | None = 0

    @property
    def count(self) -> int:
        """Steps kept, undone ones included."""
        return len(self._steps)

    def step(self, index: int) -> Step:
        """The step at `index`."""
        return self._steps[index]

    def title(self, index: int) -> str:
        """What step `index` is called."""
        return self._steps[index].title

    def append(self, step: Step, document: Document) -> None:
        """Drop the undone steps and keep `step`."""
        del self._steps[self.cursor :]
        if self.clean is not None and self.clean > self.cursor:
            self.clean = None
        self._steps.append(step)
        self.cursor += 1

    def replace_last(self, step: Step, document: Document) -> None:
        """Keep `step` instead of the last one done."""
        self._steps[self.cursor - 1] = step
        if self.clean == self.cursor:
            self.clean = None

    def move(self, cursor: int, document: Document) -> None:
        """Remember how many steps are done."""
        self.cursor = cursor

    def set_clean(self) -> None:
        """Remember the cursor as saved."""
        self.clean = self.cursor


@dataclass
class _Drag:
    """A drag in progress: where it began and the edits that stand for it so far."""

    base: Document
    name: str
    done: list[tuple[Edit, Applied]]


class History:
    """The document, its past and its future.

    Args:
        document: as it stands at the journal's cursor.
        journal: keeps the steps; in memory where None.
        clock: seconds, for the gap within which edits merge outside a drag.
    """

    def __init__(self, document: Document, journal: Journal | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._document = document
        self._journal: Journal = journal if journal is not None else MemoryJournal()
        self._clock = clock
        self._drag: _Drag | None = None
        # The last step while it may still grow: the document before it, what it changed, when it was made.
        self._open: tuple[Document, Edit, Change, float] | None = None
        self._listeners: list[Listener] = []
        self._news: deque[Change] = deque()
        self._telling = False

    @property
    def document(self) -> Document:
        """The document as it stands now."""
        return self._document

    @property
    def journal(self) -> Journal:
        """Where the steps are kept."""
        return self._journal

    @property
    def dragging(self) -> bool:
        """True between `begin_drag` and its end."""
        return self._drag is not None

    @property
    def can_undo(self) -> bool:
        """True if there is a step to take back."""
        return self._journal.cursor > 0 or bool(self._drag and self._drag.done)

    @property
    def can_redo(self) -> bool:
        """True if there is a step to make again."""
        return self._drag is None and self._journal.cursor < self._journal.count

    @property
    def undo_label(self) -> str:
        """Such as "Undo Move boundary"; "Undo" where there is nothing."""
        return f"Undo {self._journal.title(self._journal.cursor - 1)}" if self._journal.cursor > 0 else "Undo"

    @property
    def redo_label(self) -> str:
        """Such as "Redo Move boundary"; "Redo" where there is nothing."""
        return f"Redo {self._journal.title(self._journal.cursor)}" if self._journal.cursor < self._journal.count else "Redo"

    @property
    def is_clean(self) -> bool:
        """True if the document is as the person last saved it."""
        return self._journal.clean == self._journal.cursor and not (self._drag and self._drag.done)

    def mark_clean(self) -> None:
        """Remember the document as saved."""
        self.end_drag()
        self._journal.set_clean()
        self._open = None

    def load(self, document: Document, journal: Journal | None = None) -> None:
        """Go on with another project, or this one under another name; the listeners stay and are told that all changed."""
        self.cancel_drag()
        self._document = document
        self._journal = journal if journal is not None else MemoryJournal()
        self._open = None
        self._tell(Change(TOPICS))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(document, change)` after every change; the function returned ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def apply(self, edit: Edit) -> Change:
        """Make an edit. One that changes nothing leaves no step.

        In a drag, and for a short while after an edit outside one, an edit with the same merge key takes that edit's place.

        Returns:
            What changed on screen: with a replaced edit, what either touched.

        Raises:
            InvalidInput: the edit cannot be made.
            OutputError: the journal cannot be written. The document is as before.
        """
        if self._drag is not None:
            return self._apply_in_drag(self._drag, edit)
        merged = self._apply_merging(edit)
        if merged is not None:
            return merged
        before = self._document
        applied = edit.apply(before)
        if applied.change:
            self._journal.append(Step(edit, applied.inverse), applied.document)
            self._document = applied.document
            self._open = (before, edit, applied.change, self._clock())
            self._tell(applied.change)
        return applied.change

    def extend(self, edit: Edit, cursor: int) -> Change:
        """Make an edit part of the last step, if that is still step `cursor` of the journal; else a step of its own.

        What a job finds out about a line that was just opened belongs to its opening: one step back takes both.

        Raises:
            InvalidInput: the edit cannot be made.
            OutputError: the journal cannot be written. The document is as before.
        """
        if self._drag is not None or cursor < 1 or self._journal.cursor != cursor or self._journal.count != cursor:
            return self.apply(edit)
        last = self._journal.step(cursor - 1)
        applied = edit.apply(self._document)
        if applied.change:
            step = Step(Composite((last.edit, edit), last.title), Composite((applied.inverse, last.inverse), last.title))
            self._journal.replace_last(step, applied.document)
            self._document = applied.document
            self._open = None
            self._tell(applied.change)
        return applied.change

    def undo(self) -> Change:
        """Take the last step back; a drag in progress is cancelled instead.

        Raises:
            OutputError: the journal cannot be written. The document is as before.
        """
        if self._drag is not None:
            return self.cancel_drag()
        cursor = self._journal.cursor
        return self._travel(self._journal.step(cursor - 1).inverse, cursor - 1) if cursor > 0 else Change()

    def redo(self) -> Change:
        """Make the step last taken back again.

        Raises:
            OutputError: the journal cannot be written. The document is as before.
        """
        self.end_drag()
        cursor = self._journal.cursor
        return self._travel(self._journal.step(cursor).edit, cursor + 1) if cursor < self._journal.count else Change()

    def begin_drag(self, name: str = "") -> None:
        """From here to `end_drag` all edits are one step, called `name` or as the last edit."""
        self.end_drag()
        self._open = None
        self._drag = _Drag(self._document, name, [])

    def end_drag(self) -> None:
        """Write the drag to the journal as one step; nothing where it changed nothing or there is none.

        Raises:
            OutputError: the journal cannot be written. The document is as before the drag, and the listeners were told.
        """
        drag, self._drag = self._drag, None
        if drag is None or self._document == drag.base:
            return
        edits = tuple(edit for edit, _ in drag.done)
        inverses = tuple(applied.inverse for _, applied in reversed(drag.done))
        whole = len(edits) > 1 or bool(drag.name)
        step = Step(Composite(edits, drag.name), Composite(inverses, drag.name)) if whole else Step(edits[0], inverses[0])
        try:
            self._journal.append(step, self._document)
        except EngineError:
            self._document = drag.base
            self._tell(union(applied.change for _, applied in drag.done))
            raise

    def cancel_drag(self) -> Change:
        """The document as it was when the drag began; what was undone before can still be redone."""
        drag, self._drag = self._drag, None
        if drag is None or not drag.done:
            return Change()
        self._document = drag.base
        change = union(applied.change for _, applied in drag.done)
        self._tell(change)
        return change

    @contextmanager
    def drag(self, name: str = "") -> Iterator[None]:
        """`begin_drag` and `end_drag` around a block; cancelled if the block fails."""
        self.begin_drag(name)
        try:
            yield
        except BaseException:
            self.cancel_drag()
            raise
        self.end_drag()

    def _apply_in_drag(self, drag: _Drag, edit: Edit) -> Change:
        replaced = drag.done[-1] if drag.done and edit.merge_key is not None and drag.done[-1][0].merge_key == edit.merge_key else None
        before = self._document
        if replaced is not None:
            before = drag.base if len(drag.done) == 1 else drag.done[-2][1].document
        applied = edit.apply(before)
        if replaced is not None:
            drag.done.pop()
        drag.done.append((edit, applied))
        change = applied.change | replaced[1].change if replaced is not None else applied.change
        self._document = applied.document
        if change:
            self._tell(change)
        return change

    def _apply_merging(self, edit: Edit) -> Change | None:
        """The edit in place of the last step, if that is young and has the same key; None where it is not."""
        if self._open is None or edit.merge_key is None:
            return None
        before, last, changed, when = self._open
        if last.merge_key != edit.merge_key or self._clock() - when > MERGE_GAP_S:
            return None
        applied = edit.apply(before)
        self._journal.replace_last(Step(edit, applied.inverse), applied.document)
        self._document = applied.document
        self._open = (before, edit, changed | applied.change, self._clock())
        self._tell(changed | applied.change)
        return changed | applied.change

    def _travel(self, edit: Edit, cursor: int) -> Change:
        applied = edit.apply(self._document)
        self._journal.move(cursor, applied.document)
        self._document = applied.document
        self._open = None
        self._tell(applied.change)
        return applied.change

    def _tell(self, change: Change) -> None:
        """Every listener, in turn; a change made by a listener is told after this one."""
        self._news.append(change)
        if self._telling:
            return
        self._telling = True
        try:
            while self._news:
                news = self._news.popleft()
                for listener in tuple(self._listeners):
                    try:
                        listener(self._document, news)
                    except Exception:
                        log.exception("a listener failed on a change of %s", ", ".join(sorted(news.what)) or "nothing")
        finally:
            self._telling = False
