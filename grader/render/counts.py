"""The points of a grading, and how many checks passed, in words."""

from grader.i18n import _, ngettext

# Translators: these three stand in place of points.
TODO = _("to do")
WAITS = _("waits")
NOT_GRADED = _("not graded")


def points(reached: float, most: float) -> str:
    return f"{reached:g}/{most:g}"


def bonus_points(reached: float, most: float) -> str:
    return _("bonus {reached:g}/{most:g}").format(reached=reached, most=most)


def craft_points(reached: float, most: float) -> str:
    return _("craft {reached:g}/{most:g}").format(reached=reached, most=most)


def of_points(points: float, most: float, bonus: float = 0) -> str:
    if bonus:
        template = _("{points:g} of {most:g} points and {bonus:g} bonus")
        return template.format(points=points, most=most, bonus=bonus)
    return _("{points:g} of {most:g} points").format(points=points, most=most)


def took(value: float) -> str:
    return f"{value:.1f} s"


def more_fail(count: int) -> str:
    return ngettext(
        "{count} more check fails. Fix the first one first",
        "{count} more checks fail. Fix the first one first",
        count,
    ).format(count=count)


def all_passed(checks: int, points: float, bonus: float, seconds: float) -> str:
    if checks == 1:
        count = _("The check passed")
    else:
        count = ngettext("All {count} checks passed", "All {count} checks passed", checks)
    parts = (count.format(count=checks), of_points(points, points, bonus), took(seconds))
    return " · ".join(parts)


def some_passed(
    points: float, most: float, bonus: float, passed: int, checks: int, seconds: float
) -> str:
    count = ngettext("{passed} of {count} checks", "{passed} of {count} checks", checks)
    parts = (
        of_points(points, most, bonus),
        count.format(passed=passed, count=checks),
        took(seconds),
    )
    return " · ".join(parts)


def not_graded_now(seconds: float) -> str:
    return _("Not graded: this run does not count · {seconds:.1f} s").format(seconds=seconds)
