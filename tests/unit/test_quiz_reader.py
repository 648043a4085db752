"""Quiz files: all that they say, and each way of breaking one."""

from pathlib import Path

import pytest

from grader.quiz.questions import Choice, Choices, Number, Option, Own, Trace
from grader.quiz.reader import QuizError, load, read

QUIZ = Path(__file__).resolve().parents[1] / "courses/quizzes/quizzes/ex1_adding.toml"


def test_all_that_a_file_says() -> None:
    quiz = load(QUIZ)
    kinds = {each.id: each.kind for each in quiz.questions}
    assert kinds == {
        "two-and-two": "choice",
        "even-numbers": "choices",
        "how-long": "number",
        "prints-what": "trace",
        "your-sum": "own",
    }
    first, several, number, trace, own = quiz.questions
    assert isinstance(first, Choice) and isinstance(several, Choices) and isinstance(own, Own)
    assert isinstance(number, Number) and isinstance(trace, Trace)
    assert first.prompt == "What is `2 + 2`, in **whole** numbers?"
    assert (first.concepts, first.shuffle, first.image) == (("sums",), True, None)
    assert first.options[0] == Option("four", "`4`", True, "Two and two more are four.", 10)
    assert [option.correct for option in several.options] == [True, False, True]
    assert not several.shuffle
    assert (number.answer, number.tolerance, number.wrong[0].value) == (1200.0, 0.0, 1.0)
    assert trace.code.splitlines()[0] == 'words = ["a", "bc"]'
    assert (trace.answer, trace.answer_line) == ("[1, 2]", 76)
    assert own.options[0].text == "add(20, 3)"


SOUND = '''\
# a quiz
[[question]]
id = "one"
kind = "choice"
concept = ["sums"]
prompt = """
A text that looks like a file:
[[question]]
id = "two"
"""

  [[question.option]]
  id = "yes"
  text = "yes"
  correct = true
  why = "So it is."

  [[question.option]]
  id = "no"
  text = "no"
  why = """Not
so."""

[[question]]
id = "two"
kind = "number"
concept = ["counts"]
prompt = "How many?"
answer = 3
why = "Count."

  [[question.wrong]]
  value = 4
  why = "One too many."
'''


