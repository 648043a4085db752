"""Do two checkouts of this repository give the same verdicts and the same messages?

NEW/.venv/bin/python benchmarks/compare.py OLD NEW [--only ex1 ...] [--kinds wrong ...] [--quick]
    [--most N] [--results FOLDER] [--again]

OLD and NEW are checkouts, each with its environment in .venv. The accepted and wrong files, the
misconceptions of OLD are graded by both, the same text with the same seed; an attack may aim at
what lies elsewhere now, so each has its own. Whatever differs is printed, apart from numbers in
attacks and from what a check waits for; the exit code is 1 if something differs. --quick grades a
wrong file by the check that it names only, and accepted files by the checks that train nothing.

At the end come the processor seconds that both have used for the same files, and their ratio.
Results are kept in a folder as they come, so that a run that was stopped goes on where it was;
--again grades once more what differed, since a busy machine lets a check run out of time.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

KINDS = {
    "solution": ("solutions/{}",),
    "accepted": ("solutions/{}/submissions/accepted", "tests/submissions/{}/right"),
    "wrong": ("solutions/{}/submissions/wrong", "tests/submissions/{}/wrong"),
    "misconceptions": ("solutions/{}/misconceptions",),
    "attacks": (),
}
LIMIT = 5.0  # seconds for a check of an attack, which uses them up
Job = dict[str, str | None]
Found = dict[str, list[str]]  # for each check its verdict and message


def jobs(old: Path, own: Path, kinds: list[str], texts: Path, most: int | None) -> Iterator[Job]:
    """What is graded: files of the old checkout and its own attacks, whole, copied to a folder."""
    for folder in sorted(old.glob("solutions/ex*_*")):
        stem, solution = folder.name, (folder / "solution.py").read_text("utf-8")
        for kind in kinds:
            places = (old / place.format(stem) for place in KINDS[kind])
            found = sorted(path for place in places for path in place.glob("*.py"))
            if kind == "solution":
                found = [path for path in found if path.name == "solution.py"]
            for path in found[: most if kind != "solution" else None]:
                yield _job(texts, stem, kind, path, _whole(path.read_text("utf-8"), solution))
    if "attacks" in kinds:
        for path in sorted((own / "tests/attacks").glob("[!_]*.py")):
            text = path.read_text("utf-8")
            stem = _declared(text, "exercise") or "ex1_predictions"
            text = re.sub(r"\{\{(tcp|udp)\}\}", "9", text)
            text = re.sub(r"\{\{\w+\}\}", "/nowhere", text)
            yield _job(texts, stem, "attacks", path, text)


def _job(texts: Path, stem: str, kind: str, path: Path, text: str) -> Job:
    key = f"{stem}/{kind}/{path.stem}"
    copy = texts / f"{key}.py"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text, "utf-8")
    named = _declared(text, "check" if kind == "attacks" else "fails")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"key": key, "path": str(copy), "check": named, "digest": digest}


def _whole(text: str, solution: str) -> str:
    if _declared(text, "rest") is None:
        return text
    from grader.authoring.overlay import whole

    return whole(solution, text)


def _declared(text: str, word: str) -> str | None:
    """What a docstring has after ``word:``."""
    docstring = text.partition('"""')[2].partition('"""')[0]
    match = re.search(rf"^\s*{word}:\s*(\S+)", docstring, re.M)
    return match[1].removeprefix("test_") if match else None


def work(todo: Path, results: Path, quick: bool) -> None:
    """In one checkout's own environment: grade each, and write a line for it."""
    import grader
    from grader.course import Course

    course, here = Course.open(), str(Path.cwd())
    with grader.Server() as server, results.open("a", encoding="utf-8") as file:
        for tensorflow in (False, True):  # to import is no file's cost
            server.end(server.start("learner", tensorflow, 60), tensorflow)
        checker = server.start_checker()
        server.end_checker(checker)
        checker.channel.close()
        for job in map(json.loads, todo.read_text("utf-8").splitlines()):
            stem, kind, _ = job["key"].split("/")
            begin = spent()
            names = [
                check.name
                for check in course.exercise(stem).checks
                if not (quick and (check.tensorflow if kind == "accepted" else job["check"]))
                or check.name == job["check"]
            ]
            try:
                report = grader.grade(
                    stem.partition("_")[0],
                    Path(job["path"]),
                    checks=names,
                    server=server,
                    seed=int(hashlib.sha256(job["key"].encode()).hexdigest()[:16], 16),
                    timeout=LIMIT if kind == "attacks" else None,
                )
                found: Found = {
                    check.name: [str(check.verdict), check.message.replace(here, ".")]
                    for check in report.checks
                }
            except Exception as error:  # it is compared too
                found = {"grading": [type(error).__name__, str(error)]}
            line = {"key": job["key"], "digest": job["digest"], "cpu": spent() - begin}
            line["found"] = found  # last: what ends otherwise was cut off
            file.write(json.dumps(line) + "\n")
            file.flush()


