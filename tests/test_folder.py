"""A stranger's folder: nothing in it makes us read, change or delete what is elsewhere.

Where a test has a control, the same trick succeeds there without our care.
"""

import grp
import json
import os
import pwd
import shutil
import signal
import sqlite3
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

import grader
from grader import cli, folder, store
from grader.cli.exits import Complaint
from grader.cli.terminal.prompts import FromFile
from grader.course import Course
from grader.doctor import packages
from grader.doctor.finding import GOOD
from grader.progress import SCHEMAS
from grader.quiz.review import rescheduled
from grader.quiz.store import Answer, Card, QuizStore
from grader.store import Store
from grader.workspace import Workspace, WorkspaceError
from support import called, flat, run

FIRST = "ex1_predictions.py"
ENDLESS = "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c)"
LONG = ENDLESS.replace(" FROM c)", " FROM c LIMIT 100000)", 1)

Give = Callable[[Path], None]


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Makes a file another user's; for an ordinary user, by making us another one."""

    def to_stranger(path: Path) -> None:
        if os.geteuid() == 0:
            os.lchown(path, 12_345, 12_345)
        else:
            other = path.lstat().st_uid + 1
            monkeypatch.setattr(os, "geteuid", lambda: other)

    return to_stranger


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """A workspace with one file."""
    (tmp_path / "work/exercises").mkdir(parents=True)
    (tmp_path / "work/exercises" / FIRST).write_text("x = 1\n")
    return Workspace(tmp_path / "work")


# reading


def test_no_part_of_a_path_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob/file.py").write_text("secret")
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna/file.py").symlink_to("../bob/file.py")
    (tmp_path / "anna/hw").symlink_to("../bob")
    (tmp_path / "anna/round").symlink_to("round")
    for name, link in (("file.py", "it is"), ("hw/file.py", str(tmp_path / "anna/hw is"))):
        path = tmp_path / "anna" / name
        assert path.read_text() == "secret"  # the control
        with pytest.raises(OSError, match=f"{link} a link"):
            folder.read(path, 100)
        assert folder.read(path, 100, follow=True) == b"secret"
        with pytest.raises(grader.GradingError, match=f"{link} a link"):
            grader.grade("ex1", path)
    assert folder.read(tmp_path / "anna/../bob/./file.py", 3) == b"sec"
    with pytest.raises(OSError, match="leads nowhere"):
        folder.read(tmp_path / "anna/round", 100, follow=True)


