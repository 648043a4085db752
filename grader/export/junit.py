"""JUnit XML, as pytest writes it: one suite for each submission.

Source: https://github.com/jenkinsci/xunit-plugin, junit-10.xsd
"""

import xml.etree.ElementTree as ET  # it escapes what it writes, and reads nothing here
from collections.abc import Iterable

from grader.clean import clean, sentence
from grader.export.words import outcome
from grader.report import CheckResult, Report, Verdict

_FAILURES = (Verdict.FAILED, Verdict.TIMEOUT, Verdict.ERROR, Verdict.TODO)


def junit(reports: Iterable[tuple[str, Report]]) -> bytes:
    """Reports as XML.

    What was wrong is a failure, what was not graded an error, what waited for another check is
    skipped.

    Args:
        reports: each with the name of the learner, which may be empty.
    """
    suites = ET.Element("testsuites")
    for learner, report in reports:
        suites.append(_suite(learner, report))
    ET.indent(suites)
    return ET.tostring(suites, encoding="utf-8", xml_declaration=True)


def _suite(learner: str, report: Report) -> ET.Element:
    verdicts = [check.verdict for check in report.checks]
    suite = ET.Element(
        "testsuite",
        name=clean(f"{learner}: {report.exercise}" if learner else report.exercise),
        tests=str(len(verdicts)),
        failures=str(sum(verdict in _FAILURES for verdict in verdicts)),
        errors=str(verdicts.count(Verdict.ACCIDENT)),
        skipped=str(verdicts.count(Verdict.BLOCKED)),
        time=f"{report.seconds:.3f}",
    )
    if report.time is not None:
        suite.set("timestamp", report.time.isoformat())
    properties = ET.SubElement(suite, "properties")
    values = {
        "learner": learner,
        "score": f"{report.score:g}",
        "max_score": f"{report.max_score:g}",
        "seed": f"{report.seed:016x}",
        "protection": report.protection.level,
        "course": report.course_hash,
        "digest": report.digest,
    }
    for name, value in values.items():
        ET.SubElement(properties, "property", name=name, value=clean(value))
    suite.extend(_case(learner, report, check) for check in report.checks)
    return suite


def _case(learner: str, report: Report, check: CheckResult) -> ET.Element:
    # a title is what a person knows; the learner keeps equal ones apart
    place = f"{report.exercise}.{learner}" if learner else report.exercise
    case = ET.Element(
        "testcase",
        classname=clean(place),
        name=clean(check.title),
        time=f"{check.seconds:.3f}",
    )
    if check.verdict in _FAILURES:
        told = ET.SubElement(case, "failure", message=sentence(check.message))
        told.set("type", check.verdict.value)
        told.text = clean(outcome(check))
    elif check.verdict is Verdict.ACCIDENT:
        ET.SubElement(case, "error", message=sentence(check.message), type="accident")
    elif check.verdict is Verdict.BLOCKED:
        ET.SubElement(case, "skipped", message=sentence(check.message))
    return case