def test_the_sound_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND)
    assert [(each.id, each.line) for each in load(path).questions] == [("one", 2), ("two", 24)]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('prompt = "How many?"\n', "", 24, "this question has no prompt; add prompt = …"),
        ('id = "one"\n', "", 2, "this question has no id"),
        ('  id = "no"\n', "", 18, "this option has no id; add id = …"),
        ('  id = "no"\n', '  id = "2"\n', 19, "'2' is no id of an option; use lower-case"),
        ('  id = "no"\n', '  id = "yes"\n', 19, "the id 'yes' is that of line 12 already"),
        ('  text = "no"\n', "", 18, "this option has no text"),
        ('  why = "So it is."\n', "", 12, "this option has no why"),
        ('why = "Count."\n', "", 24, "this question has no why"),
        ("answer = 3\n", "", 24, "this question has no answer"),
        ('concept = ["counts"]\n', "", 24, "question 'two' has no concept"),
        ('["counts"]', "[]", 27, "question 'two' has no concept"),
        ('["counts"]', '"counts"', 27, "question 'two' has no concept"),
        ('text = "no"', 'text = "no"\n  correct = true', 2,
         "question 'one' has 2 right options (lines 12 and 18); leave correct = true at one"),
        ("  correct = true\n", "", 2, "question 'one' has no right option"),
        ('id = "two"\nkind', 'id = "one"\nkind', 25, "the id 'one' is that of line 3 already"),
        ('kind = "number"', 'kind = "numbers"', 26, "there is no kind 'numbers'; it is one of"),
        ('id = "two"\nkind', 'id = "Two 2"\nkind', 25, "'Two 2' is no id; use lower-case words"),
        ("answer = 3", 'answer = "3"', 29, "answer is not a number; write a number"),
        ("answer = 3", "answer = true", 29, "answer is not a number"),
        ("answer = 3", "answer = nan", 29, "answer is not a number"),
        ("answer = 3", "answer = 4", 33, "this wrong answer would be taken for the right one"),
        ("answer = 3", "answer = 3\ntolerance = -1", 30, "a tolerance is not negative"),
        ("answer = 3", "answer = 3\nimage = 1000", 30, "there is no image 1000; use 0 to 999"),
        ("answer = 3", "answer = 3\nimage = -1", 30, "there is no image -1"),
        ("answer = 3", "answer = 3\nshuffle = true", 30,
         "A question of kind number has no field 'shuffle'"),
        ("answer = 3", "answer = 3\nanswr = 3", 30, "has no field 'answr'; it has id, kind"),
        ("correct = true", "corect = true", 15, "An option of kind choice has no field 'corect'"),
        ("correct = true", "correct = 1", 15, "correct is not true or false"),
        ('text = "no"', 'text = " "', 20, "text is empty; write a string"),
        ('text = "no"', 'text = "yes "', 20, "this option of 'one' is there twice"),
        ('kind = "number"', 'kind = "trace"', 24, "this question has no code"),
        ('kind = "number"', 'kind = "choices"', 29, "of kind choices has no field 'answer'"),
        ("  [[question.option]]\n  id = \"no", "  [[question.options]]\n  id = \"no", 18,
         "A question of kind choice has no field 'options'"),
        ("[[question.wrong]]", "[question.wrong]", 32, "wrong is one table, not a list of them"),
        ("# a quiz", "title = 'Sums'", 1, "A quiz has no field 'title'; it has question"),
        ("answer = 3", "answer = ", 29, "this is not TOML (invalid value)"),
        ("answer = 3", "answer = 3\nanswer = 3", 30, "this is not TOML (cannot overwrite a value)"),
        ('["counts"]', '["counts"', 28, "this is not TOML"),
        ('why = "One too many."', 'why = "One', 34, "this is not TOML"),
    ],
)  # fmt: skip
def test_each_way_of_breaking_it(tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
    assert SOUND.count(old) == 1, old
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND.replace(old, new))
    with pytest.raises(QuizError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}, line {line}: ")
    assert told in sentence
    assert "\n" not in sentence and sentence.endswith(".")


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b"", 1, "there is no question; begin each question with a line [[question]]"),
        (b"# nothing\n", 1, "there is no question"),
        (b"question = 3\n", 1, "there is no question"),
        (b"\n[question]\nid = 'one'\n", 2, "there is no question"),
        (b"question = [3]\n", 1, "this question is no table"),
        (b"a = 1\n\xff\n", 2, "this is not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_what_is_no_quiz_at_all(tmp_path: Path, content: bytes, line: int, told: str) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_bytes(content)
    with pytest.raises(QuizError) as caught:
        load(path)
    assert (caught.value.line, told in str(caught.value)) == (line, True)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuizError, match=r"gone\.toml: it can't be read \(No such file"):
        load(tmp_path / "gone.toml")


def test_all_that_is_wrong_is_found_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND.replace("  correct = true\n", "") + SOUND.replace('"two"', '"three"'))
    questions, errors = read(path)
    assert [each.id for each in questions] == ["two", "one", "three"]
    assert [(error.line, error.what) for error in errors] == [
        (2, "question 'one' has no right option")
    ]


def test_a_question_without_options(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_text(SOUND.partition('id = "two"\nkind')[0] + 'id = "two"\nkind = "choice"\n'
                    'concept = ["sums"]\nprompt = "Which?"\n')  # fmt: skip
    with pytest.raises(QuizError, match=r"line 24: question 'two' has no options; write at least"):
        load(path)
    path.write_text(
        SOUND.replace('[[question.option]]\n  id = "no"\n  text = "no"\n  why = """Not\nso."""', "")
    )
    with pytest.raises(QuizError, match=r"line 2: question 'one' has 1 option; write at"):
        load(path)


def test_other_ways_to_write_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ex1_adding.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert [each.line for each in load(path).questions] == [2, 24]
    literal = SOUND.replace('"""\nA text', "'''\nA \"\"\"text").replace(
        '"two"\n"""', "\"two\"\n'''"
    )
    path.write_text(literal)
    assert [each.line for each in load(path).questions] == [2, 24]
