"""The takes panel: performances that were kept, which of them plays where, and two of them side by side."""

from __future__ import annotations

import secrets
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QSpinBox, QToolButton, QWidget

from engine.core.channels import REGIONS
from engine.core.errors import EngineError
from engine.core.jobs import Job
from engine.core.motion import MotionClip
from engine.project.change import Composite
from engine.project.document import LineDoc, new_id
from engine.project.edits import PutPart, RemovePart, SetParts
from engine.project.parts import Take, TakeClip
from studio import theme
from studio.jobs import Task
from studio.panels.desk import Desk
from studio.panels.levels import heading
from studio.panels.panel import Panel
from studio.panels.take_list import TakeList, TakeRow
from studio.panels.words import QT_TRANSLATE_NOOP, translated

MOST_TAKES = 16
REGION_NAMES: dict[str, str] = {
    "": QT_TRANSLATE_NOOP("Region", "Whole face"), "lips": QT_TRANSLATE_NOOP("Region", "Lips"), "brows": QT_TRANSLATE_NOOP("Region", "Brows"),
    "eyes": QT_TRANSLATE_NOOP("Region", "Eyes"), "cheeks and nose": QT_TRANSLATE_NOOP("Region", "Cheeks"), "head": QT_TRANSLATE_NOOP("Region", "Head"),
}  # fmt: skip
assert set(REGION_NAMES) == {"", *REGIONS}
MODES: tuple[tuple[str, str], ...] = (
    ("flip", QT_TRANSLATE_NOOP("Compare", "Flip")),
    ("side", QT_TRANSLATE_NOOP("Compare", "Side by side")),
    ("difference", QT_TRANSLATE_NOOP("Compare", "Difference")),
)
_STALE_MS = 400  # after the last change, whether takes are older than the line is looked at again


