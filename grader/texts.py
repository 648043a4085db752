"""What the engine tells a learner, in one place, so that it can be translated.

Each function returns whole sentences: what happened, and what to do next. What a single check says
is written in the course; how a report looks is decided in ``grader.render``.
"""

from grader import cures

# a check, while it runs


def epoch(number: int, epochs: int, loss: float, left: float) -> str:
    told = f"epoch {number} of {epochs}, loss {loss:.3f}"
    return f"{told}, {left:.0f} s left at most" if number < epochs else told


# the file, before it runs


def place(line: int, cell: int | None = None) -> str:
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"


def _first(place: str) -> str:
    """The same where a sentence begins."""
    return place[:1].upper() + place[1:]


def not_utf8(line: int) -> str:
    return (
        f"Line {line} is not UTF-8 text. Save the file as UTF-8 (in most editors: "
        "File, Save with Encoding, UTF-8)."
    )


def nul_byte(line: int) -> str:
    return f"Line {line} contains a NUL byte: this is not a text file. Save it again as plain text."


def utf16() -> str:
    return "The file is written in UTF-16. Save it again with the encoding UTF-8."


def notebook_too_large(megabytes: int) -> str:
    return (
        f"The notebook is larger than {megabytes} MB. Clear its outputs (in Jupyter: Edit, Clear "
        "Outputs of All Cells), save it, and grade it again."
    )


def notebook_damaged() -> str:
    return (
        "This is a damaged notebook: it is not complete JSON. Open it in Jupyter, save it again, "
        "or submit a copy that opens."
    )


def notebook_language(language: str) -> str:
    return f"This notebook is in {language}. Only Python is graded."


def notebook_empty() -> str:
    return "This notebook has no code. Write your functions in code cells, and save it."


def notebook_of_many_cells(most: int) -> str:
    return f"This notebook has more than {most:,} code cells. Is it the right file?"


def strange_signs() -> str:
    return "it contains characters that no Python file can have"


def cell_set_aside(name: str, place: str, magic: str) -> str:
    return (
        f"{name} is in {place}, in a cell that begins with {magic}: that is not graded. Delete "
        f"the line with {magic}."
    )


def cell_unreadable(place: str, message: str) -> str:
    return f"Python can't read {place} ({message}), so this cell is not graded."


def cells_in_another_order() -> str:
    return (
        "The cells last ran in another order than they are in. They are graded from top to bottom, "
        "as Restart and Run All runs them, and counted like that."
    )


def only_trained(name: str, place: str) -> str:
    return (
        f"Your functions use {name}, and {place} trains to make it. Training outside of functions "
        "is not run when a notebook is graded: pass it to the function as an argument."
    )


def other_format(what: str, advice: str) -> str:
    return f"This is {what}, not a Python file. {advice}"


def defined_twice(name: str, first: str, last: str) -> str:
    return (
        f"{name} is defined twice, in {first} and in {last}. Python uses the later one, which is "
        "not written yet: delete it."
    )


def too_large(size: int) -> str:
    return (
        f"The file has more than {size:,} bytes; a submission has a few thousand. Is it the right "
        "file?"
    )


def empty() -> str:
    return "The file is empty. Write your functions, or start again from the stub."


def notebook_line(line: int, text: str) -> str:
    return (
        f"Line {line}, {text!r}, works in a notebook only. Remove lines that start with % or !: "
        "this is a plain Python file."
    )


def syntax_error(place: str, message: str) -> str:
    return _cured(f"Python can't read {place}: {message}", "SyntaxError", message)


def indentation(place: str, message: str) -> str:
    return (
        f"The indentation of {place} is off: {message}. Use four spaces per level, "
        "never tabs and spaces together."
    )


def too_deep() -> str:
    return "The file's expressions are nested too deeply for Python to read."


def missing_name(name: str) -> str:
    return f"{name} is missing. The checks call it by exactly this name."


def misnamed(name: str, near: str, place: str) -> str:
    return f"{name} is missing. Did you mean {near} ({place})? Rename it to {name}."


def under_main(name: str, place: str) -> str:
    return (
        f"{name} is defined under `if __name__ == '__main__':` ({place}), which does not run "
        "when others import the file. Move it out."
    )