def test_a_typed_link_is_followed_where_its_owner_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in a folder that an archive may have brought."""
    for name in ("bob", "class/anna", "home", "here/below"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "bob/file.py").write_text("secret")
    (tmp_path / "class/anna/file.py").symlink_to("../../bob/file.py")
    (tmp_path / "class/anna/hw").symlink_to("../../bob")
    (tmp_path / "home/work").symlink_to(tmp_path / "bob")
    (tmp_path / "here/link.py").symlink_to("../home/work/file.py")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "here/below")
    for path in (tmp_path / "class/anna/file.py", Path("../../class/anna/hw/file.py")):
        assert path.read_text() == "secret"  # the control
        with pytest.raises(OSError, match=r"anna/(file\.py|hw) is a link to \.\./\.\./bob"):
            folder.read(path, 100, follow="typed")
    done = called(tmp_path, "ex1", "--file", "class/anna/file.py", HOME=str(tmp_path))
    assert done.returncode == 2
    assert "class/anna/file.py is a link to ../../bob/file.py" in " ".join(done.stderr.split())
    with pytest.raises(OSError, match="is a link to"):
        folder.behind_links(tmp_path / "class/anna/hw/new")
    for path in (tmp_path / "home/work/file.py", Path("../link.py")):
        assert folder.read(path, 100, follow="typed") == b"secret"
    assert folder.behind_links(tmp_path / "home/work/new") == tmp_path / "bob/new"
    monkeypatch.chdir(tmp_path / "class/anna")
    assert folder.read(Path("hw/file.py"), 100, follow="typed") == b"secret"


def test_a_typed_link_of_another_user_is_not_followed(tmp_path: Path, give: Give) -> None:
    (tmp_path / "file.py").write_text("secret")
    for name, target in (("link.py", "file.py"), ("here", ".")):
        (tmp_path / name).symlink_to(target)
        give(tmp_path / name)
    for path in (tmp_path / "link.py", tmp_path / "here/file.py"):
        assert path.read_text() == "secret"  # the control
        with pytest.raises(OSError, match="is a link of "):
            folder.read(path, 100, follow="typed")


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/tty")):
        with pytest.raises(OSError, match="it is no regular file"):
            folder.read(path, 100)
    with pytest.raises(IsADirectoryError):
        folder.read(tmp_path, 100)
    with pytest.raises(IsADirectoryError):
        folder.read(Path("/"), 100)


# writing


def test_a_planted_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, planted = tmp_path / "victim", tmp_path / ".mine.py.guessed~"
    victim.write_text("precious")
    planted.symlink_to(victim)
    with planted.open("ab") as file:  # the control
        file.write(b"?")
    assert victim.read_text() == "precious?"
    monkeypatch.setattr(folder.secrets, "token_hex", lambda size: "guessed")
    with pytest.raises(FileExistsError):
        folder.write_new(tmp_path / "mine.py", b"new")
    assert (victim.read_text(), planted.is_symlink()) == ("precious?", True)
    monkeypatch.undo()
    assert folder.write_new(tmp_path / "mine.py", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [planted.name, "mine.py", "victim"]


def test_what_is_written_replaces_one_name_and_keeps_its_permissions(tmp_path: Path) -> None:
    victim, mine = tmp_path / "victim", tmp_path / "mine.py"
    victim.write_text("precious")
    victim.chmod(0o640)
    mine.hardlink_to(victim)
    assert not folder.write_new(mine, b"new")
    folder.replace(mine, b"new")
    assert (victim.read_text(), mine.read_text()) == ("precious", "new")
    assert stat.S_IMODE(mine.stat().st_mode) == 0o640
    assert folder.write_new(tmp_path / "copy.py", b"new", folder.permissions(mine))
    assert stat.S_IMODE((tmp_path / "copy.py").stat().st_mode) == 0o640
    mine.unlink()
    mine.symlink_to(victim)
    assert not folder.write_new(mine, b"newer")
    with pytest.raises(OSError, match="it is a link"):
        folder.replace(mine, b"newer")
    assert victim.read_text() == "precious"


def test_what_a_killed_grade_left_is_deleted_later(tmp_path: Path) -> None:
    left = f".mine.py.{'0a' * 8}~"
    names = [left, f".mine.py.{'0b' * 8}~", ".mine.py.mine~", f".other.py.{'0a' * 8}~"]
    for name in names:
        (tmp_path / name).write_text("half")
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / names[1])  # one that may still be written
    planted = tmp_path / f".mine.py.{'0c' * 8}~"
    planted.symlink_to(tmp_path / names[2])
    folder.replace(tmp_path / "mine.py", b"new")
    found = {path.name for path in tmp_path.iterdir()}
    assert found == {"mine.py", *names[1:], planted.name}


def test_nothing_is_written_in_a_folder_of_another_user(tmp_path: Path, give: Give) -> None:
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna/there.py").write_text("hers")
    give(tmp_path / "anna")
    with pytest.raises(PermissionError, match="it belongs to "):
        folder.write_new(tmp_path / "anna/new.py", b"")
    with pytest.raises(PermissionError, match="it belongs to "):
        folder.replace(tmp_path / "anna/there.py", b"")
    assert [path.read_text() for path in (tmp_path / "anna").iterdir()] == ["hers"]


# which workspace


@pytest.mark.parametrize("mode", [0o777, 0o1777])
def test_the_search_stops_at_what_others_may_write(
    work: Workspace, course: Course, mode: int
) -> None:
    below = work.root / "deep/deeper"
    below.mkdir(parents=True)
    assert Workspace.find(course, below) == work  # the control
    work.root.chmod(mode)
    assert Workspace.find(course, below) is None
    for here in (work.root, work.root / "exercises"):  # there one stands
        assert Workspace.find(course, here) == work


@pytest.mark.parametrize(("name", "members", "others"), [("", [], False), ("staff", [], True),
                                                        ("", ["bob"], True)])  # fmt: skip
def test_a_group_of_ones_own_is_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, members: list[str], others: bool
) -> None:
    """Many systems give each user one, and let it write."""
    number = tmp_path.stat().st_gid
    me = pwd.struct_passwd(("me", "x", os.geteuid(), number, "", "/", "/bin/sh"))
    group = grp.struct_group((name or "me", "x", number, members))
    monkeypatch.setattr(folder.pwd, "getpwuid", lambda number: me)
    monkeypatch.setattr(folder.grp, "getgrgid", lambda number: group)
    assert not folder.shared(tmp_path)
    tmp_path.chmod(0o775)
    assert folder.shared(tmp_path) is others


def test_the_search_stops_at_another_user(work: Workspace, course: Course, give: Give) -> None:
    (work.root / "deep").mkdir()
    give(work.root)
    assert Workspace.find(course, work.root / "deep") is None
    found = Workspace.find(course, work.root)
    assert found == work and "belongs to" in found.read_only


def test_files_without_a_folder_exercises(tmp_path: Path, work: Workspace, course: Course) -> None:
    """They are what is meant where they are; the workspace above is not."""
    exercise, here = course.exercises[0], work.root / "handed-in"
    assert Workspace.find(course, work.root / "exercises") == work
    here.mkdir()
    (here / FIRST).write_text("def softmax(:\n")
    found = Workspace.find(course, here)
    assert found == Workspace(here, flat=True) and found.submission(exercise) == here / FIRST
    assert found.submissions(course) == {exercise: here / FIRST}
    with pytest.raises(WorkspaceError, match="is not a workspace"):
        found.progress.count_hint(exercise, "softmax")
    done = called(here, "all")
    kept = f"Nothing was saved: {here} is not a workspace: the files are in"
    assert kept.replace(" ", "") in flat(done.stdout).replace(" ", "")  # a long path may be broken
    (report,) = json.loads(called(here, "all", "--json").stdout)
    assert report["submission"] == str(here / FIRST)
    (work.root / "deep").mkdir()
    done = called(work.root / "deep", "all")  # files elsewhere are graded, and named
    assert "".join(f"The files are in {work.root}/exercises.".split()) in "".join(
        done.stdout.split()
    )
    assert [path.name for path in here.iterdir()] == [FIRST]


def test_the_courses_own_files_are_meant_in_its_folder_only(tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(Path(__file__).parent / "courses/small", root)
    small = Course(root)
    for here in (root, root / "exercises"):
        assert Workspace.find(small, here) == Workspace(root)
    assert Workspace.find(small, root / "solutions") is None


def test_nowhere_nothing_is_graded(tmp_path: Path) -> None:
    for words in (["ex1"], ["all"], ["all", "--json"]):
        done = called(tmp_path, *words)
        assert (done.returncode, done.stdout) == (2, "") and "`grade init work`" in done.stderr


# what else is read or run


@pytest.mark.thorough
def test_modules_in_the_folder_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tensorflow.py", "keras.py"):
        (tmp_path / name).write_text("open('trap', 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    subprocess.run([sys.executable, "-c", "import tensorflow"], check=True)  # the control
    (tmp_path / "trap").unlink()
    assert packages.imported().state == GOOD
    assert not (tmp_path / "trap").exists()


def test_an_empty_folder_of_pythonpath_is_the_one_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PYTHONPATH=$PYTHONPATH:lib leaves one: Python would find a stranger's random.py first."""
    monkeypatch.chdir(tmp_path)
    python = [str(tmp_path / "lib"), str(tmp_path), "/usr/lib/python3"]
    for variable, path in ((":lib", [python[2], *python[:2]]), ("lib", [*python[1:], python[0]])):
        monkeypatch.setenv("PYTHONPATH", variable)
        monkeypatch.setattr(sys, "path", python.copy())
        cli._prefer_own_library()
        assert sys.path == path
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    cli._prefer_own_library()


