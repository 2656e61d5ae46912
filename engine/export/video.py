"""One line of a project as a file: what the studio's export dialog asks for."""

from __future__ import annotations

from pathlib import Path

from engine import pipeline
from engine.core.jobs import SILENT, Job
from engine.export.outputs import Request, write_all
from engine.pipeline import LinePipeline
from engine.project.document import Document
from engine.project.media import MediaFinder


def export_document(
    document: Document,
    line_id: str,
    media: MediaFinder | LinePipeline | Path | None,
    path: Path,
    size: tuple[int, int],
    job: Job = SILENT,
    quality: str = "standard",
) -> float:
    """Write one line, from its first sample to its last.

    Args:
        document: that holds the line.
        line_id: which line.
        media: where the project's sounds are, or the pipeline that computed it already.
        path: its suffix says what is written, see `outputs.write_all`.
        size: width and height of the picture in pixels.
        job: progress and cancelling.
        quality: of the picture.

    Returns:
        Length of what was written, seconds.

    Raises:
        InvalidInput: no such line, or a sound or size that cannot be used.
        OutputError: the file cannot be written.
        Cancelled: the job was cancelled; nothing half-written stays.
    """
    work = media if isinstance(media, LinePipeline) else LinePipeline(media)
    line = document.line(line_id)
    alone = pipeline.alone(line, document.settings)
    return write_all(Request(pipeline.with_settings(alone, width=size[0], height=size[1]), work, quality), [path], job)
