"""Coverage-guided fuzzing of everything that reads what a submission's process says.

    pip install atheris
    python scripts/fuzz.py 600                    # seconds for each test
    python scripts/fuzz.py 600 test_wire.test_noise test_admission

The Hypothesis tests of these modules get inputs that libFuzzer evolves: what reaches new code is
kept in ``.fuzz/``, varied, and taken up again next time. The first input that fails a test ends it,
with the traceback and a file from which ``python scripts/fuzz.py TEST FILE`` fails again.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("test_wire", "test_admission", "test_fuzz")
# long inputs from the start: Hypothesis needs some bytes for whatever it draws
LIMITS = ("-max_len=8192", "-len_control=0", "-timeout=60", "-rss_limit_mb=4096")


def load(module: str) -> Any:
    """A module of tests."""
    spec = importlib.util.spec_from_file_location(module, ROOT / "tests" / f"{module}.py")
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def properties(module: str) -> list[str]:
    """The Hypothesis tests of a module that take nothing but what Hypothesis draws."""
    return [
        f"{module}.{name}"
        for name, test in vars(load(module)).items()
        if hasattr(test, "hypothesis") and not hasattr(test, "pytestmark")
    ]


def evolve(name: str, arguments: list[str]) -> None:
    """Fuzz one test; libFuzzer ends the process."""
    import atheris
    import numpy  # noqa: F401  (what is imported here is not watched)
    import pytest  # noqa: F401
    import safetensors.numpy  # noqa: F401

    with atheris.instrument_imports(include=["grader"]):
        module, _, test = name.partition(".")
        run: Callable[[bytes], object] = getattr(load(module), test).hypothesis.fuzz_one_input
    atheris.Setup([sys.argv[0], *arguments], run)
    atheris.Fuzz()


def main(first: str, *names: str) -> int:
    """Fuzz tests one after the other; the number of those that failed."""
    if not first.isdecimal():
        evolve(first, list(names))
    found = [p for module in MODULES for p in properties(module)]
    chosen = [p for p in found if not names or p in names or p.partition(".")[0] in names]
    failed = 0
    for each in chosen:
        corpus = ROOT / ".fuzz" / each
        corpus.mkdir(parents=True, exist_ok=True)
        limits = [f"-max_total_time={first}", *LIMITS]
        command = [sys.executable, __file__, each, *limits, f"-artifact_prefix={corpus.parent}/"]
        done = subprocess.run([*command, str(corpus)], capture_output=True, text=True, cwd=ROOT)
        *_, told = ["", *(line for line in done.stderr.splitlines() if "cov:" in line)]
        print(f"{each}: {'FAILED' if done.returncode else 'ok'}\n  {told}", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout[-8000:], done.stderr[-8000:], sep="\n")
    return failed


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["60"])))
