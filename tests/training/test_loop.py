"""One loop for every model: what it gives depends on the plan alone, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.core import cards
from engine.core.errors import Cancelled, InvalidInput, OutputError
from engine.core.jobs import Job
from engine.training import checkpoints, log, loop, plans, recipes

sys.path.insert(0, str(Path(__file__).parent))
from toy import RECIPE, Toy, ToyConfig


@pytest.fixture(autouse=True)
def _one_thread(_seeded_and_few_threads: None) -> None:
    """Sums are in the order of as many threads; so small a network is quickest on one."""
    torch.set_num_threads(1)


def _plan(*values: str) -> plans.Plan:
    return plans.plan_of(RECIPE, recipes.SMALL, None, values)


def _state(folder: Path) -> checkpoints.State:
    state = checkpoints.load(folder)
    assert state is not None
    return state


def _assert_same(a: Path, b: Path) -> None:
    """Bit for bit the same training: weights, averaged weights, optimisers, exported files, log."""
    first, second = _state(a), _state(b)
    for name in ("model", "averaged"):
        one, two = getattr(first, name), getattr(second, name)
        assert list(one) == list(two)
        assert all(torch.equal(one[key], two[key]) for key in one)
    moments, others = (state.optimizers["model"]["state"] for state in (first, second))
    assert all(torch.equal(moments[i]["exp_avg_sq"], others[i]["exp_avg_sq"]) for i in moments)
    assert (a / "toy.safetensors").read_bytes() == (b / "toy.safetensors").read_bytes()
    assert (a / log.NAME).read_text() == (b / log.NAME).read_text()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training that nothing broke off."""
    folder = tmp_path_factory.mktemp("whole")
    torch.set_num_threads(1)
    loop.train(_plan(), folder)
    return folder


def test_it_learns_and_leaves_weights_config_card_log_and_checkpoint(whole: Path) -> None:
    rows = [row for row in log.read(whole) if row.measure == "loss"]
    assert rows[-1].value < rows[0].value
    assert cards.check(whole / "toy.safetensors") in (whole / "toy.md").read_text()
    assert cards.config_of(whole / "toy.safetensors")["width"] == 16
    assert _state(whole).step == 40
    assert [row.step for row in log.read(whole) if row.split == log.HELD_OUT] == [15, 30, 40]
    pytest.importorskip("tensorboard")
    assert len(list(whole.glob("events.out.tfevents*"))) == 1


def test_the_exported_weights_are_the_averaged_ones(whole: Path) -> None:
    from safetensors.torch import load_file

    exported, state = load_file(whole / "toy.safetensors"), _state(whole)
    assert all(torch.equal(exported[name], state.averaged[name]) for name in state.averaged)
    assert any(not torch.equal(exported[name], state.model[name]) for name in state.model)


@pytest.mark.parametrize("ahead", [0, 2])
def test_cancelled_in_the_middle_it_keeps_a_checkpoint_and_goes_on_to_the_same_end(whole: Path, tmp_path: Path, ahead: int) -> None:
    plan = _plan(f"training.prefetch={ahead}", "training.log_every=4")
    for stop_at in (9, 30):  # between two rows of the log; in an evaluation
        job = Job()
        job._on_report = lambda done, total, label, job=job, stop_at=stop_at: (
            job.cancel() if done >= stop_at or (stop_at == 30 and label == "evaluating") else None
        )  # type: ignore[misc]
        with pytest.raises(Cancelled):
            loop.train(plan, tmp_path, resume=True, job=job)
        assert not (tmp_path / "toy.safetensors").exists()
    assert 9 < _state(tmp_path).step < 40
    loop.train(plan, tmp_path, resume=True)
    _assert_same(whole, tmp_path)


def test_killed_at_any_point_it_resumes_to_the_same_bits(whole: Path, tmp_path: Path) -> None:
    """kill -9 of real processes, whenever; each time a new one goes on."""
    code = (
        "import sys, torch; from pathlib import Path; torch.set_num_threads(1);"
        "from toy import RECIPE; from engine.training import loop, plans;"
        "loop.train(plans.plan_of(RECIPE, 'small', None, ['pause_s=0.02']), Path(sys.argv[1]), resume=True)"
    )
    root = Path(__file__).resolve().parents[2]
    path = os.pathsep.join([str(root), str(Path(__file__).parent)])
    command = [sys.executable, "-c", code, str(tmp_path)]
    seen = -1
    for wanted in (1, 14):  # rows of the log that are there when it is killed: before and after its first checkpoint
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline and _rows(tmp_path) <= wanted:
            time.sleep(0.005)
        process.kill()
        assert process.wait() != 0, "it ended before it could be killed"
        state = checkpoints.load(tmp_path)
        seen = state.step if state else 0
    assert 0 < seen < 40
    # The pause is a part of the config, which a checkpoint insists on.
    loop.train(_plan("pause_s=0.02"), tmp_path, resume=True)
    _assert_same(whole, tmp_path)