def spent() -> float:
    """Processor seconds of this process, of its children, and of all that these have ended."""
    used = os.times()
    total = used.user + used.system
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text("utf-8").split():
            fields = Path(f"/proc/{child}/stat").read_text("utf-8").rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def costs(path: Path, keys: list[str]) -> dict[str, float]:
    """Of each of these files, the processor seconds of its newest grading."""
    lines = path.read_text("utf-8").splitlines()
    known = (json.loads(line) for line in lines if line.endswith("}}"))
    found = {line["key"]: line["cpu"] for line in known if "cpu" in line}
    return {key: found[key] for key in keys if key in found}


def graded(path: Path, chosen: dict[str, Job]) -> dict[str, Found]:
    """Of each of these files, as it is now, what was found last."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    found: dict[str, Found] = {}
    for line in map(json.loads, (line for line in lines if line.endswith("}}"))):  # not cut off
        job = chosen.get(line["key"])
        if job is not None and job["digest"] == line["digest"]:
            found[line["key"]] = line["found"]
            if "/attacks/" in line["key"]:  # process ids, names that are drawn
                for result in line["found"].values():
                    result[1] = re.sub(r"\d+", "0", result[1])
    return found


def differences(old: Found, new: Found) -> Iterator[str]:
    """A line for each check that ends differently, or says something else."""
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, ["not run", ""]), new.get(name, ["not run", ""])
        if before[0] == after[0] == "blocked":
            continue  # one of several that it waits for is named
        if before[0] != after[0]:
            yield f"  {name}: {before[0]} -> {after[0]}\n    - {before[1]}\n    + {after[1]}"
        elif before[1] != after[1]:
            yield f"  {name}: {before[0]}, in other words\n    - {before[1]}\n    + {after[1]}"


def main() -> None:
    """Grade what has not been graded yet, and compare."""
    if sys.argv[1:2] == ["--work"]:
        return work(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4] == "quick")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--only", nargs="+", default=[], metavar="EXERCISE")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--most", type=int, metavar="N", help="files of a kind and an exercise")
    parser.add_argument("--results", type=Path, default=Path("compared"))
    options = parser.parse_args()
    folder = options.results.resolve() / ("quick" if options.quick else "full")
    sides = {
        "old": (options.old.resolve(), folder / "old.jsonl"),
        "new": (options.new.resolve(), folder / "new.jsonl"),
    }
    chosen = {
        side: {
            str(job["key"]): job
            for job in jobs(
                options.old, checkout, options.kinds, folder / "texts" / side, options.most
            )
            if not options.only or str(job["key"]).partition("_")[0] in options.only
        }
        for side, (checkout, _) in sides.items()
    }
    keys = [key for key in chosen["old"] if key in chosen["new"]]
    known = {side: graded(path, chosen[side]) for side, (_, path) in sides.items()}
    differing = {key for key in keys if known["old"].get(key) != known["new"].get(key)}
    workers = []
    for side, (checkout, path) in sides.items():
        lines = [
            json.dumps(chosen[side][key])
            for key in keys
            if key not in known[side] or (options.again and key in differing)
        ]
        todo = folder / f"{side}.todo"
        todo.write_text("\n".join(lines), "utf-8")
        print(f"{side}: {len(keys) - len(lines)} of {len(keys)} are graded", flush=True)
        command = [str(checkout / ".venv/bin/python"), str(Path(__file__).resolve()), "--work"]
        command += [str(todo), str(path), "quick" if options.quick else "full"]
        workers.append(subprocess.Popen(command, cwd=checkout))
    codes = [worker.wait() for worker in workers]
    if any(codes):
        sys.exit("A checkout could not grade. Repair it and run this again: it continues.")
    known = {side: graded(path, chosen[side]) for side, (_, path) in sides.items()}
    count = 0
    for key in keys:
        lines = list(differences(known["old"].get(key, {}), known["new"].get(key, {})))
        if lines:
            count += 1
            print(key, *lines, sep="\n")
    checks = sum(len(known["new"].get(key, {})) for key in keys)
    print(f"{len(keys)} files, {checks} verdicts, {count} files differ")
    old, new = (costs(path, keys) for _, path in sides.values())
    for stem in [*dict.fromkeys(key.partition("/")[0] for key in keys), "all"]:
        pairs = [(old[k], new[k]) for k in old if k in new and stem in ("all", k.partition("/")[0])]
        if pairs:
            before, after = map(sum, zip(*pairs, strict=True))
            print(f"{stem}: {before:.1f} s -> {after:.1f} s of processors, {after / before:.2f}")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
