"""How gradings are put into words on the screen, in one place, so that it can be translated.

What the engine found is worded in ``grader.texts``, what a check says in the course.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

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
POINTS_ACCIDENT = "not graded"
VERIFIED = "verified"

# what happens now

STARTING = "Starting the checks"
ENDING = "Finishing"
TENSORFLOW_LOADS = "Loading TensorFlow ..."


def checking(number: int, total: int, what: str) -> str:
    return f"check {number} of {total} · {what}"


LOSS = "loss"


def it_is(label: str) -> str:
    return f"It is: {label}"


# one check


def points(reached: float, most: float) -> str:
    return f"{reached:g}/{most:g}"


def bonus_points(reached: float, most: float) -> str:
    return f"bonus {reached:g}/{most:g}"


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
    return f"largest difference {where}"


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


# checks that have come to the same, in a line


def passed(count: int, red: int) -> str:
    return "1 check passed" if count == 1 else f"{count} checks passed"


def to_write(count: int, red: int) -> str:
    if count == 1:
        return "1 check is about code that you haven't written yet"
    return f"{count} checks are about code that you haven't written yet"


def waiting(count: int, red: int) -> str:
    for_what = "the ones that fail" if red > 1 else "the one that fails" if red else "these"
    return f"1 check waits for {for_what}" if count == 1 else f"{count} checks wait for {for_what}"


def more_fail(count: int) -> str:
    more = "1 more check fails" if count == 1 else f"{count} more checks fail"
    return f"{more}. Fix the first one and run again for details"


# nothing is wrong, but something is not written yet

START = "You haven't written anything yet. Everyone starts here."
WRITE_NEXT = "Everything so far is correct. Next:"


SOURCE = "The check:"

# the ending


def all_passed(checks: int, points: float, bonus: float, seconds: float) -> str:
    count = "The check passed" if checks == 1 else f"All {checks} checks passed"
    return f"{count} · {points:g} of {points:g} points{_and_bonus(bonus)} · {seconds:.1f} s"


def some_passed(
    points: float, most: float, bonus: float, passed: int, checks: int, seconds: float
) -> str:
    count = f"{points:g} of {most:g} points{_and_bonus(bonus)}"
    return f"{count} · {passed} of {checks} checks · {seconds:.1f} s"


def _and_bonus(points: float) -> str:
    return f" and {points:g} bonus" if points else ""


def since_last(fixed: int, broken: int) -> str:
    told = [f"{fixed} fixed"] if fixed else []
    told += [f"{broken} newly broken"] if broken else []
    return f"since your last run: {', '.join(told)}" if told else ""


def your_best(points: float, most: float) -> str:
    return f"your best: {points:g} of {most:g}"


NEW_BEST = "your best so far"
MEND = "Fix it, then run"
OR_ASK = "or get a hint:"
COMPARE = "Compare with the solution:"
GO_ON = "Or go on:"


def write(file: str) -> str:
    return f"Write it in {file}, then run"


# a script that replays a check

REPLAY_RUNS = "the check runs again"
REPLAY_DEBUG = "step through it:"
REPLAY_EDITOR = "or set a breakpoint in your function, and run it in your editor's debugger"
REPLAY_TOO_LARGE = "its inputs take more than 32 MB"


def replay_comments(title: str, command: str, cut: bool) -> list[str]:
    lines = [
        "The calls that this check made to your code:",
        f"    {title}",
        "To see what it expected and what it got, run",
        f"    {command}",
    ]
    if cut:
        lines.append("Calls before these are left out: they were too large.")
    return lines


def replay_nothing(exercise: str) -> str:
    return f"Nothing failed in your last run of {exercise}, so there is nothing to replay."


def replay_passes(title: str) -> str:
    return f"“{title}” now passes with the inputs from your last run. Grade it again."


def replay_written(title: str, file: str) -> str:
    return f"{file} makes the calls of the check that failed: “{title}”."


def replay_arrays(file: str) -> str:
    return f"The larger arrays are in {file}."


def replay_not(title: str, reason: str, command: str) -> str:
    return (
        f"“{title}” can't be replayed: {reason}. Print what your function gets instead; "
        f"`{command}` shows what it printed."
    )


def replay_not_graded(exercise: str, command: str) -> str:
    return f"{exercise} has not been graded yet: run `{command}` first."


# while files are watched

WATCH_KEYS = (
    ("n", "next"),
    ("h", "hint"),
    ("q", "quiz"),
    ("r", "reset"),
    ("l", "list"),
    ("x", "exit"),
)
WATCH_MEND = "Fix it and save the file"
WATCH_HINT = "or, for a hint, press"
WATCH_GO_ON = "Next exercise:"
WATCH_LAST = "This is the last exercise."
WATCH_STOPPED = "Stopped watching."


def watch_one(file: str) -> str:
    return f"Watching {file}: it is graded whenever you save it."


def watch_any(folder: str) -> str:
    return f"Watching {folder}/: whenever you save an exercise there, it is graded."


def watch_write(file: str) -> str:
    return f"Write it in {file} and save the file"


def seed(digits: str) -> str:
    return f"seed {digits}"


def protection(level: str) -> str:
    return f"protection {level}"


def protection_missing(level: str, missing: list[str]) -> str:
    return f"protection {level}: without {', '.join(missing)}"


def not_kept(reason: str) -> str:
    return f"Nothing was saved: {reason}"


def no_workspace(command: str) -> str:
    return f"you are not in a workspace. `{command}` makes one."


def outside_workspace(file: str) -> str:
    return f"{file} is not in the workspace that you are in."


# the list of exercises


def checks_passed(passed: int, checks: int) -> str:
    return f"{passed} of {checks} checks"


# all exercises in one run

COLUMNS = ("exercise", "checks", "points", "", "seconds")
PASSED = "passed"
NOT_PASSED = "not yet"
BEGUN = "begun"
NOT_BEGUN = "to do"
NOT_GRADED = "not graded"


def not_graded_now(seconds: float) -> str:
    return f"Not graded: this run does not count · {seconds:.1f} s"


def all_exercises(passed: int, exercises: int, points: float, most: float, seconds: float) -> str:
    return f"{passed} of {exercises} exercises · {points:g} of {most:g} points · {seconds:.1f} s"


def files_in(folder: str) -> str:
    return f"The files are in {folder}."


def file_missing_all(file: str, command: str) -> str:
    return f"There is no file {file}. Create it with {command}"


def file_is_folder_all(file: str) -> str:
    return f"{file} is a folder; a Python file belongs there."


def stopped_all(graded: int, exercises: int) -> str:
    return f"Stopped; what had been graded, {graded} of {exercises} exercises, is kept."


# quizzes

QUIZ_KEYS_ONE = "↑ ↓ or a number, then Enter"
QUIZ_KEYS_SEVERAL = "↑ ↓ and Space, or a number, to tick all correct answers; then Enter"
QUIZ_TICK_FIRST = "Tick at least one, with Space or its number; then Enter."
QUIZ_CONTINUE = "Press Enter to continue"
QUIZ_ASK_NUMBER = "Answer with a number: "
QUIZ_NOT_A_NUMBER = "That is not a number. Type digits, such as 1200 or 0.25: "
QUIZ_NOTHING_TYPED = "Nothing was typed. Once more: "
QUIZ_RIGHT = "Right."
QUIZ_WRONG = "Not quite."
QUIZ_PRINTS = "It prints:"
QUIZ_AGAIN = "Try those questions again?"
QUIZ_YES = "yes"
QUIZ_NO = "not now"
QUIZ_YES_OR_NO = "y or n: "
QUIZ_LOADING = "Loading TensorFlow for a question about your code ..."
QUIZ_LOADING_FILE = "Reading your file ..."
QUIZ_WHICH_ONE = "Which quiz?"
QUIZ_STATS_ALONE = "--stats shows what was answered: leave out --answers."
QUIZ_FORM_ONE = "the id of an option, or its number, counted from 1 as it is shown"
QUIZ_FORM_SEVERAL = "a list of the ids of options, or of their numbers, as they are shown"
QUIZ_FORM_NUMBER = "a number"
QUIZ_FORM_TEXT = "the text that it prints"
QUIZ_REREAD = "reread"


def quiz_progress(number: int, total: int) -> str:
    return f"question {number} of {total}"


def quiz_none(command: str) -> str:
    return f"This course has no quiz yet. See {command}"


def quiz_which(command: str) -> str:
    return f"Which quiz are the answers for? Name it, such as {command}"


def quiz_stopped_again(command: str) -> str:
    return f"Stopped; your answers are kept. What you missed comes back: {command}"


def quiz_ask_one(options: int) -> str:
    return f"Answer with a number from 1 to {options}: "


def quiz_ask_several(options: int) -> str:
    return f"Type the numbers of all correct answers (1 to {options}): "


def quiz_not_one(options: int) -> str:
    return f"Type one of the numbers 1 to {options}: "


def quiz_not_several(options: int) -> str:
    return f"Type one or more of the numbers 1 to {options}, with spaces between: "


def quiz_ask_lines(count: int) -> str:
    return "Type what it prints: " if count == 1 else f"Type what it prints, {count} lines:"


def quiz_read_as(number: str) -> str:
    return f"Your answer is read as {number}."


def quiz_given(answers: list[str]) -> str:
    return f"The answer given: {'; '.join(answers)}"


def quiz_partly(share: float) -> str:
    return f"Partly right: {share:.2g} of 1 point."


def quiz_chosen(number: int, right: bool) -> str:
    return f"{number} is right." if right else f"{number} is not right."


def quiz_is_right(number: int) -> str:
    return f"{number} is right."


def quiz_not_chosen(number: int) -> str:
    return f"{number} is right, too."


def quiz_key(answer: str, tolerance: str) -> str:
    return (
        f"The answer is {answer}, give or take {tolerance}."
        if tolerance
        else (f"The answer is {answer}.")
    )


def quiz_image(index: int) -> str:
    return (
        f"(A picture of 28 x 28 pixels, image {index} of the test set, is drawn without --plain.)"
    )


def quiz_score(points: float, questions: int) -> str:
    return f"{points:.3g} of {questions} right"


def quiz_missed(count: int) -> str:
    return "You missed this one:" if count == 1 else f"You missed these {count}:"


def quiz_resumed(done: int, total: int) -> str:
    return f"You continue where you stopped: {done} of {total} are answered."


def quiz_stopped(done: int, total: int, command: str, kept: bool) -> str:
    if not kept:
        return f"Stopped after {done} of {total} questions; nothing was kept. Again: {command}"
    told = "your answers so far are kept" if done else "nothing was answered yet"
    return f"Stopped: {told}, {total - done} of {total} questions are left. Continue with {command}"


def quiz_ended(done: int, total: int, command: str, kept: bool) -> str:
    told = f"The input ended after {done} of {total} answers"
    return f"{told}. Continue with {command}" if kept else f"{told}; nothing was kept."


def quiz_not_kept(reason: str) -> str:
    return f"Your answers are not saved: {reason}"


def quiz_answer_not_kept(reason: str) -> str:
    return f"This answer is not saved: {reason}"


def quiz_skipped_mine(count: int, command: str, workspace: bool) -> str:
    what = "One question is" if count == 1 else f"{count} questions are"
    they = "it comes" if count == 1 else "they come"
    when = f"once that has passed: {command}" if workspace else "where your exercises are."
    return f"{what} about your own file; {they} {when}"


def quiz_skipped_error(reason: str) -> str:
    return f"A question about your own file is left out: {reason}"


def quiz_without(exercise: str, known: list[str]) -> str:
    if not known:
        return f"{exercise} has no quiz, nor has any other exercise yet."
    return f"{exercise} has no quiz. There is one for {', '.join(known)}."


def quiz_state(answered: int, total: int, right: int) -> str:
    if not answered:
        return "1 question" if total == 1 else f"{total} questions"
    if answered < total:
        return f"{answered} of {total} answered"
    return f"{right} of {total} right"


def quiz_answers_unreadable(file: str, reason: str) -> str:
    return (
        f"{file} can't be read as answers ({reason}). Write one line per question, its id and the "
        "answer, such as dense-output = 2."
    )


def quiz_answers_unknown(file: str, ids: list[str], exercise: str, known: set[str]) -> str:
    return (
        f"{file} answers {', '.join(ids)}, which the quiz of {exercise} does not ask. "
        f"It asks {', '.join(sorted(known))}."
    )


def quiz_answer_unfit(file: str, question: str, form: str) -> str:
    return f"{file}: {question} is not answered so; write {form}."


def quiz_unanswered(count: int) -> str:
    return "1 question is not answered." if count == 1 else f"{count} questions are not answered."


# what comes back


def review_ready(count: int) -> str:
    return "1 question to review" if count == 1 else f"{count} questions to review"


def review_due(count: int, when: str) -> str:
    return f"1 question comes back {when}" if count == 1 else f"{count} questions come back {when}"


def review_next(count: int, when: str) -> str:
    return f"Nothing to review now; {review_due(count, when)}."


REVIEW_EMPTY = "Nothing to review. Questions you miss will come back here."


def when(seconds: float, date: str) -> str:
    minutes, hours, days = (max(round(seconds / unit), 1) for unit in (60, 3600, 86400))
    if minutes < 60:
        return "in 1 minute" if minutes == 1 else f"in {minutes} minutes"
    if hours < 24:
        return "in 1 hour" if hours == 1 else f"in {hours} hours"
    return f"in 1 day ({date})" if days == 1 else f"in {days} days ({date})"


# how far one is with the quizzes

STATS = ("answered", "right", "due")


def stats_of(count: int, total: int) -> str:
    return f"{count} of {total}"


def stats_sentence(answered: int, total: int, right: int, due: int) -> str:
    return f"{answered} of {total} answered, {right} right, {due} to review."


def reread(concepts: list[str], file: str) -> str:
    return f"{', '.join(concepts)}: the beginning of {file}"


# the demonstration

DEMO_STUB = "What everyone starts from: nothing is written yet"
DEMO_SOLUTION = "A solution"


def demo_misconception(belief: str) -> str:
    return f"A typical mistake: {belief}"


def demo_steps(make: str, file: str, command: str) -> list[tuple[str, str]]:
    return [("Make a workspace:", make), (f"Go there, edit {file}, then run", command)]


# a new exercise

NEW_WROTE = "wrote"
NEW_VERIFY = "prove that it is sound:"
NEW_GRADE = "see it as a learner does:"
NEW_EDIT = "then replace it with your own question, and verify it again"


# a course is verified, for those who write it

GRADING = "grading"
REPEATING = "repeating"
MUTATING = "mutants"
QUICK_MUTANTS = "--mutants needs every check: give it without --quick."


def flaw(path: str, line: int | None, what: str, mend: str) -> str:
    place = path if line is None else f"{path}:{line}"
    return f"{place}: {what}; {mend}."


def verified(exercises: int, checks: int, misconceptions: int, submissions: int, flaws: int) -> str:
    counts = [(exercises, "exercise"), (checks, "check"), (misconceptions, "misconception")]
    counts += [(submissions, "submission")] if submissions else []
    state = _counted(flaws, "flaw") if flaws else "sound"
    return " · ".join([*(_counted(*count) for count in counts), state])


def tally(check: str, runs: int, failures: int, bound: float) -> str:
    rate = f"fails in less than {bound:.3%} (95% sure)"
    return f"  {check}  {_counted(runs, 'run')}  {_counted(failures, 'failure')}  {rate}"


def failure(seed: str, message: str, file: str) -> str:
    return f"    --file {file} --seed {seed}: {message}"


def repeated(checks: int, runs: int, failures: int) -> str:
    counts = [(checks, "check"), (runs, "run"), (failures, "false alarm")]
    return " · ".join(_counted(*count) for count in counts)


def mutation_score(
    exercise: str, share: float, caught: int, total: int, late: int, equivalent: int
) -> str:
    line = f"{exercise} · {share:.1%} · {caught} of {_counted(total, 'mutant')} caught"
    line += f", {late} by their time" if late else ""
    return line + (f" · {equivalent} more listed as equivalent" if equivalent else "")


def survivor(place: str, function: str) -> str:
    return f"  {place}: no check notices this change in {function}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


# a folder to work in

INIT_WROTE = "wrote"
INIT_KEPT = "kept"
INIT_NOTHING = "Everything was already there. Nothing was changed."


def init_inside(workspace: str, command: str) -> str:
    return (
        f"This folder is inside {workspace}, which already has the exercises. Continue there, or "
        f"name another folder, such as `{command}`."
    )


def init_is_file(file: str, command: str) -> str:
    return f"{file} is a file, not a folder: name another folder, such as `{command}`."


def guide(exercises: list[tuple[str, str]], quizzes: bool) -> str:
    """The guide that ``grade init`` writes, Markdown."""
    first = exercises[0][0]
    rows = "\n".join(f"- {name}: {title}" for name, title in exercises)
    quiz = f"| `grade quiz {first}` | asks questions about what you learned |\n" if quizzes else ""
    review = "| `grade review` | asks the questions that you missed again |\n" if quizzes else ""
    return f"""# Your exercises

