"""Every quick screen at three widths; ``scripts/screens.py`` has more, and draws them."""

import pytest

from shots import PIPED, SHOTS, Studio, faults

pytestmark = pytest.mark.thorough

QUICK = [name for name, shot in SHOTS.items() if shot.quick]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(tmp_path_factory.mktemp("studio"))


@pytest.mark.parametrize("name", QUICK)
def test_a_screen_keeps_the_rules(studio: Studio, name: str) -> None:
    shot = SHOTS[name]
    modes = ["60", "200"] if shot.keys else PIPED
    taken = {mode: studio.take(shot, mode) for mode in modes}
    assert list(faults(shot, taken)) == []
    assert len({str(each.code) for each in taken.values()}) == 1
