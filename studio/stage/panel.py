"""The stage panel: light, background, lens, camera, and where the characters stand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio.panels.desk import Desk
from studio.panels.panel import Panel
from studio.stage.backdrop import BackgroundSection
from studio.stage.camera import CameraSection, LensSection
from studio.stage.company import CompanySection
from studio.stage.light import LightSection, LookSection
from studio.stage.output import GuidesSection, PictureSection
from studio.stage.shooting import Shooting
from studio.viewport.view import Viewport


class StagePanel(Panel):
    """Edits the document's stage.

    Args:
        desk: what it works with.
        viewport: where the stage is seen.
        shooting: sets the camera.
    """

    def __init__(self, desk: Desk, viewport: Viewport, shooting: Shooting, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("stage", "settings", "character", "placement", "line"), parent)
        self.setObjectName("stagePanel")
        self.light = LightSection(desk)
        self.look = LookSection(desk)
        self.background = BackgroundSection(desk)
        self.lens = LensSection(desk, shooting, viewport)
        self.camera = CameraSection(desk, shooting, viewport.looking)
        self.company = CompanySection(desk)
        self.guides = GuidesSection(viewport.framing)
        self.picture = PictureSection(desk)
        self.sections = (self.light, self.look, self.background, self.camera, self.lens, self.company, self.picture, self.guides)
        for section in self.sections:
            self.column.addWidget(section)
        self.column.addStretch(1)
        self.listen()

    def refresh(self) -> None:
        """Show the document as it stands."""
        for section in self.sections:
            section.refresh()

    def on_beat(self) -> None:
        """Show the camera at the playhead."""
        self.camera.show_playhead()
        self.lens.show_playhead()