Each file in `exercises/` is one exercise. Its first lines say what it is about; write what is
missing, save, and grade it:

    grade {first}

Fix the first ✗ and grade again. You can't break anything: grading never changes your files, and you
can do it as often as you like.

{rows}

| command | what it does |
|---|---|
| `grade` | shows how far you are, and what is next |
| `grade {first}` | grades your file |
| `grade open {first}` | opens it in your editor |
| `grade hint {first}` | gives a hint; run it again for a bigger one |
| `grade reset {first}` | restores the starter version; your file is kept under another name |
| `grade solution {first}` | shows a sample solution next to your code, once everything passes |
{quiz}{review}| `grade doctor` | checks that this computer is set up correctly |
| `grade --help` | shows all commands |

Your progress is saved in the folder `.grade`.
"""


def points_of(exercise: str, score: float, most: float) -> str:
    return f"{exercise}: {score:g} of {most:g} points"


def no_workspace_yet(command: str) -> str:
    return (
        "You are not in a workspace: no exercises/ folder of this course here or in any parent "
        f"folder. Go to your workspace, or make one with `{command}`. `--file` grades any file."
    )


def file_unsafe(file: str, reason: str) -> str:
    return f"{file} is not read: {reason}. Put the file itself there."


def file_huge(file: str, most: int, command: str) -> str:
    return (
        f"{file} is larger than {most} MiB, so it is not read. Move it away; then `{command}` "
        "restores the starter version."
    )


def file_gone(file: str, command: str) -> str:
    return f"There is no file {file}. `{command}` restores the starter version."


def not_written(file: str, reason: str) -> str:
    return (
        f"{file} can't be written ({reason}); what was there is unchanged. Free some space, or "
        "make the folder writable, then try again."
    )


# the course at a glance

OVERVIEW_EXERCISE = "exercise"
OVERVIEW_BEST = "best"
OVERVIEW_LAST = "last run"
OVERVIEW_QUIZ = "quiz"
OVERVIEW_DUE = "due"
OVERVIEW_NONE = "–"
OVERVIEW_OLDER = "*"
OVERVIEW_OLDER_NOTE = "* graded with an older version of the checks; grade again to update"
OVERVIEW_INIT = "Make a folder to work in:"
OVERVIEW_GO_ON = "Continue with:"
OVERVIEW_RENEW = "Its checks have changed. Grade it again:"
OVERVIEW_QUIZ_NEXT = "Passed. Check your understanding:"
OVERVIEW_DONE = "You finished the course! To run everything again:"


def overview_total(passed: int, exercises: int) -> str:
    return f"{passed} of {exercises} exercises passed"


def overview_given_up(exercises: list[str]) -> str:
    return f"The solution was shown before it passed: {', '.join(exercises)}."


def overview_unknown(reason: str) -> str:
    return f"Your progress can't be read: {reason}"


def overview_review(count: int) -> str:
    return "1 question comes back:" if count == 1 else f"{count} questions come back:"


def overview_when(at: datetime, now: datetime) -> str:
    """A time in the past, as short as it can be, in the local time zone."""
    at, now = at.astimezone(), now.astimezone()
    days = (now.date() - at.date()).days
    if days <= 0:
        return f"{at:%H:%M}"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 30 else f"{at:%Y-%m-%d}"


def overview_quiz(points: float, questions: int) -> str:
    return f"{points:.3g}/{questions}"


def course_first(command: str) -> str:
    return f"--course comes after the command: {command}"


# a hint

HINT_FURTHER = "Not enough?"
HINT_GIVE_UP = "If you give up:"
HINT_SHAPE = "The steps of one solution. Replace each ___:"


def hint_step(number: int, total: int) -> str:
    return f"hint {number} of {total}"


def hint_nothing_open(exercise: str) -> str:
    return f"{exercise} needs no hint: everything passed in your last run."


def hint_not_graded(exercise: str, command: str) -> str:
    return f"{exercise} has not been graded yet: run `{command}` first."


def hint_older(exercise: str, command: str) -> str:
    return f"The checks of {exercise} have changed since your last run. Run `{command}` first."


def hint_not_loaded(command: str) -> str:
    return f"In your last run Python could not load the file. `{command}` shows the line to fix."


def hint_not_kept(reason: str) -> str:
    return f"These are all the hints, because the ones you have seen can't be recorded: {reason}"


# back to the start

RESET_YES_OR_NO = "[y/N]"
RESET_YES = "y"
RESET_NOT = "Nothing was changed."


def reset_question(file: str) -> str:
    return f"Start {file} over? Your code is kept in another file."


def reset_unasked(command: str) -> str:
    return f"Can't ask for confirmation here, so nothing was changed. `{command}` doesn't ask."


def reset_restored(file: str) -> str:
    return f"Restored the starter version of {file}."


def reset_nothing(file: str) -> str:
    return f"{file} is the starter version already: there is nothing to reset."


def reset_done(file: str, backup: str) -> str:
    return f"{file} is back to the starter version. Your code is saved in {backup}."


# a solution

SOLUTION_MINE = "yours"
SOLUTION_THEIRS = "a solution"
SOLUTION_SAME = "the same in both"
SOLUTION_NOTHING = "nothing"
SOLUTION_REST = "imports and the rest"


def solution_not_yet(exercise: str, hint: str, command: str) -> str:
    return (
        f"{exercise} has not passed yet. Get a hint with `{hint}`, or see the solution anyway "
        f"with `{command}` (this is recorded)."
    )


def solution_not_kept(reason: str) -> str:
    return f"Couldn't record that you viewed the solution: {reason}"


# an editor


def editor_unset(file: str, command: str) -> str:
    return (
        f"Neither VISUAL nor EDITOR names an editor: open {file} in yours, or name one, such as "
        f"`EDITOR=nano {command}`."
    )


def editor_unclear(setting: str) -> str:
    return f"The editor setting {setting} lacks a quotation mark. Fix VISUAL or EDITOR."


def editor_missing(program: str, command: str) -> str:
    return (
        f"The editor {program}, which VISUAL or EDITOR names, is not installed: name another, such "
        f"as `VISUAL=nano {command}`."
    )


def editor_failed(program: str, reason: str) -> str:
    return f"The editor {program} can't be started ({reason}). Fix VISUAL or EDITOR."


# what the command could not do


def unknown_word(
    word: str, near: list[str], exercises: list[str], commands: Collection[str]
) -> str:
    sentence = f"There is no exercise or command {word!r}."
    if near:
        sentence += f" Did you mean {_or([f'`{command}`' for command in near])}?"
    return f"{sentence} Exercises: {', '.join(exercises)}; commands: {', '.join(commands)}."


def one_exercise(other: str, command: str, all_of_them: str) -> str:
    return (
        f"One exercise is graded at a time, so {other} is one word too many: run `{command}`; "
        f"`{all_of_them}` grades all of them."
    )


def another_file(command: str) -> str:
    return f"To grade another file: `{command}`."


def file_of_which(file: str, command: str) -> str:
    return f"Which exercise is {file}? Name it first, such as `{command}`."


def no_completion(shell: str, shells: Sequence[str]) -> str:
    here = f"this shell is {shell}" if shell else "your shell can't be recognized from here"
    return (
        f"Completion works in {_or(list(shells))}; {here}. Start one of them in a terminal, such "
        "as `bash`, and run the command there."
    )


def which_exercise(command: str) -> str:
    return f"Which exercise? Name it, such as `{command}`."


def did_you_mean(options: list[str]) -> str:
    return f"Did you mean {_or(options)}? " if options else ""


def file_missing(file: str) -> str:
    return f"There is no file {file}. Give the path of your file after --file."


def file_is_folder(file: str) -> str:
    return f"{file} is a folder; give the path of your Python file after --file."


def file_unreadable(file: str) -> str:
    return f"{file} can't be read: check its permissions."


def bad_seed(seed: str) -> str:
    return (
        f"--seed {seed} is not a seed. Give the 1 to 16 hexadecimal digits that a grading "
        "printed, such as 2f6b00c4d1e89a73."
    )


def bad_timeout(seconds: str) -> str:
    return f"--timeout {seconds} is not a valid time. Give a number of seconds above 0, such as 30."


def operating_system(file: str | None, reason: str) -> str:
    if file is None:
        return (
            f"The system refused what grade needs: {reason}. Is the folder that you are in still "
            "there, and is the disk not full?"
        )
    return f"{file}: {reason}. Check that path and its permissions, then try again."


def unexpected(kind: str, text: str) -> str:
    return (
        f"grade itself failed ({kind}: {text}). This is not your fault. Set GRADE_TRACEBACK=1, "
        "run it again and report what it prints."
    )


STOPPED = "Stopped. Nothing of this run was saved."


def see_help(command: str) -> str:
    return f"See {command} --help."


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