def nested_name(name: str, owner: str, place: str) -> str:
    return f"{name} ({place}) is inside {owner}. Move it to the left margin."


def not_callable(name: str) -> str:
    return (
        f"{name} must be a function, but it isn't one once the file has loaded. Do you assign "
        "something else to that name below its def?"
    )


def answer_too_large(name: str, what: str) -> str:
    return f"{name} returned something too large to check ({what}). What shape should it have?"


def asks_for_input(place: str) -> str:
    return (
        f"{_first(place)} waits for input() while the file loads, but nobody can type here. "
        "Put it under `if __name__ == '__main__':`."
    )


def exits_at_import(place: str, call: str) -> str:
    return (
        f"{_first(place)} ends the program with {call}() while the file loads, before anything "
        "can be checked. Put it under `if __name__ == '__main__':`, or remove it."
    )


# the file, while it loads and runs

LOAD_TITLE = "The file can be loaded"


def raised(type: str, message: str, where: str | None) -> str:
    place = f" in {where}" if where else ""
    said = f": {first_line(message)}" if message else "."
    return _cured(f"Your code raised {type}{place}{said}", type, message, dot=False)


def raised_at_load(type: str, message: str, place: str | None) -> str:
    place = f" in {place}" if place else ""
    said = f": {first_line(message)}" if message else "."
    return _cured(f"Loading the file raised {type}{place}{said}", type, message, dot=False)


def not_importable(
    type: str, message: str, place: str | None = None, where: str | None = None
) -> str:
    told = raised(type, message, where) if where else raised_at_load(type, message, place)
    if cures.cure(type, message):
        return told
    return (
        f"{told.rstrip('.')}. Only this one file is graded, with NumPy, TensorFlow and Keras; keep "
        "other imports under `if __name__ == '__main__':`."
    )


def _cured(told: str, type: str, message: str, dot: bool = True) -> str:
    """What happened, and what helps against it if that is known."""
    cure = cures.cure(type, message)
    end = "" if told.endswith((".", "?", "!")) or not (cure or dot) else "."
    return f"{told}{end} {cure}".rstrip()


def exits(where: str | None) -> str:
    place = f" in {where}" if where else ""
    return f"Your code ends the program (sys.exit, exit or quit){place}. Return a value instead."


def waits_for_input(where: str | None) -> str:
    place = f" in {where}" if where else ""
    return f"Your code waits for input(){place}, but nobody can type here. Use the arguments."


def no_network(type: str, where: str | None) -> str:
    place = f" in {where}" if where else ""
    return (
        f"Your code tried to use the network{place}, which is closed during grading ({type}). "
        "Data sets come from grader.datasets, for example fashion_mnist.load_data(); keep "
        "experiments under `if __name__ == '__main__':`."
    )


def denied(message: str, where: str | None) -> str:
    place = f" in {where}" if where else ""
    return (
        f"Your code tried something that isn't allowed during grading{place}: {first_line(message)}"
    )


def todo(function: str) -> str:
    return f"{function} is not written yet."


def ended(status: int) -> str:
    if status >= 0:
        return (
            f"The process ended itself with exit code {status} (os._exit?) before it had answered."
        )
    cause = {
        -6: "it aborted",
        -9: "it was killed",
        -11: "it crashed: segmentation fault, or recursion without end",
        -24: "it used up its computing time",
        -25: "it wrote too much",
    }.get(status, f"signal {-status}")
    return f"The process ended before it had answered: {cause}."


def out_of_memory(where: str | None) -> str:
    place = f" in {where}" if where else ""
    return f"Your code used more memory than is allowed{place}."


def timeout(seconds: float, function: str | None) -> str:
    what = function or "Your code"
    return (
        f"{what} was still running after {seconds:g} s and was stopped. Is there an endless loop?"
    )


def file_timeout(seconds: float) -> str:
    return f"The time limit for the whole file, {seconds:g} s, ran out before this check had ended."


def timeout_at_load(seconds: float) -> str:
    return (
        f"The file was still loading after {seconds:g} s and was stopped. Training and loops "
        "belong in functions, or under `if __name__ == '__main__':`."
    )


