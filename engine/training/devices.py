"""Where a network is trained: the device that was asked for, or the best there is."""

from __future__ import annotations

import torch

from engine.core.errors import InvalidInput


def device_of(name: str = "") -> torch.device:
    """The device of a name: "cpu", "cuda", "cuda:N" or "mps"; empty for CUDA where there is a GPU, else the CPU.

    Raises:
        InvalidInput: it is not a device, or this machine or this build of torch has none.
    """
    if not name:
        return torch.device("cuda", 0) if torch.cuda.is_available() else torch.device("cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise InvalidInput(f"{name!r} is no device", "use cpu, cuda, cuda:1 or mps") from error
    if device.type == "cuda":
        return _cuda(device, name)
    if device.type == "mps":
        if not torch.backends.mps.is_available():
            raise InvalidInput("the device mps is not there: it is a Mac's with macOS 14 and later", "use --device cpu")
        return device
    if device.type != "cpu":
        raise InvalidInput(f"the device {name!r} is not supported", "use cpu, cuda, cuda:1 or mps")
    return device


def _cuda(device: torch.device, name: str) -> torch.device:
    if not torch.cuda.is_available():
        why = "this build of torch is for the CPU" if torch.version.cuda is None else "torch finds no NVIDIA GPU or no driver"
        raise InvalidInput(f"the device {name} is not there: {why}", "leave --device out to train on the CPU; `vivavoce doctor` says what is lacking")
    count = torch.cuda.device_count()
    if (device.index or 0) >= count:
        raise InvalidInput(f"the device {name} is not there: this machine has {count}", f"use cuda:0{'' if count == 1 else f' to cuda:{count - 1}'}")
    return torch.device("cuda", device.index or 0)


def described(device: torch.device) -> str:
    """The device in words, for a card."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    threads = torch.get_num_threads()
    return f"{device.type}, {threads} thread{'s' if threads > 1 else ''}"