def test_answers_are_no_pipe_and_not_endless(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "deep").write_text("a = " + "[" * 50_000)
    (tmp_path / "huge").write_text("#" * (2 << 20))
    for name, why in (
        ("pipe", "it is no regular file"),
        ("/dev/zero", "it is no regular file"),
        ("deep", "nested too deeply"),
        ("huge", "it is larger than 1024 KiB"),
    ):
        with pytest.raises(Complaint, match=why):
            FromFile(tmp_path / name, plain=True)


def test_a_file_that_is_read_in_part_is_not_reset(work: Workspace) -> None:
    file = work.root / "exercises" / FIRST
    with file.open("r+b") as opened:
        opened.truncate((16 << 20) + 1)
    done = called(work.root, "reset", "ex1", "--yes")
    assert done.returncode == 2 and "is larger than 16 MiB" in done.stderr
    assert [file.stat().st_size] == [path.stat().st_size for path in file.parent.iterdir()]


@pytest.mark.parametrize("depth", [1, 50_000])
def test_a_card_that_is_none_of_the_schedulers(depth: int) -> None:
    when = datetime.now(UTC)
    with pytest.raises(ValueError, match="no state of a card"):
        rescheduled(Card(when, '{"a":' * depth), right=False, at=when, review=True)


# whose workspace


