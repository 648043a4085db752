"""What the learner's code raised, in words, with the cure if it is known."""

from grader import cures
from grader.clean import capital, first_line
from grader.i18n import _


def syntax_error(place: str, message: str) -> str:
    """Of a line that Python can't read, and why."""
    sentence = _("Python can't read {place}: {message}").format(place=place, message=message)
    return cured(sentence, "SyntaxError", message)


def indentation(place: str, message: str) -> str:
    """Of a line that begins in the wrong column."""
    return _(
        "The indentation of {place} is off: {message}. Use four spaces per level, "
        "never tabs and spaces together."
    ).format(place=place, message=message)


def raised(type: str, message: str, where: str | None, advice: str = "") -> str:
    """Of an exception; ``where`` is the line and function that raised it.

    ``advice`` is said in place of the usual cure.
    """
    message_ = first_line(message)
    if where and message_:
        template = _("Your code raised {type} in {where}: {message}")
    elif where:
        template = _("Your code raised {type} in {where}.")
    elif message_:
        template = _("Your code raised {type}: {message}")
    else:
        template = _("Your code raised {type}.")
    sentence = template.format(type=type, where=where, message=message_)
    return cured(sentence, type, message, dot=False, advice=advice)


def raised_at_load(type: str, message: str, place: str | None, advice: str = "") -> str:
    """Of an exception while the file was loading."""
    message_ = first_line(message)
    if place and message_:
        template = _("Loading the file raised {type} in {place}: {message}")
    elif place:
        template = _("Loading the file raised {type} in {place}.")
    elif message_:
        template = _("Loading the file raised {type}: {message}")
    else:
        template = _("Loading the file raised {type}.")
    sentence = template.format(type=type, place=place, message=message_)
    return cured(sentence, type, message, dot=False, advice=advice)


def not_importable(
    type: str, message: str, place: str | None = None, where: str | None = None, advice: str = ""
) -> str:
    """Of an import that failed, at ``place`` while loading or ``where`` a function ran."""
    if where:
        sentence = raised(type, message, where, advice)
    else:
        sentence = raised_at_load(type, message, place, advice)
    if advice or cures.cure(type, message):
        return sentence
    # Translators: {sentence} says which import failed.
    return _(
        "{sentence}. Only this one file is graded, with NumPy, TensorFlow and Keras; keep "
        "other imports under `if __name__ == '__main__':`."
    ).format(sentence=sentence.rstrip("."))


def cured(sentence: str, type: str, message: str, dot: bool = True, advice: str = "") -> str:
    """What happened, and what helps against it if that is known."""
    cure = advice or cures.cure(type, message)
    end = "" if sentence.endswith((".", "?", "!")) or not (cure or dot) else "."
    return f"{sentence}{end} {cure}".rstrip()


def did_you_mean(name: str) -> str:
    """Of a name that is nearly the same as what was imported."""
    return _("Did you mean {near}?").format(near=name)


def changed_in_place(place: str, method: str) -> str:
    """Of a call that returns None, and whose value is used."""
    template = _(
        "{place} uses what {method}() returns, which is None: it changes its list or array in "
        "place. Call it on a line of its own, without `=`, and use the list or array after that."
    )
    return capital(template.format(place=place, method=method))


def exits(where: str | None) -> str:
    """Of code that ends the program."""
    if where:
        return _(
            "Your code ends the program (sys.exit, exit or quit) in {where}. Return a value "
            "instead."
        ).format(where=where)
    return _("Your code ends the program (sys.exit, exit or quit). Return a value instead.")


def exits_at_load(place: str | None) -> str:
    """Of code that ends the program while the file loads."""
    if place:
        return capital(
            _(
                "{place} ends the program while the file loads, before anything can be checked. "
                "Put it under `if __name__ == '__main__':`, or remove it."
            ).format(place=place)
        )
    return _(
        "Your code ends the program while the file loads, before anything can be checked. Put "
        "that under `if __name__ == '__main__':`, or remove it."
    )


def waits_for_input(where: str | None) -> str:
    """Of code that asks a person."""
    if where:
        return _(
            "Your code waits for input() in {where}, but nobody can type here. Use the arguments."
        ).format(where=where)
    return _("Your code waits for input(), but nobody can type here. Use the arguments.")


def no_network(type: str, where: str | None) -> str:
    """Of code that tried to download something."""
    if where:
        template = _(
            "Your code tried to use the network in {where}, which is closed during grading "
            "({type}). Data sets come from grader.datasets, for example fashion_mnist.load_data(); "
            "keep experiments under `if __name__ == '__main__':`."
        )
    else:
        template = _(
            "Your code tried to use the network, which is closed during grading ({type}). "
            "Data sets come from grader.datasets, for example fashion_mnist.load_data(); keep "
            "experiments under `if __name__ == '__main__':`."
        )
    return template.format(where=where, type=type)


def denied(message: str, where: str | None) -> str:
    """Of what the system did not let the code do."""
    if where:
        template = _(
            "Your code tried something that isn't allowed during grading in {where}: {message}"
        )
    else:
        template = _("Your code tried something that isn't allowed during grading: {message}")
    return template.format(where=where, message=first_line(message))


def starts_a_program(where: str | None) -> str:
    """Of code that starts another program."""
    if where:
        template = _(
            "Your code starts another program in {where}, which isn't allowed during grading. "
            "Keep that under `if __name__ == '__main__':`."
        )
    else:
        template = _(
            "Your code starts another program, which isn't allowed during grading. Keep that under "
            "`if __name__ == '__main__':`."
        )
    return template.format(where=where)


def opens_a_socket(where: str | None) -> str:
    """Of code that opens a socket, as asyncio does when it begins."""
    if where:
        template = _(
            "Your code opens a socket in {where}, as asyncio and network libraries do, which isn't "
            "allowed during grading. Keep that under `if __name__ == '__main__':`."
        )
    else:
        template = _(
            "Your code opens a socket, as asyncio and network libraries do, which isn't allowed "
            "during grading. Keep that under `if __name__ == '__main__':`."
        )
    return template.format(where=where)


def todo(function: str) -> str:
    """Of a function that still raises NotImplementedError."""
    return _("{function} is not written yet.").format(function=function)


def not_callable(name: str) -> str:
    """Of a name that is no function."""
    return _(
        "{name} must be a function, but it isn't one once the file has loaded. Do you assign "
        "something else to that name below its def?"
    ).format(name=name)


def answer_too_large(name: str, what: str) -> str:
    """Of a result that is not sent."""
    return _(
        "{name} returned something too large to check ({what}). What shape should it have?"
    ).format(name=name, what=what)


def out_of_memory(where: str | None) -> str:
    """Of code that needs more memory than there is."""
    if where:
        return _("Your code used more memory than is allowed in {where}.").format(where=where)
    return _("Your code used more memory than is allowed.")
