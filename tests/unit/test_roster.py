"""Rosters as systems export them, and as people save them."""

import pytest

from grader.classroom import roster
from grader.classroom.roster import Person, spellings
from grader.errors import ClassError

ADA = {"sid": "007", "email": "ada@x.org"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("First name,Surname,ID number,Email address\nAda,Lovelace,007,ada@x.org\n", ADA),
        ("Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Lovelace;007;ada@x.org\n", ADA),
        ("First Name,Last Name,SID,Email,Sections\nAda,Lovelace,007,ada@x.org,\n", ADA),
        (
            "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
            "Ada Lovelace,12,007,ada@x.org,\n",
            ADA | {"canvas": "12"},
        ),
        (
            "OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator\n"
            "#007,#ada,Lovelace,Ada,\n",
            {"sid": "007", "username": "ada"},
        ),
        (
            "Last Name\tFirst Name\tUsername\tStudent ID\nLovelace\tAda\tada\t007\n",
            {"sid": "007", "username": "ada"},
        ),
    ],
)
def test_what_systems_export(text: str, ids: dict[str, str]) -> None:
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        (person,) = roster.parsed(data)
        assert person == Person("Ada Lovelace", "Ada Lovelace", ids)
        assert person.ids == ids
    assert roster.parsed(roster.written([person])) == [person]


def test_what_is_in_quotes_separates_no_cells() -> None:
    (person,) = roster.parsed(b'"Remarks; in a; few; words",name,sid\n,Ada,7\n')
    assert (person.learner, person.ids) == ("Ada", {"sid": "7"})


def test_the_students_of_nbgrader() -> None:
    (person,) = roster.parsed(b"id,first_name,last_name,email\nada7,Ada,Lovelace,ada@x.org\n")
    assert (person.learner, person.name, person.ids) == (
        "ada7",
        "Ada Lovelace",
        {"email": "ada@x.org"},
    )


def test_two_of_one_name_have_their_ids() -> None:
    people = roster.parsed(b"name,sid,group\nJo Li,1,A\nJo Li,2,A\nAda,3,B\nBo,4,B\n")
    assert [each.learner for each in people] == ["Jo Li", "Jo Li (2)", "Ada", "Bo"]
    assert [each.ids for each in people] == [{"sid": n} for n in "1234"], "a group is no id"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,email\nAda,a@x.org\nBo,a@x.org\n", "the email of Ada and Bo is the same, a@x.org"),
        ("name,email\nLovelace, Ada,a@x.org\n", "line 2: this row has 3 cells, and line 1 has 2"),
        ("group,email\n1,a@x.org\n", "there is no column name"),
    ],
)
def test_what_would_go_to_another_person_is_said(text: str, says: str) -> None:
    with pytest.raises(ClassError, match=says):
        roster.parsed(text.encode())


def test_long_names_may_begin_with_the_last_one() -> None:
    full, sortable = "Juan Carlos de la Cruz García", "Cruz García, Juan Carlos de la"
    assert spellings(sortable) & spellings(full)
    assert not spellings("Juan Carlos de la Cruz") & spellings(full)


def test_ids_that_all_share_are_told_at_once() -> None:
    """Each pair was once compared with each person: 2,000 took a minute."""
    rows = [f"P{n},{n % 1000}@x.org\n" for n in range(20_000)]
    with pytest.raises(ClassError) as told:
        roster.parsed(("name,email\n" + "".join(rows)).encode())
    assert str(told.value).count("is the same") == 10
    assert "P0, P1000," in str(told.value) and "P10000," not in str(told.value)
