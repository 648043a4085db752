"""What ``grade verify`` found, in words."""

from grader.i18n import _, ngettext


def tally(check: str, runs: int, failures: int, bound: float) -> str:
    failed = ngettext("{count:,} failure", "{count:,} failures", failures).format(count=failures)
    rate = _("fails in less than {bound:.3%} (95% sure)").format(bound=bound)
    return "  ".join(("", check, _runs(runs), failed, rate))


def failure(seed: str, message: str, file: str) -> str:
    return f"    --file {file} --seed {seed}: {message}"


def mutation_score(
    exercise: str, share: float, caught: int, total: int, late: int, equivalent: int
) -> str:
    if late:
        # Translators: mutants are small changes to a solution; a check must notice ("catch") each.
        of_all = ngettext(
            "{caught} of {count:,} mutant caught, {late} by their time",
            "{caught} of {count:,} mutants caught, {late} by their time",
            total,
        )
    else:
        of_all = ngettext(
            "{caught} of {count:,} mutant caught", "{caught} of {count:,} mutants caught", total
        )
    parts = [exercise, f"{share:.1%}", of_all.format(caught=caught, count=total, late=late)]
    if equivalent:
        parts.append(_("{count} more listed as equivalent").format(count=equivalent))
    return " · ".join(parts)


def survivor(place: str, function: str) -> str:
    return _("  {place}: no check notices this change in {function}").format(
        place=place, function=function
    )


def flaw(path: str, line: int | None, what: str, fix: str) -> str:
    place = path if line is None else f"{path}:{line}"
    # Translators: a finding: where, what is wrong, and an order that fixes it.
    return _("{place}: {what}; {fix}.").format(place=place, what=what, fix=fix)


def verified(exercises: int, checks: int, misconceptions: int, submissions: int, flaws: int) -> str:
    parts = [
        ngettext("{count:,} exercise", "{count:,} exercises", exercises).format(count=exercises),
        _checks(checks),
        ngettext("{count:,} misconception", "{count:,} misconceptions", misconceptions).format(
            count=misconceptions
        ),
    ]
    if submissions:
        submitted = ngettext("{count:,} submission", "{count:,} submissions", submissions)
        parts.append(submitted.format(count=submissions))
    found = ngettext("{count:,} flaw", "{count:,} flaws", flaws).format(count=flaws)
    # Translators: the course is sound; no flaw was found in it.
    return " · ".join([*parts, found if flaws else _("sound")])


def repeated(checks: int, runs: int, failures: int) -> str:
    alarms = ngettext("{count:,} false alarm", "{count:,} false alarms", failures)
    return " · ".join((_checks(checks), _runs(runs), alarms.format(count=failures)))


def _checks(count: int) -> str:
    return ngettext("{count:,} check", "{count:,} checks", count).format(count=count)


def _runs(count: int) -> str:
    return ngettext("{count:,} run", "{count:,} runs", count).format(count=count)