class TakesPanel(Panel):
    """Keeps, chooses and compares takes.

    Signals:
        compare_wanted(a, b, mode, names): show two motions; a None for the line as it is, b None to compare nothing.
        flip_wanted(): show the other one.
    """

    compare_wanted = Signal(object, object, str, tuple)
    flip_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("takes", "line", "range"), parent)
        self.setObjectName("takesPanel")
        self._shown: object = None
        self.rows: dict[str, TakeRow] = {}
        self._pictures: dict[str, QPixmap] = {}
        self.sides = {"A": "", "B": ""}  # ids; of A "" is the line as it is, of B nothing
        self._comparing = False
        self.column.setSpacing(theme.SPACE // 2)
        self._build_new()
        self.list = TakeList()
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.list.rename_wanted.connect(self._on_rename)
        self.list.remove_wanted.connect(self._on_remove)
        self.list.menu_wanted.connect(self._on_menu)
        self.column.addWidget(self.list, 1)
        self._build_use()
        self._build_comment()
        self._build_compare()
        self._stale_timer = QTimer(self)
        self._stale_timer.setSingleShot(True)
        self._stale_timer.setInterval(_STALE_MS)
        self._stale_timer.timeout.connect(self._show_facts)
        desk.session.changed.connect(lambda _: self._stale_timer.start() if self.isVisible() else None)
        desk.session.line_changed.connect(self._on_other_line)
        self.listen()

    # Building.

    def _build_new(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.new = QPushButton(self.tr("New Take"))
        self.new.setObjectName("newTakeButton")
        self.new.setProperty("primary", True)
        self.new.setToolTip(self.tr("Keep the performance as it is now, and others with other seeds"))
        self.new.clicked.connect(self._on_new)
        self.count = QSpinBox()
        self.count.setObjectName("takeCount")
        self.count.setRange(1, MOST_TAKES)
        self.count.setPrefix("× ")
        self.count.setAccessibleName(self.tr("Number of takes"))
        self.count.setToolTip(self.tr("How many takes to make, each with a seed of its own"))
        self.count.valueChanged.connect(lambda n: self.new.setText(self.tr("New Take") if n == 1 else self.tr("New Takes")))
        row.addWidget(self.new, 1)
        row.addWidget(self.count)
        self.column.addLayout(row)
        self.hint = QLabel(self.tr("No takes yet. A take keeps a performance, so that you can try others and come back."))
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "dim")
        self.column.addWidget(self.hint)

    def _build_use(self) -> None:
        self.use_title = heading(self.tr("Use for"))
        self.column.addWidget(self.use_title)
        self.uses: dict[str, QPushButton] = {}
        names = list(REGION_NAMES)
        for half in (names[:3], names[3:]):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE // 2)
            for region in half:
                shown = translated("Region", REGION_NAMES[region])
                button = QPushButton(shown)
                button.setObjectName("use" + (region or "all").split()[0].capitalize())
                button.setStyleSheet("QPushButton { padding: 4px 2px; }")
                button.setToolTip(self.tr("Let the take play there, from the in to the out point or over the whole line"))
                button.clicked.connect(lambda _=False, r=region: self.use(r))
                self.uses[region] = button
                row.addWidget(button, 1)
            self.column.addLayout(row)
        self.live = QPushButton(self.tr("Back to Live"))
        self.live.setObjectName("useLive")
        self.live.setToolTip(self.tr("Let the live performance play again, from the in to the out point or over the whole line"))
        self.live.clicked.connect(self.use_live)
        self.column.addWidget(self.live)

    def _build_comment(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.comment = QLineEdit()
        self.comment.setObjectName("takeComment")
        self.comment.setMinimumWidth(60)
        self.comment.setPlaceholderText(self.tr("Comment"))
        self.comment.setAccessibleName(self.tr("Comment on the take"))
        self.comment.setToolTip(self.tr("A few words on the chosen take; Enter keeps them"))
        self.comment.editingFinished.connect(lambda: self._put("Change comment", comment=self.comment.text().strip()))
        self.colour = QToolButton()
        self.colour.setObjectName("takeColour")
        self.colour.setText(self.tr("Colour"))
        self.colour.setToolTip(self.tr("A colour to tell takes apart"))
        self.colour.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.colours = QMenu(self.colour)
        self.colours.aboutToShow.connect(self._fill_colours)
        self.colour.setMenu(self.colours)
        self.remove = QPushButton(self.tr("Delete"))
        self.remove.setObjectName("removeTake")
        self.remove.setToolTip(self.tr("Delete the take, and where it plays (Delete)"))
        self.remove.clicked.connect(self._on_remove)
        row.addWidget(self.comment, 1)
        row.addWidget(self.colour)
        row.addWidget(self.remove)
        self.column.addLayout(row)

    def _build_compare(self) -> None:
        self.column.addWidget(heading(self.tr("Compare")))
        self.compared = QLabel()
        self.compared.setProperty("role", "dim")
        self.compared.setWordWrap(True)
        self.column.addWidget(self.compared)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.mode = QComboBox()
        self.mode.setObjectName("compareMode")
        self.mode.setAccessibleName(self.tr("How to compare"))
        self.mode.setToolTip(self.tr("Flip between both, see them side by side, or see how far they are apart in colours"))
        for mode, text in MODES:
            self.mode.addItem(translated("Compare", text), mode)
        self.mode.currentIndexChanged.connect(lambda _: self._compare())
        self.flip = QPushButton(self.tr("Flip"))
        self.flip.setObjectName("flipButton")
        self.flip.setToolTip(self.tr("Show the other one (B)"))
        self.flip.clicked.connect(self.flip_wanted)
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setObjectName("stopCompare")
        self.stop.setToolTip(self.tr("Compare nothing"))
        self.stop.clicked.connect(self.stop_comparing)
        row.addWidget(self.mode, 1)
        row.addWidget(self.flip)
        row.addWidget(self.stop)
        self.column.addLayout(row)

    # Showing.

    @property
    def chosen(self) -> Take | None:
        """The take that is selected in the list."""
        item, line = self.list.currentItem(), self.desk.line
        take_id = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        return next((t for t in line.takes if t.id == take_id), None) if line is not None else None

    @property
    def span(self) -> tuple[float, float] | None:
        """From the in to the out point; the whole line without them."""
        line = self.desk.line
        length_s = self.desk.conductor.duration_s or (line.duration_s if line is not None else None)
        if line is None or not length_s:
            return None
        start_s, end_s = line.in_s or 0.0, length_s if line.out_s is None else line.out_s
        return (start_s, end_s) if start_s < end_s else (0.0, length_s)

    def refresh(self) -> None:
        """Show the line's takes."""
        line, why = self.desk.line, self.desk.no_line()
        takes = line.takes if line is not None else ()
        if (why, takes) != self._shown:
            self._shown = (why, takes)
            self._fill(takes, why)
        for side, take_id in self.sides.items():
            if take_id and take_id not in self.rows:
                self.sides[side] = ""
        if self._comparing and not self.sides["B"]:
            self.stop_comparing()
        self._show_facts()
        self._show_chosen()

    def _fill(self, takes: tuple[Take, ...], why: str) -> None:
        before = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        self.rows = {}
        for take in takes:
            row = TakeRow(take, why)
            row.renamed.connect(lambda text, take_id=take.id: self._put("Rename take", take_id, name=text))
            row.compared.connect(lambda side, on, take_id=take.id: self._on_compared(take_id, side, on))
            row.show_picture(self._picture(take))
            self.list.put(row)
            self.rows[take.id] = row
        self.list.setCurrentRow(min(max(before, 0), len(takes) - 1))
        self.list.blockSignals(False)
        self.hint.setVisible(not takes)

    def _picture(self, take: Take) -> QPixmap | None:
        project = self.desk.session.project
        if take.thumbnail and take.thumbnail not in self._pictures and project is not None:
            picture = QPixmap()
            if picture.loadFromData(project.blobs.get(take.thumbnail) or b""):
                self._pictures[take.thumbnail] = picture
        return self._pictures.get(take.thumbnail)

    def _show_facts(self) -> None:
        from engine.systems.inputs import stale

        line = self.desk.line
        if line is None:
            return
        for take in line.takes:
            if take.id in self.rows:
                self.rows[take.id].show_facts(self._playing(line, take), stale(line, take))
        for take_id, row in self.rows.items():
            for side, button in row.sides.items():
                button.setChecked(self.sides[side] == take_id)

    def _playing(self, line: LineDoc, take: Take) -> str:
        clips = [c for c in line.take_clips if c.take_id == take.id]
        if not clips:
            return ""
        regions = dict.fromkeys(r for c in clips for r in (c.regions or ("",)))
        return self.tr("plays: {regions}").format(regions=", ".join(translated("Region", REGION_NAMES[r]).lower() for r in regions))

    def _show_chosen(self) -> None:
        take, why, line = self.chosen, self.desk.no_line(), self.desk.line
        if not why and line is not None and line.track_state("takes").lock:
            why = self.tr("The takes are locked in the timeline.")
        busy = line is not None and self.desk.jobs.busy(f"takes {line.id}")
        self.new.setEnabled(not why and line is not None and line.analysed and not busy)
        self.count.setEnabled(not why)
        for take_id, row in self.rows.items():
            row.set_selected(take is not None and take_id == take.id)
        for button in (*self.uses.values(), self.comment, self.colour, self.remove):
            button.setEnabled(not why and take is not None)
        self.live.setEnabled(not why and line is not None and bool(line.take_clips))
        span = self.span
        ranged = line is not None and (line.in_s is not None or line.out_s is not None)
        place = self.tr("{start:.2f}–{end:.2f} s").format(start=span[0], end=span[1]) if span and ranged else self.tr("whole line")
        self.use_title.setText(self.tr("Use for ({place})").format(place=place))
        if not (self.comment.hasFocus() and self.comment.isModified()):
            self.comment.setText(take.comment if take is not None else "")
        for widget in (self.mode, self.flip, self.stop):
            widget.setEnabled(self._comparing)
        self.flip.setEnabled(self._comparing and self.mode.currentData() == "flip")
        names = {side: self.rows[t].take.name if t in self.rows else "" for side, t in self.sides.items()}
        a = names["A"] or self.tr("the line as it is")
        b = names["B"] or self.tr("choose B on a take")
        self.compared.setText(self.tr("A: {a} · B: {b}").format(a=a, b=b))

    # Making takes.

    def _on_new(self) -> None:
        line = self.desk.line
        if line is None:
            return
        from engine.systems.inputs import stale

        fresh = {t.seed for t in line.takes if not stale(line, t)}
        seeds = [line.seed] if line.seed not in fresh else []
        while len(seeds) < self.count.value():
            seeds.append(secrets.randbits(32))
        self._make(line, seeds)

    def _make(self, line: LineDoc, seeds: list[int]) -> None:
        document, project = self.desk.session.document, self.desk.session.project
        rate, visemes, pipeline = document.settings.rate, document.character_of(line.id).visemes, self.desk.conductor.pipeline
        taken = {t.name for t in line.takes}
        numbers = (n for n in range(1, 10_000) if self.tr("Take {number}").format(number=n) not in taken)
        names = [self.tr("Take {number}").format(number=next(numbers)) for _ in seeds]

        def work(job: Job) -> list[Take]:
            out = []
            for i, (seed, name) in enumerate(zip(seeds, names, strict=True)):
                part = job.part(i / len(seeds), (i + 1) / len(seeds))
                take, data = pipeline().take(line, rate, seed, name, part, visemes)
                if project is not None:
                    project.blobs.put(data, "take")
                    take = replace(take, thumbnail=_thumbnail(pipeline().take_motion(take), project, job))
                out.append(take)
            return out

        task = Task("takes", self.tr("Performing takes"), f"takes {line.id}")
        self.desk.jobs.submit(task, work, lambda takes: self._on_made(line.id, takes))
        self._show_chosen()

    def _on_made(self, line_id: str, takes: list[Take]) -> None:
        session = self.desk.session
        if session.document.has_line(line_id):
            session.apply(Composite(tuple(PutPart(line_id, take) for take in takes), "New take" if len(takes) == 1 else "New takes"))
            if self.desk.line is not None and self.desk.line.id == line_id and self.isVisible():
                self.list.setCurrentRow(self.list.count() - 1)
        self._show_chosen()

    # Changing takes.

    def _put(self, title: str, take_id: str = "", **fields: str) -> None:
        line = self.desk.line
        take = next((t for t in line.takes if t.id == take_id), None) if line is not None and take_id else self.chosen
        if line is not None and take is not None:
            new = replace(take, **fields)  # type: ignore[arg-type]
            if new != take:
                self.desk.session.apply(Composite((PutPart(line.id, new),), title))

    def _on_rename(self) -> None:
        take = self.chosen
        if take is not None:
            self.rows[take.id].name.begin()

    def _on_remove(self) -> None:
        line, take = self.desk.line, self.chosen
        if line is not None and take is not None and self.remove.isEnabled():
            self.desk.session.apply(RemovePart(line.id, "takes", take.id))

    def _fill_colours(self) -> None:
        self.colours.clear()
        none = self.colours.addAction(self.tr("None"))
        none.triggered.connect(lambda: self._put("Change colour", colour=""))
        for name, value in theme.VISEMES.items():
            if name != "sil":
                picture = QPixmap(QSize(14, 14))
                picture.fill(QColor(value))
                action = self.colours.addAction(QIcon(picture), value)
                action.triggered.connect(lambda _=False, v=value: self._put("Change colour", colour=v))

    def _on_menu(self, place: QPoint) -> None:
        if self.chosen is None:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Rename"), self._on_rename).setEnabled(self.remove.isEnabled())
        menu.addAction(self.tr("Use for the Whole Face"), lambda: self.use("")).setEnabled(self.remove.isEnabled())
        menu.addAction(self.tr("Delete"), self._on_remove).setEnabled(self.remove.isEnabled())
        menu.exec(place)

    # Where they play.

    def use(self, region: str) -> None:
        """Let the chosen take play; the clips it covers wholly go."""
        line, take, span = self.desk.line, self.chosen, self.span
        if line is not None and take is not None and span is not None:
            clip = TakeClip(new_id(), take.id, *span, (region,) if region else ())
            self._set_clips(line, (*_uncovered(line.take_clips, clip), clip), "Use take")

    def use_live(self) -> None:
        """Let the live performance play again."""
        line, span = self.desk.line, self.span
        if line is None or span is None:
            return
        hole = TakeClip(new_id(), "", *span)
        rest = _uncovered(line.take_clips, hole)
        if any(c.start_s < hole.end_s and hole.start_s < c.end_s for c in rest):
            rest = (*rest, hole)
        self._set_clips(line, rest, "Back to live")

    def _set_clips(self, line: LineDoc, clips: tuple[TakeClip, ...], title: str) -> None:
        self.desk.session.apply(Composite((SetParts(line.id, "take_clips", clips),), title))

    # Comparing.

    def _on_compared(self, take_id: str, side: str, on: bool) -> None:
        self.sides[side] = take_id if on else ""
        other = "B" if side == "A" else "A"
        if on and self.sides[other] == take_id:
            self.sides[other] = ""
        self._show_facts()
        self._compare(begin=True)

    def _compare(self, begin: bool = False) -> None:
        line = self.desk.line
        if line is None or not (begin or self._comparing):
            return
        if not self.sides["B"]:
            self.stop_comparing(keep_a=True)
            return
        wanted = [next((t for t in line.takes if t.id == self.sides[side]), None) for side in ("A", "B")]
        names = tuple(t.name if t is not None else self.tr("Line") for t in wanted)
        pipeline, rate, mode = self.desk.conductor.pipeline, self.desk.session.document.settings.rate, str(self.mode.currentData())

        def work(job: Job) -> list[MotionClip | None]:
            clips = [None if take is None else pipeline().take_motion(take) for take in wanted]
            return [clip if clip is None or clip.rate == rate else clip.resampled(rate) for clip in clips]

        def done(clips: list[MotionClip | None]) -> None:
            self._comparing = True
            self.compare_wanted.emit(clips[0], clips[1], mode, names)
            self._show_chosen()

        self.desk.jobs.submit(Task("takes", self.tr("Comparing takes"), "compare takes", visible=False), work, done)

    def stop_comparing(self, keep_a: bool = False) -> None:
        """Show the line alone."""
        was, self._comparing = self._comparing, False
        self.sides = {"A": self.sides["A"] if keep_a else "", "B": ""}
        self._show_facts()
        self._show_chosen()
        if was:
            self.compare_wanted.emit(None, None, "flip", ("A", "B"))

    def _on_other_line(self) -> None:
        self.stop_comparing()


def _uncovered(clips: tuple[TakeClip, ...], over: TakeClip) -> tuple[TakeClip, ...]:
    """Those clips of which something is still seen under a new one."""
    regions = set(over.regions or REGIONS)
    return tuple(c for c in clips if not (over.start_s <= c.start_s and c.end_s <= over.end_s and set(c.regions or REGIONS) <= regions))


def _thumbnail(clip: MotionClip, project: object, job: Job) -> str:
    """The take where the jaw is widest, as a blob; "" where nothing can be drawn."""
    from engine.project.storage import ProjectFile
    from studio.panels.small_pictures import as_png
    from studio.panels.thumbnails import draw

    assert isinstance(project, ProjectFile)
    frame = int(clip.channel("jawOpen").argmax())
    try:
        return project.blobs.put(as_png(next(draw([clip.values[frame]], job))), "thumbnail")
    except EngineError:
        return ""