def test_in_a_strangers_workspace_nothing_is_kept(
    work: Workspace, course: Course, give: Give
) -> None:
    exercise = course.exercises[0]
    work.progress.count_hint(exercise, "softmax")
    before = snapshot(work.root)
    give(work.root)
    for use in (
        lambda: work.progress.count_hint(exercise, "softmax"),
        lambda: work.progress.last(exercise),
        work.progress.can_keep,
        QuizStore(work.store).answers,
        work.progress.standings,
    ):
        with pytest.raises(WorkspaceError, match="only reads in other users' folders"):
            use()
    assert snapshot(work.root) == before


@pytest.mark.thorough
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_commands_in_a_strangers_workspace(work: Workspace, give: Give) -> None:
    give(work.root)
    before = snapshot(work.root)
    done = called(work.root, "ex1")
    assert "predicted_labels is missing" in done.stdout
    told = f"Nothing was saved: {work.root} belongs to user 12345"  # the path may be cut
    assert "".join(told.split()) in "".join(done.stdout.split())
    for words in (["reset", "ex1", "--yes"], ["replay", "ex1"], ["hint", "ex1"], ["init"]):
        done = called(work.root, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "belongs to user 12345, and grade only reads" in done.stderr
    assert snapshot(work.root) == before


@pytest.mark.thorough
def test_a_named_file_leaves_its_folder_alone(work: Workspace, tmp_path: Path) -> None:
    file = work.root / "exercises" / FIRST
    before = snapshot(work.root)
    done = called(tmp_path, "ex1", "--file", str(file))
    assert "Nothing was saved: you are not in a workspace." in done.stdout
    (tmp_path / "flat").mkdir()
    (tmp_path / "flat" / FIRST).write_text("")
    done = called(tmp_path / "flat", "ex1", "--file", str(file))
    assert "is not in the workspace that you are in." in flat(done.stdout)
    assert snapshot(work.root) == before
    called(work.root, "ex1", "--file", str(file), "--json")
    assert work.store.path.is_file()  # the control: there one stands


@pytest.mark.thorough
def test_links_in_a_workspace_are_not_followed(tmp_path: Path, course: Course) -> None:
    """Also in one's own: it may come from an archive."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / FIRST).write_text("SECRET-HASH\n")
    before = snapshot(secret)
    for name, link in (("a", f"exercises/{FIRST}"), ("b", "exercises")):
        target = secret / FIRST if link.endswith(".py") else secret
        (tmp_path / name / link).parent.mkdir(parents=True)
        (tmp_path / name / link).symlink_to(target)
        assert (tmp_path / name / "exercises" / FIRST).read_text() == "SECRET-HASH\n"  # control
        for words in (["ex1"], ["reset", "ex1", "--yes"], ["open", "ex1"]):
            done = called(tmp_path / name, *words)
            assert done.returncode == 2 and "a link" in done.stderr
            assert "SECRET-HASH" not in done.stdout + done.stderr
    assert snapshot(secret) == before


def test_temporary_files_of_another_user(
    work: Workspace, tmp_path: Path, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who owns the folder may put other files in the place of those that graders read."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs").chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "theirs"))
    grader.Server().close()  # the control
    give(tmp_path / "theirs")
    with pytest.raises(grader.GradingError, match=r"theirs, which belongs to .*Set TMPDIR"):
        grader.Server()
    if os.geteuid() == 0:
        shutil.copy(Course.open().exercise("ex1").solution, work.root / "exercises" / FIRST)
        done = run(work.root, "ex1", TMPDIR=str(tmp_path / "theirs"))
        assert done.returncode == 2
        assert "Set TMPDIR to a folder of your own" in " ".join(done.stderr.split())
    assert list((tmp_path / "theirs").iterdir()) == []


# the database


def test_a_journal_beside_the_database_is_not_rolled_back(
    work: Workspace, course: Course, tmp_path: Path
) -> None:
    """SQLite would delete the file that a journal names as its super-journal."""
    victim = tmp_path / "thesis.txt"
    work.progress.can_keep()
    journal = Path(f"{work.store.path}-journal")
    for control in (False, True):
        victim.write_text("years of work")
        journal.write_bytes(hot_journal(work.store.path, victim))
        if control:
            with closing(sqlite3.connect(work.store.path)) as connection:
                connection.execute("SELECT * FROM grading")
            assert not victim.exists()
        else:
            for use in (work.progress.can_keep, work.progress.standings):
                with pytest.raises(WorkspaceError, match="grade never leaves one"):
                    use()
            assert victim.read_text() == "years of work" and journal.exists()


def hot_journal(database: Path, names: Path) -> bytes:
    """A journal that SQLite takes for one of an interrupted transaction."""
    page, name, magic = 4096, os.fsencode(names), bytes.fromhex("d9d505f920a163d7")
    pages = database.stat().st_size // page
    header = magic + struct.pack(">IIIII", 0, 0, pages, 512, page)
    end = struct.pack(">I", 0x40000000 // page + 1) + name
    return header.ljust(512, b"\0") + end + struct.pack(">II", len(name), sum(name)) + magic


@pytest.mark.parametrize(
    ("change", "trigger"),
    [
        (f"ALTER TABLE grading RENAME TO g; CREATE VIEW grading AS SELECT *, {ENDLESS} z FROM g",
         "SELECT * FROM grading"),
        (f"CREATE TRIGGER t AFTER INSERT ON hint BEGIN SELECT {ENDLESS}; END",
         "INSERT INTO hint VALUES ('', '', 1)"),
        (f"ALTER TABLE hint RENAME TO h; CREATE VIEW hint AS SELECT exercise, name, {ENDLESS} asked"
         " FROM h", "SELECT * FROM hint"),
    ],
)  # fmt: skip
def test_views_and_triggers_do_not_run(
    work: Workspace, course: Course, change: str, trigger: str
) -> None:
    work.progress.count_hint(course.exercises[0], "softmax")
    with closing(sqlite3.connect(work.store.path)) as connection:
        connection.executescript(change)
        connection.execute("INSERT INTO g VALUES (1,'','','','',0,0,0,'','','',0)") if (
            "grading" in trigger
        ) else None
        connection.commit()
        connection.set_progress_handler(lambda: True, 1_000_000)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):  # the control
            connection.execute(trigger).fetchall()
        connection.rollback()
    for use in (
        work.progress.can_keep,
        work.progress.standings,
        lambda: work.progress.last(course.exercises[0]),
    ):
        with pytest.raises(WorkspaceError, match="its tables are not those that grade makes"):
            use()


def test_the_database_is_no_link_and_nobody_elses(
    work: Workspace, tmp_path: Path, give: Give
) -> None:
    mail = tmp_path / "mail.db"
    with closing(sqlite3.connect(mail)) as connection:
        connection.execute("CREATE TABLE mail (x)")
    before = mail.read_bytes()
    work.store.path.parent.mkdir()
    work.store.path.symlink_to(mail)
    fails(work, "it is a link")
    work.store.path.unlink()
    work.store.path.symlink_to(tmp_path / "none.db")
    fails(work, "it is a link")
    work.store.path.unlink()
    work.store.path.hardlink_to(mail)
    fails(work, "its tables are not those")
    work.store.path.unlink()
    os.mkfifo(work.store.path)
    fails(work, "it is no regular file")
    shutil.rmtree(work.store.path.parent)
    (tmp_path / "elsewhere").mkdir()
    work.store.path.parent.symlink_to(tmp_path / "elsewhere")
    fails(work, ".grade is a link")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    work.store.path.parent.unlink()
    work.progress.can_keep()
    give(work.store.path)
    fails(work, "belongs to")
    assert mail.read_bytes() == before and not (tmp_path / "none.db").exists()


def fails(work: Workspace, why: str) -> None:
    """Progress is neither kept nor read."""
    for use in (work.progress.can_keep, work.progress.standings):
        with pytest.raises(WorkspaceError, match=why):
            use()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE answer SET share = 'much'",
        "UPDATE answer SET share = 9e99",
        "UPDATE answer SET round = x'00'",
        "UPDATE answer SET round = -1",
        "UPDATE answer SET given = x'ff'",
        "UPDATE answer SET at = 'yesterday'",
        "UPDATE answer SET at = '2026-01-01'",
        "UPDATE answer SET at = '9999-12-31T23:59:59-14:00'",
        "UPDATE answer SET at = '0001-01-01T00:00:00+14:00'",
    ],
)
def test_values_of_other_kinds(work: Workspace, change: str) -> None:
    answered(work)
    with closing(sqlite3.connect(work.store.path)) as connection:
        connection.execute(change)
        connection.commit()
    with pytest.raises(WorkspaceError, match="it holds a value that is not grade's"):
        QuizStore(work.store).answers()


def test_texts_are_cleaned(work: Workspace) -> None:
    answered(work)
    with closing(sqlite3.connect(work.store.path)) as connection:
        connection.execute("UPDATE answer SET question = char(27) || '[31m' || char(155)")
        connection.execute("UPDATE answer SET exercise = CAST(x'66ff' AS TEXT)")
        connection.commit()
    (answer,) = QuizStore(work.store).answers()
    assert (answer.question, answer.exercise) == ("\ufffd[31m\ufffd", "f\ufffd")


def answered(work: Workspace) -> None:
    """Keep an answer."""
    from datetime import UTC, datetime

    def never(card: Card | None) -> None:
        return None

    QuizStore(work.store).keep(Answer("ex1", "one", 1, '["a"]', 0.5, datetime.now(UTC)), never)


def test_a_damaged_or_huge_database(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    work.progress.can_keep()
    whole = bytearray(work.store.path.read_bytes())
    whole[4096 * 2 :] = os.urandom(len(whole) - 4096 * 2)
    work.store.path.write_bytes(whole)
    fails(work, "can't be used")
    assert work.store.path.read_bytes() == whole
    monkeypatch.setattr(store, "MAX_SIZE", len(whole) - 1)
    fails(work, "it is larger than grade ever makes it")


def test_what_defines_a_table_is_not_read_without_end(work: Workspace) -> None:
    """To take sixty megabytes of it apart, word by word, would need two gigabytes."""
    work.progress.can_keep()
    with closing(sqlite3.connect(work.store.path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        change = "UPDATE sqlite_master SET sql = replace(sql, 'CREATE', 'CREATE /*' || ? || '*/')"
        connection.execute(f"{change} WHERE name = 'grading'", (" a" * 100_000,))
        connection.commit()
    with closing(sqlite3.connect(work.store.path)) as connection:
        assert connection.execute("SELECT * FROM grading").fetchall() == [], "SQLite takes it"
        words = store._tables(connection)
    assert max(map(len, words)) < 10_000
    fails(work, "its tables are not those")


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SECONDS", 0.0)
    kept = Store(tmp_path / ".grade/db", ("CREATE TABLE a (b)",))
    with pytest.raises(WorkspaceError, match="interrupted"), kept.writing() as connection:
        connection.execute(f"SELECT {ENDLESS}")


def test_each_reading_has_the_whole_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a look at the progress lasts, as where somebody answers questions meanwhile."""
    now = 0.0
    monkeypatch.setattr(store, "time", SimpleNamespace(monotonic=lambda: now))  # nobody else's
    kept = Store(tmp_path / ".grade/db", ("CREATE TABLE a (b)",))
    with kept.writing() as connection:
        connection.execute("INSERT INTO a VALUES (1)")

    def counted(share: float) -> int:
        nonlocal now
        with kept.reading() as connection:
            assert connection is not None
            now += share * store.SECONDS
            ((found,),) = connection.execute(f"SELECT {LONG}")
            return int(found)

    with kept.looking():
        assert [counted(0.7), counted(0.7)] == [100_000] * 2
        with pytest.raises(WorkspaceError, match="interrupted"):
            counted(1.1)


def test_ctrl_c_ends_what_sqlite_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SECONDS", 1e6)
    kept = Store(tmp_path / ".grade/db", ("CREATE TABLE a (b)",))
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt), kept.writing() as connection:
            connection.execute(f"SELECT {ENDLESS}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not kept.path.exists()


def test_spaces_and_comments_in_tables_may_differ(work: Workspace) -> None:
    """Those of an older grade do."""
    work.store.path.parent.mkdir()
    plain = "".join(
        " ".join(line.partition("--")[0] for line in each.splitlines()) for each in SCHEMAS
    )
    with closing(sqlite3.connect(work.store.path)) as connection:
        connection.executescript(f"{plain} PRAGMA user_version = {len(SCHEMAS)}")
    assert work.progress.standings() == {}
    answered(work)
    assert len(QuizStore(work.store).answers()) == 1


def test_what_sqlite_takes_for_a_name_is_no_space(work: Workspace) -> None:
    """Spaces other than ASCII's: the columns would not be those that are asked for."""
    work.store.path.parent.mkdir()
    strange = SCHEMAS[0].replace("seed TEXT", "seed\N{NO-BREAK SPACE} TEXT")
    with closing(sqlite3.connect(work.store.path)) as connection:
        connection.executescript(strange + "".join(SCHEMAS[1:]))
        connection.execute(f"PRAGMA user_version = {len(SCHEMAS)}")
        names = [name for _, name, *_ in connection.execute("PRAGMA table_info(grading)")]
        assert "seed\N{NO-BREAK SPACE}" in names
    fails(work, "its tables are not those")


def test_what_is_kept_is_for_nobody_else(work: Workspace) -> None:
    kept = work.store.path.parent
    before = os.umask(0)
    try:
        work.progress.can_keep()
        assert stat.S_IMODE(kept.stat().st_mode) == 0o700
        kept.chmod(0o777)  # by an older grade
        work.progress.can_keep()
        assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_one_writes_at_a_time_also_if_the_lock_is_deleted(
    work: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waited for a file that is gone would go on beside one who has the new file."""
    work.progress.can_keep()
    kept = work.store.path.parent
    lock = kept / "lock"
    monkeypatch.setattr(store, "SECONDS", 0.2)
    with folder.opened(kept) as here:
        with store.locked(here):
            assert not _free(here)
            lock.rename(kept / "gone")
            with store.locked(here):
                (kept / "gone").unlink()
                assert not _free(here)
        assert _free(here)


def _free(kept: folder.Folder) -> bool:
    try:
        with store.locked(kept):
            return True
    except BlockingIOError:
        return False


def snapshot(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder, its mode and content."""
    return {
        str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
    }