def _rows(folder: Path) -> int:
    return len(log.read(folder)) if (folder / log.NAME).exists() else 0


def test_a_few_batches_that_are_not_finite_are_skipped_with_a_notice(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    trained = loop.train(_plan("nan_from=10", "nan_steps=2"), tmp_path)
    assert trained.skipped == 2
    assert "step 11 was skipped" in caplog.text
    assert all(torch.isfinite(value).all() for value in _state(tmp_path).model.values())
    assert "2 were skipped" in (tmp_path / "toy.md").read_text()


def test_too_many_end_it_and_the_last_good_checkpoint_stays(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"not finite at step 18, 4 in a row; the checkpoint of step 12 stays .*learning_rate"):
        loop.train(_plan("nan_from=14", "nan_steps=99"), tmp_path)
    state = _state(tmp_path)
    assert state.step == 12 and all(torch.isfinite(value).all() for value in state.model.values())


def test_a_gradient_that_is_not_finite_moves_nothing(tmp_path: Path) -> None:
    class Steep(Toy):
        def loss(self, model: torch.nn.Module, batch: Any) -> tuple[torch.Tensor, dict[str, Any]]:
            return (model(batch["x"]) * 0).abs().sum().sqrt(), {}  # sqrt has no slope at 0: the loss is finite, its gradient is not

    with pytest.raises(InvalidInput, match="no checkpoint yet"):
        loop.train(plans.plan_of(Steep(), recipes.SMALL), tmp_path)


def test_a_full_disk_is_said_and_the_checkpoint_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = checkpoints.write_bytes

    def full(path: Path, data: bytes) -> None:
        if path.name == checkpoints.NAME and path.exists():
            from engine.core.output import replacing

            with replacing(path) as temporary:
                temporary.write_bytes(bytes(data)[:100])
                raise OSError(errno.ENOSPC, "No space left on device")
        write(path, data)

    monkeypatch.setattr(checkpoints, "write_bytes", full)
    with pytest.raises(OutputError, match="disk is full"):
        loop.train(_plan(), tmp_path)
    assert _state(tmp_path).step == 6
    assert not list(tmp_path.glob(".*"))


def test_a_folder_with_a_training_is_not_overwritten(whole: Path) -> None:
    with pytest.raises(InvalidInput, match=r"holds a training of 'toy' at step 40.*--resume"):
        loop.train(_plan(), whole)


def test_two_trainings_do_not_write_into_one_folder(tmp_path: Path) -> None:
    said: list[str] = []

    def second(done: float, total: float, label: str) -> None:
        if not said:
            with pytest.raises(InvalidInput, match=r"is being trained into: .*choose another folder") as error:
                loop.train(_plan(), tmp_path, resume=True)
            said.append(str(error.value))

    loop.train(_plan("training.steps=3"), tmp_path, job=Job(second))
    assert said and not list(tmp_path.glob(".*"))


def test_checkpoints_of_something_else_are_refused(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"another architecture: 0.weight is \[16, 1\] instead of \[8, 1\]"):
        loop.train(_plan("width=8"), whole, resume=True)
    with pytest.raises(InvalidInput, match="another config"):
        loop.train(_plan("depth=[3]"), whole, resume=True)
    (tmp_path / checkpoints.NAME).write_bytes((whole / checkpoints.NAME).read_bytes()[:-500])
    with pytest.raises(InvalidInput, match="cannot be read"):
        loop.train(_plan(), tmp_path, resume=True)
    for other in (b"", b"RIFF\x24\0\0\0WAVEfmt ", b"\x80\x02}q\x00X"):  # torch says each time something else
        (tmp_path / checkpoints.NAME).write_bytes(other)
        with pytest.raises(InvalidInput, match="cannot be read"):
            loop.train(_plan(), tmp_path, resume=True)
    torch.save({"format": 1, "step": 3}, tmp_path / checkpoints.NAME)
    with pytest.raises(InvalidInput, match="no checkpoint of this version"):
        loop.train(_plan(), tmp_path, resume=True)


def test_a_checkpoint_runs_nothing(tmp_path: Path) -> None:
    import pickle

    class Evil:
        def __reduce__(self) -> Any:
            return (Path.touch, (tmp_path / "ran",))

    (tmp_path / checkpoints.NAME).write_bytes(pickle.dumps({"format": 1, "model": Evil()}, protocol=2))
    with pytest.raises(InvalidInput, match="cannot be read"):
        checkpoints.load(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_longer_than_before(whole: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / checkpoints.NAME).write_bytes((whole / checkpoints.NAME).read_bytes())
    assert loop.train(_plan("training.steps=44"), tmp_path, resume=True).steps == 44
    assert "settings of the training have changed" in caplog.text


def test_two_turns_move_their_own_parameters(tmp_path: Path) -> None:
    class Two(Toy):
        def turns(self, model: torch.nn.Module) -> dict[str, Any]:
            return {"first": model[0].parameters(), "last": model[4].parameters()}  # type: ignore[index]

        def turn_loss(self, model: torch.nn.Module, batch: Any, turn: str) -> tuple[torch.Tensor, dict[str, Any]]:
            loss, more = self.loss(model, batch)
            return loss * (0.0 if turn == "last" else 1.0), more

    trained = loop.train(plans.plan_of(Two(), recipes.SMALL, None, ["training.weight_decay=0"]), tmp_path)
    assert trained.steps == 40
    torch.manual_seed(0)
    loop._seed(0, 0)
    begun, state = Two().model(ToyConfig()).state_dict(), _state(tmp_path)
    assert torch.equal(begun["4.weight"], state.model["4.weight"])  # its loss is always 0
    assert not torch.equal(begun["0.weight"], state.model["0.weight"])
    assert {"first loss", "last loss"} <= {row.measure for row in log.read(tmp_path)}


@pytest.mark.parametrize("half", [torch.bfloat16, torch.float16])
def test_in_half_precision_it_learns_and_resumes_to_the_same_bits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, half: torch.dtype) -> None:
    """As on a GPU, with the gradient scaler where it is float16; CPUs do it too, slowly."""
    monkeypatch.setattr(loop, "_half", lambda device: half)
    loop.train(_plan(), tmp_path / "whole")
    rows = [row.value for row in log.read(tmp_path / "whole") if row.measure == "loss"]
    assert rows[-1] < rows[0]
    job = Job()
    job._on_report = lambda done, total, label: job.cancel() if done >= 9 else None
    with pytest.raises(Cancelled):
        loop.train(_plan(), tmp_path / "parts", job=job)
    assert bool(_state(tmp_path / "parts").scaler) == (half == torch.float16)
    loop.train(_plan(), tmp_path / "parts", resume=True)
    _assert_same(tmp_path / "whole", tmp_path / "parts")


def test_half_precision_is_that_of_the_gpu_it_trains_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two GPUs the second knows bfloat16; torch asks the current one."""
    current = [0]

    @contextmanager
    def on(device: torch.device) -> Iterator[None]:
        current.append(device.index)
        yield
        current.pop()

    monkeypatch.setattr(torch.cuda, "device", on)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: current[-1] == 1)
    wanted = [None, torch.float16, torch.bfloat16]
    assert [loop._half(torch.device(name)) for name in ("cpu", "cuda:0", "cuda:1")] == wanted


def test_another_seed_is_another_training(whole: Path, tmp_path: Path) -> None:
    loop.train(_plan("training.seed=1"), tmp_path)
    assert not torch.equal(_state(whole).model["0.weight"], _state(tmp_path).model["0.weight"])


def test_the_global_generator_is_left_as_it_was(tmp_path: Path) -> None:
    torch.manual_seed(7)
    wanted = torch.rand(1)
    torch.manual_seed(7)
    loop.train(_plan("training.steps=2"), tmp_path)
    assert torch.equal(torch.rand(1), wanted)


@pytest.mark.parametrize(("device", "words"), [("gpu", "is no device"), ("xpu", "not supported"), ("cuda:99", "is not there")])
def test_a_device_that_is_not_there(tmp_path: Path, device: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        loop.train(_plan(), tmp_path, device)


def test_errors_of_the_batches_reach_the_caller(tmp_path: Path) -> None:
    class Broken(Toy):
        def batches(self, *_: Any) -> Any:
            raise InvalidInput("shard 3 is damaged", "make it again")
            yield

    class Short(Toy):
        def batches(self, *arguments: Any) -> Any:
            yield next(super().batches(*arguments))

    with pytest.raises(InvalidInput, match="shard 3 is damaged"):
        loop.train(plans.plan_of(Broken(), recipes.SMALL), tmp_path)
    with pytest.raises(InvalidInput, match="have come to an end"):
        loop.train(plans.plan_of(Short(), recipes.SMALL), tmp_path)


def test_without_tensorboard_a_notice_and_the_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    loop.train(_plan("training.steps=5"), tmp_path)
    assert "TensorBoard is not installed" in caplog.text
    assert not list(tmp_path.glob("events*")) and _rows(tmp_path)
