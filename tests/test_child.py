"""A function in a child process: replies, clock, memory, restart."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from osai_essay.child import Child, ChildError, ChildFault
from waiting import WAIT_S, wait_until


def stop(code: int) -> None:
    os._exit(code)


def linger(code: int) -> None:
    """End as on a busy machine: the pipes first, the process a while later."""
    os.closerange(3, 1000)
    time.sleep(2.2)
    os._exit(code)


def shout(words: str) -> str:
    print(words, flush=True)
    return words


def fail(reason: str) -> None:
    raise KeyError(reason)


def make_echo(*, prefix: str = "") -> Callable[[Any], Any]:
    """The child's function in these tests; loaded there by name."""
    kept: list[Any] = []
    deeds: dict[str, Callable[[Any], Any]] = {
        "say": lambda value: prefix + value,
        "sleep": time.sleep,
        "grow": lambda value: len(bytearray(value)),
        "hoard": lambda value: kept.append([0] * value),
        "exit": stop,
        "linger": linger,
        "print": shout,
        "raise": fail,
        "keep": kept.append,
        "kept": lambda _value: list(kept),
        "read": lambda value: os.read(0, value),
    }
    return lambda request: deeds[request[0]](request[1])


def make_broken() -> Callable[[Any], Any]:
    raise RuntimeError("no such engine")


def make_witness(*, path: str) -> Callable[[Any], Any]:
    Path(path).touch()
    return lambda request: request


def make_child(**options: Any) -> Child:
    return Child("test_child:make_echo", **options)


def test_child_answers_with_the_functions_reply():
    with make_child(options={"prefix": "> "}) as child:
        assert child.call(("say", "one")) == "> one"
        assert child.call(("say", "two")) == "> two"


def test_large_values_pass_both_ways():
    with make_child() as child:
        assert len(child.call(("say", "x" * 5_000_000))) == 5_000_000


def test_call_that_takes_too_long_is_stopped_and_the_next_works():
    with make_child(seconds=0.3) as child:
        child.call(("say", "x"), seconds=WAIT_S)
        process = child._process
        with pytest.raises(ChildError, match=r"longer than 0\.3 seconds") as caught:
            child.call(("sleep", WAIT_S))
        assert caught.value.kind == "slow"
        assert process is not None
        assert process.returncode == -signal.SIGKILL  # nobody waited for it
        assert child.call(("say", "on"), seconds=WAIT_S) == "on"


@pytest.mark.parametrize("request_", [("grow", 1 << 30), ("hoard", 1 << 27)])
def test_call_that_takes_too_much_memory_is_stopped_and_the_next_works(request_):
    with make_child(memory_mb=200) as child:
        with pytest.raises(ChildError, match="200 MB") as caught:
            child.call(request_)
        assert caught.value.kind == "large"
        assert child.call(("say", "on")) == "on"


@pytest.mark.parametrize("way", ["exit", "linger"])
def test_child_that_ends_by_itself_is_told_from_one_that_is_too_large(way):
    with make_child() as child:
        with pytest.raises(ChildError, match="code 3") as caught:
            child.call((way, 3))
        assert caught.value.kind == "died"
        assert child.call(("say", "on")) == "on"


def test_exception_in_the_function_comes_back_with_its_traceback():
    with make_child() as child, pytest.raises(ChildFault, match="KeyError: 'why'"):
        child.call(("raise", "why"))


def test_exception_while_loading_comes_back_with_its_traceback():
    with (
        Child("test_child:make_broken") as child,
        pytest.raises(ChildFault, match="no such engine"),
    ):
        child.call(("say", "x"))


def test_fresh_child_gets_its_first_requests_again():
    with make_child(first=lambda: [("keep", 1), ("keep", 2)]) as child:
        assert child.call(("kept", None)) == [1, 2]
        with pytest.raises(ChildError):
            child.call(("exit", 1))
        assert child.call(("kept", None)) == [1, 2]


def test_child_that_was_killed_while_nobody_asked_it_is_replaced():
    with make_child(first=lambda: [("keep", 1)]) as child:
        for _ in range(2):
            process = child._process
            if process:
                process.kill()
                process.wait()
            assert not child.is_ready
            assert child.call(("kept", None)) == [1]
        assert child.is_ready


def test_printing_and_reading_do_not_disturb_the_pipes():
    with make_child() as child:
        assert child.call(("print", "noise")) == "noise"
        assert child.call(("read", 10)) == b""
        assert child.call(("say", "still here")) == "still here"


def test_child_ends_when_it_is_closed():
    child = make_child()
    child.call(("say", "x"))
    process = child._process
    child.close()
    assert process is not None
    assert process.returncode == -signal.SIGKILL  # at once, whatever it has loaded


def test_started_child_need_not_be_used():
    child = make_child()
    child.start()
    assert not child.is_ready
    child.close()


def test_started_child_is_warm_before_it_is_asked(tmp_path):
    mark = tmp_path / "loaded"
    with Child("test_child:make_witness", options={"path": str(mark)}) as child:
        child.start()
        wait_until(mark.exists)
        assert not child.is_ready
        assert child.call("on") == "on"


def test_child_ignores_the_environments_import_path(monkeypatch, tmp_path):
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with make_child() as child:
        assert child.call(("say", "on")) == "on"
