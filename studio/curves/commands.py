"""The curve editor among the window's actions, and how the window's parts reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.curves.editor import CurveEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget

    from studio.window import MainWindow


class CurveCommands:
    """What the menu "Keys" does: each acts on the keys selected, wherever they were selected."""

    curve_editor: CurveEditor
    curve_dock: QDockWidget

    def show_curve_editor(self) -> None:
        """Bring the curve editor to the front, with the graph."""
        self._show_curves("graph")

    def show_dope_sheet(self) -> None:
        """Bring the curve editor to the front, with the dope sheet."""
        self._show_curves("sheet")

    def _show_curves(self, view: str) -> None:
        self.curve_dock.show()
        self.curve_dock.raise_()
        self.curve_editor.show_view(view)
        self.curve_editor.view.setFocus()

    def curves_key(self) -> None:
        """A key at the playhead on every selected track."""
        self.curve_editor.verbs.key_at_playhead()

    def curves_auto(self) -> None:
        """Auto tangents."""
        self.curve_editor.verbs.set_tangents("auto")

    def curves_flat(self) -> None:
        """Flat tangents."""
        self.curve_editor.verbs.set_tangents("flat")

    def curves_linear(self) -> None:
        """Linear tangents."""
        self.curve_editor.verbs.set_tangents("linear")

    def curves_stepped(self) -> None:
        """Stepped tangents."""
        self.curve_editor.verbs.set_tangents("stepped")

    def curves_free(self) -> None:
        """Free tangents."""
        self.curve_editor.verbs.set_tangents("free")

    def curves_broken(self) -> None:
        """Broken tangents."""
        self.curve_editor.verbs.set_tangents("broken")

    def curves_ease_in(self) -> None:
        """Slow at first."""
        self.curve_editor.verbs.ease("ease in")

    def curves_ease_out(self) -> None:
        """Slow at the end."""
        self.curve_editor.verbs.ease("ease out")

    def curves_ease_in_out(self) -> None:
        """Slow at both ends."""
        self.curve_editor.verbs.ease("ease in-out")

    def curves_overshoot(self) -> None:
        """Beyond, and back."""
        self.curve_editor.verbs.ease("overshoot")

    def curves_anticipate(self) -> None:
        """Back a little first."""
        self.curve_editor.verbs.ease("anticipate")

    def curves_simplify(self) -> None:
        """Ask for a tolerance and keep fewer keys."""
        self.curve_editor.verbs.simplify()

    def curves_smooth(self) -> None:
        """Ask how much, and smooth."""
        self.curve_editor.verbs.smooth()

    def curves_bake(self) -> None:
        """A key at every frame."""
        self.curve_editor.verbs.bake()

    def curves_snap(self) -> None:
        """Keys on whole frames."""
        self.curve_editor.verbs.snap()

    def curves_retime(self) -> None:
        """Ask for another length."""
        self.curve_editor.verbs.retime()

    def curves_reverse(self) -> None:
        """Turn round in time."""
        self.curve_editor.verbs.reverse()

    def curves_flip(self) -> None:
        """Turn values over."""
        self.curve_editor.verbs.flip()

    def curves_mirror(self) -> None:
        """Exchange left and right."""
        self.curve_editor.verbs.mirror_sides()


def connect(window: MainWindow) -> None:
    """Let the curve editor follow the window's unit of time and its performance."""
    editor, conductor = window.curve_editor, window.conductor
    editor.window_actions = window.actions_by_name
    window.transport.unit_changed.connect(editor.set_unit)
    editor.set_unit(window.transport.unit)
    editor.model.noticed.connect(window.say)

    def show_ghost() -> None:
        performance = conductor.performance
        editor.set_ghost(performance.base if performance is not None else None)

    conductor.motion_changed.connect(show_ghost)
