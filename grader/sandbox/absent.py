"""What a submission may name though it is not here: modules, and a notebook's own functions.

An import that is never used costs nothing; a use raises what the import would have raised.
"""

import ast
import builtins
import sys
from opcode import opmap
from typing import Any, ClassVar, NoReturn

from grader.i18n import _

_DRAWING = {"matplotlib", "seaborn", "IPython"}  # what they do is for eyes: here they do nothing
_HARMLESS = {"matplotlib", "config", "load_ext", "reload_ext", "autoreload", "precision"}


class Absent:
    """A module that is not installed, or something in it."""

    def __init__(self, name: str) -> None:
        self.__dict__["_name"] = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(self)(f"{self._name}.{name}")

    def __instancecheck__(self, instance: object) -> bool:
        return False

    def __repr__(self) -> str:
        return _("<{name}, which is not installed>").format(name=self._name)

    def _refuse(self, *arguments: Any, **keywords: Any) -> NoReturn:
        raise _missing(str(self._name))

    __call__ = __iter__ = __len__ = __getitem__ = __setitem__ = __contains__ = _refuse
    __enter__ = __exit__ = __setattr__ = __mro_entries__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __array__ = _refuse


class Drawing(Absent):
    """A module that draws, or what it returns: a figure that nobody will see."""

    def _nothing(self, *arguments: Any, **keywords: Any) -> Any:
        return self

    def _ignore(self, *arguments: Any) -> None:
        return None

    def __iter__(self) -> Any:
        """As many as are unpacked, as in ``figure, (left, middle, right) = plt.subplots(1, 3)``."""
        frame = sys._getframe(1)
        code, at = frame.f_code.co_code, frame.f_lasti
        return iter([self] * (code[at + 1] if code[at] == opmap["UNPACK_SEQUENCE"] else len(self)))

    def __len__(self) -> Any:
        return 2

    __call__ = __getitem__ = __enter__ = _nothing
    __add__ = __radd__ = __sub__ = __rsub__ = _nothing
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __or__ = __ror__ = _nothing
    __setitem__ = __setattr__ = __exit__ = _ignore  # type: ignore[assignment]


class Shell:
    """What ``get_ipython`` returns in an exported notebook: harmless magic does nothing."""

    config: ClassVar[dict[str, Any]] = {}

    def run_line_magic(self, name: str, line: str, *more: Any) -> None:
        """``%name line``."""
        if name not in _HARMLESS:
            raise _of_notebook(f"%{name}")

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """``%%name line`` above a cell."""
        raise _of_notebook(f"%%{name}")

    def magic(self, line: str) -> None:
        """``%line``, in old notebooks."""
        self.run_line_magic(line.split()[0], line)

    def system(self, command: str) -> None:
        """``!command``: nothing can be installed."""

    def getoutput(self, command: str) -> list[str]:
        """``!!command``."""
        return []


def display(*values: Any, **options: Any) -> None:
    """Show values, as a notebook does."""
    for value in values:
        print(repr(value))


def provide(namespace: dict[str, Any], source: str) -> None:
    """Let a module name what is not here.

    Args:
        namespace: the module's.
        source: its text; what it imports in ``try`` or ``with`` it can do without.
    """
    namespace |= {"get_ipython": Shell, "display": display}
    real = builtins.__import__

    def find(
        name: str,
        globals: dict[str, Any] | None = None,
        locals: Any = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        top = name.partition(".")[0]
        if top in _DRAWING and globals is namespace and not (fromlist and "*" in fromlist):
            return Drawing(name if fromlist else top)  # also where it is installed: nobody looks
        try:
            return real(name, globals, locals, fromlist, level)
        except ModuleNotFoundError as error:
            missing = error.name or "."
            outside = "." not in missing or missing == "google.colab"
            if (
                globals is not namespace
                or not (outside and f"{name}.".startswith(f"{missing}."))
                or (fromlist and "*" in fromlist)
                or _guarded(source, sys._getframe(1).f_lineno)
            ):
                raise
        return Absent(name if fromlist else top)

    builtins.__import__ = find  # type: ignore[assignment]


def _guarded(source: str, line: int) -> bool:
    tree = ast.parse(source)  # noqa: TID251  where a submission runs, nobody else parses
    return any(
        isinstance(node, ast.Try | ast.With)
        and node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)
        for node in ast.walk(tree)
    )


def _missing(name: str) -> ModuleNotFoundError:
    module = "google.colab" if name.startswith("google.colab") else name.partition(".")[0]
    return ModuleNotFoundError(f"No module named {module!r}", name=module)


def _of_notebook(magic: str) -> RuntimeError:
    sentence = _("{magic} works in a notebook only: write its lines as plain Python")
    return RuntimeError(sentence.format(magic=magic))
