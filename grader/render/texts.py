"""How gradings are put into words on the screen, in one place, so that it can be translated.

What the engine found is worded in ``grader.texts``, what a check says in the course.
"""

# labels beside a finding

EXPECTED = "expected"
GOT = "got"
DIFFERS = "differs"
GIVEN = "given"
HINT = "hint"
PRINTED = "Your code printed:"
NEXT = "next"
POINTS_TODO = "to do"
POINTS_BLOCKED = "waits"
VERIFIED = "verified"

# what happens now

STARTING = "the checks start"
ENDING = "the checks are done"
TENSORFLOW_LOADS = "TensorFlow loads"


def checking(number: int, total: int, what: str) -> str:
    return f"check {number} of {total} · {what}"


# one check


def points(reached: int, most: int) -> str:
    return f"{reached}/{most}"


def seconds(value: float) -> str:
    return f"{value:.1f} s"


def shape(value: tuple[int, ...]) -> str:
    return f"shape {value}"


def nans(count: int) -> str:
    return f"{count} NaN"


def interval(least: float, most: float) -> str:
    return f"from {number(least)} to {number(most)}"


def number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4g}"


def differs(count: int, of: int) -> str:
    return f"in {count:,} of {of:,} places"


def differs_at(index: list[int], expected: str, got: str) -> str:
    return f"at {index}: expected {expected}, got {got}"


def first_difference(where: str) -> str:
    return f"first {where}"


def worst_difference(where: str) -> str:
    return f"most {where}"


def lines_left_out(count: int) -> str:
    return f"… {count:,} more lines …"


def characters_left_out(count: int) -> str:
    return f"… {count:,} more characters …"


def printed_where(command: str) -> str:
    return f"All of it: {command}"


# the file could not be loaded

NOT_LOADED = "The file could not be loaded"


def wait_for_load(count: int) -> str:
    return "1 check waits for it." if count == 1 else f"{count} checks wait for it."


# more than one check did not pass

SAME = "The same."


def also(count: int) -> str:
    others = "one more does not pass yet" if count == 1 else f"{count} more do not pass yet"
    return f"{others}; details: mend the first one and run again"


# nothing is wrong, but something is not written yet

START = "Nothing is written yet: everyone starts here."
WRITE_NEXT = "All that is written is right. The next one to write:"


# the ending


def all_passed(checks: int, points: int, seconds: float) -> str:
    count = "The check passed" if checks == 1 else f"All {checks} checks passed"
    return f"{count} · {points} of {points} points · {seconds:.1f} s"


def some_passed(points: int, most: int, passed: int, checks: int, seconds: float) -> str:
    return f"{points} of {most} points · {passed} of {checks} checks · {seconds:.1f} s"


def since_last(fixed: int, broken: int) -> str:
    if not fixed and not broken:
        return "since your last run: no change"
    return f"since your last run: {fixed} fixed, {broken} newly broken"


MEND = "mend it, then"


def write(file: str) -> str:
    return f"write it in {file}, then"


def seed(digits: str) -> str:
    return f"seed {digits}"


def protection(level: str) -> str:
    return f"protection {level}"


def protection_missing(level: str, missing: list[str]) -> str:
    return f"protection {level}: without {', '.join(missing)}"


def not_kept(reason: str) -> str:
    return f"Nothing was kept: {reason}"


NO_WORKSPACE = "no folder from here upwards holds exercises/ with a file of this course."


def outside_workspace(file: str) -> str:
    return f"{file} lies in no folder with exercises of this course."


# the list of exercises


def checks_passed(passed: int, checks: int) -> str:
    return f"{passed} of {checks} checks"


def checks(count: int) -> str:
    return "1 check" if count == 1 else f"{count} checks"


# the demonstration

DEMO_STUB = "What everyone starts from: nothing is written yet"
DEMO_SOLUTION = "A solution"


def demo_misconception(belief: str) -> str:
    return f"A typical mistake: {belief}"


def demo_steps(file: str, command: str) -> list[tuple[str, str]]:
    return [("see the exercises:", "grade list"), (f"edit {file}, then", command)]


# what the command could not do


def unknown_word(word: str, near: list[str], exercises: list[str], commands: list[str]) -> str:
    sentence = f"There is no exercise or command {word!r}."
    if near:
        sentence += f" Did you mean {_or([f'`grade {n}`' for n in near])}?"
    return f"{sentence} Exercises: {', '.join(exercises)}; commands: {', '.join(commands)}."


def file_missing(file: str, where: str | None) -> str:
    sentence = f"There is no file {file}."
    if where is None:
        return f"{sentence} Give the path of your file after --file."
    return f"{sentence} Copy {where} there, or give the path of your file after --file."


def file_is_folder(file: str) -> str:
    return f"{file} is a folder; give the path of your Python file after --file."


def file_unreadable(file: str) -> str:
    return f"{file} can't be read: check its permissions."


def bad_seed(seed: str) -> str:
    return (
        f"--seed {seed} is no seed: give the 1 to 16 hexadecimal digits that a grading printed, "
        "such as 2f6b00c4d1e89a73."
    )


def bad_timeout(seconds: str) -> str:
    return f"--timeout {seconds} is no time: give a number of seconds above 0, such as 30."


def operating_system(file: str | None, reason: str) -> str:
    place = f"{file}: " if file else ""
    return f"{place}{reason}. Check that path and its permissions, then try again."


def unexpected(kind: str, text: str) -> str:
    return (
        f"grade itself failed ({kind}: {text}). This is no fault of yours; set "
        "GRADE_TRACEBACK=1, run it again and report what it prints."
    )


STOPPED = "Stopped; nothing of this run was kept."


def see_help(command: str) -> str:
    return f"See {command} --help."


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
