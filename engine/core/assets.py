"""The one place that finds assets: in a checkout beside the packages, in a wheel inside `engine/_assets`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engine.core.errors import MissingAsset


def root() -> Path:
    """Folder that holds `heads/`, `models/` and `projects/`.

    Raises:
        MissingAsset: neither a checkout nor an installed wheel carries the assets.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_assets", package.parent / "assets"):
        if folder.is_dir():
            return folder
    raise MissingAsset(f"no assets beside {package}", "install Viva Voce again with pip or run bootstrap.py")


def path(name: str) -> Path:
    """Full path of one asset, such as `heads/ada.npz`.

    Raises:
        MissingAsset: the file is not there.
    """
    found = root() / name
    if not found.exists():
        raise MissingAsset(f"the asset {name} is not in {root()}", "install Viva Voce again with pip or run bootstrap.py")
    return found


def user_cache() -> Path:
    """Folder for what can be made again (waveform pyramids, unpacked data); created when missing."""
    override = os.environ.get("VIVAVOCE_CACHE")
    if override:
        folder = Path(override)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "vivavoce" / "cache"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches" / "vivavoce"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vivavoce"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def user_config() -> Path:
    """Folder for what a person made and wants to keep (their own people); it may not be there yet."""
    override = os.environ.get("VIVAVOCE_CONFIG")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "vivavoce"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "vivavoce"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "vivavoce"


def user_models() -> Path:
    """Folder for models that a person brings along, such as wav2vec 2.0; it may not be there yet."""
    override = os.environ.get("VIVAVOCE_MODELS")
    return Path(override) if override else user_config() / "models"
