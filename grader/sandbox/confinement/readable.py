"""What a confined process may read: the libraries, and nothing that is hidden among them."""

import importlib.util
import site
import sys
import sysconfig
from functools import cache
from pathlib import Path


@cache
def library_paths() -> tuple[str, ...]:
    """Folders that hold our libraries and are not on an isolated interpreter's path."""
    found = []
    for name in ("grader", "numpy", "safetensors", "pytest", "tensorflow"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.append(str(Path(spec.origin).parent.parent))
    return tuple(dict.fromkeys(found))


def readable_paths(hidden: tuple[Path, ...]) -> tuple[str, ...]:
    """What a confined process may read: libraries, and around what is hidden if it lies in one."""
    paths = sysconfig.get_paths()
    # of the system only what modules are linked with, for those that nothing has imported yet
    roots = {"/lib", "/lib64", "/usr/lib", "/usr/lib64", f"{sys.base_prefix}/lib"}
    roots |= {paths[k] for k in ("stdlib", "platstdlib", "purelib", "platlib")}
    roots |= set(site.getsitepackages())
    package = Path(__file__).resolve().parents[2]
    # the data sets, and what their messages are translated by
    own = [p for name in ("datasets", "i18n.py", "locale") if (p := package / name).exists()]
    for path in library_paths():
        if (Path(path) / "numpy").is_dir() or (Path(path) / "tensorflow").is_dir():
            roots.add(path)
    resolved = {Path(r).resolve() for r in roots if Path(r).is_dir()}
    # an instructor's own course may be made from the one in the package
    places = ("", "site-packages", "python*/*-packages")  # of this interpreter, and of others
    built_in = [
        course
        for root in resolved
        for place in places
        for course in root.glob(f"{place}/grader/_course".lstrip("/"))
    ]
    secret = (*(path.resolve() for path in hidden), *built_in)
    outermost = [r for r in sorted(resolved) if not resolved.intersection(r.parents)]
    found = [p for root in [*outermost, *own] for p in around(root, secret)]
    return (*map(str, found), "/etc/ld.so.cache")


def around(root: Path, hidden: tuple[Path, ...]) -> list[Path]:
    """The root, or if it contains hidden folders, everything in it but those."""
    if any(h == root or h in root.parents for h in hidden):
        return []
    if not any(root in h.parents for h in hidden):
        return [root]
    return [
        path
        for child in sorted(root.iterdir())
        if not any(child.resolve() in (h, *h.parents) for h in hidden if child.is_symlink())
        for path in around(child, hidden)
    ]