def garbled(reason: str) -> str:
    return f"The grader couldn't read what your code sent back ({reason})."


def blocked(titles: list[str]) -> str:
    more = f", and {len(titles) - 1} more" if titles[1:] else ""
    return f"waits for: {titles[0]}{more}"


def blocked_by_load() -> str:
    return "waits for: the file can be loaded"


def unusable(function: str | None, got: str, type: str) -> str:
    if function is None:
        return f"The check stopped with an error ({type}). Please tell your instructor."
    return f"{function} returned {got}, which the check couldn't use ({type})."


def check_crashed() -> str:
    return "The check itself ended without a verdict."


# accidents: what could not be graded, and the submission is not the cause


def accident(what: str) -> str:
    return (
        f"{what} This is not your mistake. Run it again; if it happens again, tell your instructor."
    )


def killed() -> str:
    return "A process was killed from outside, perhaps because the computer ran out of memory."


def not_started(reason: str) -> str:
    return f"The computer could not start a process for your code ({first_line(reason)})."


def refused(reason: str) -> str:
    return f"The system refused what grading needs ({first_line(reason)})."


def check_raised(type: str) -> str:
    return f"The check itself raised {type}; the course's own solution does not pass it either."


def check_late(seconds: float) -> str:
    return (
        f"The check itself did not end within {seconds:g} s; the course's own solution does not "
        "pass it either."
    )


def tensorflow_missing(reason: str) -> str:
    return (
        f"TensorFlow could not be started ({first_line(reason)}). Install it into the environment "
        "that grade runs in: pip install tensorflow."
    )


def first_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[0].strip()[:300] if lines else ""


# models that can't be rebuilt


def model_is_not_a_model(got: str) -> str:
    return f"Expected a Keras model, got {got}."


def model_is_subclass(name: str) -> str:
    return (
        f"The model is an instance of {name}, a class of its own. Build it with "
        "keras.Sequential([...]) or keras.Model(inputs, outputs), so that it can be rebuilt and "
        "measured."
    )


def model_not_admitted(what: str) -> str:
    return f"The model can't be rebuilt for measuring: {what}. Use the layers of the exercise."


def model_has_own_part(what: str) -> str:
    return (
        f"The model can't be rebuilt for measuring: {what} is your own. Use Keras's layers and "
        'activations as they are, such as activation="relu".'
    )


def model_answers_otherwise() -> str:
    return (
        "For the same inputs and weights, your model computes different numbers from a model "
        "built from its description. Use Keras's layers as they are, with their usual dtype, and "
        "change nothing in them."
    )


def model_cannot_answer(error: str, message: str) -> str:
    return f"Your model can't compute its outputs: it raises {error}: {message}"


# what an expectation found


def want_array(got: str) -> str:
    return f"Expected an array, got {got}."


def want_number(got: str) -> str:
    return f"Expected one number, got {got}."


def want_integers(dtype: str) -> str:
    return f"Expected integers; the dtype is {dtype}."


def want_dtype(expected: str, got: str) -> str:
    return f"The dtype should be {expected}; it is {got}."


def want_shape(expected: tuple, got: tuple) -> str:
    return f"The shape should be {expected}; it is {got}."


def want_finite(what: str) -> str:
    return f"The result contains {what}."


def want_values() -> str:
    return "The values differ."


def forgot_return() -> str:
    return "The function returned None. Did you forget `return`?"


def want_type(expected: str, got: str) -> str:
    return f"Expected a value of type {expected}, got {got}."


def want_unchanged(function: str, argument: str) -> str:
    return f"{function} changed its input (argument {argument}). Work on a copy."


def want_error(expected: str) -> str:
    return f"This should raise {expected}, but it didn't raise anything."


def want_error_type(expected: str, got: str) -> str:
    return f"This should raise {expected}, not {got}."


def must_not_use(name: str, place: str) -> str:
    if name.startswith("."):
        return f"{_first(place)} uses the method {name}. Write this without it."
    return f"{_first(place)} uses {name}. Write this without it."


def must_not_import(module: str, place: str) -> str:
    return f"{_first(place)} imports {module}. Write this without it."


def does_not_hold() -> str:
    return "This does not hold yet."
