"""What an expectation says that is not met."""

from grader.clean import capital
from grader.i18n import _


def want_array(got: str) -> str:
    return _("Expected an array, got {got}.").format(got=got)


def want_number(got: str) -> str:
    return _("Expected one number, got {got}.").format(got=got)


def want_integers(dtype: str) -> str:
    return _("Expected integers; the dtype is {dtype}.").format(dtype=dtype)


def want_dtype(expected: str, got: str) -> str:
    return _("The dtype should be {expected}; it is {got}.").format(expected=expected, got=got)


def want_shape(expected: tuple, got: tuple) -> str:
    """Of an array of another shape."""
    return _("The shape should be {expected}; it is {got}.").format(expected=expected, got=got)


def want_whole_loop(expected: tuple, got: tuple) -> str:
    """Of an array that holds one number in place of several."""
    return _(
        "The shape should be {expected}; it is {got}. Is `return` inside of the loop, so that it "
        "ends it the first time?"
    ).format(expected=expected, got=got)


def want_finite(what: str) -> str:
    return _("The result contains {what}.").format(what=what)


def want_values() -> str:
    return _("The values differ.")


def forgot_return() -> str:
    return _("The function returned None. Did you forget `return`?")


def want_type(expected: str, got: str) -> str:
    return _("Expected a value of type {expected}, got {got}.").format(expected=expected, got=got)


def want_unchanged(function: str, argument: str) -> str:
    return _("{function} changed its input (argument {argument}). Work on a copy.").format(
        function=function, argument=argument
    )


def want_apart(function: str) -> str:
    return _(
        "What {function} returned first has changed with the next call. Return something new from "
        "each call, not what is kept from call to call."
    ).format(function=function)


def want_error(expected: str) -> str:
    return _("This should raise {expected}, but it didn't raise anything.").format(
        expected=expected
    )


def want_error_type(expected: str, got: str) -> str:
    return _("This should raise {expected}, not {got}.").format(expected=expected, got=got)


def must_not_use(name: str, place: str) -> str:
    """Of a function, or a method that begins with a dot, that was to be done without."""
    if name.startswith("."):
        template = _("{place} uses the method {name}. Write this without it.")
    else:
        template = _("{place} uses {name}. Write this without it.")
    return capital(template.format(place=place, name=name))


def must_not_import(module: str, place: str) -> str:
    """Of a module that was to be done without."""
    return capital(
        _("{place} imports {module}. Write this without it.").format(place=place, module=module)
    )


def does_not_hold() -> str:
    return _("This does not hold yet.")
