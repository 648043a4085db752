"""xmllint compares the JUnit XML of a class with the schema that Jenkins uses.

python scripts/readers/xmllint.py SCHEMA FOLDER

``SCHEMA`` is ``junit-10.xsd`` of jenkinsci/xunit-plugin, ``FOLDER`` what made.py has written;
xmllint is in Debian's libxml2-utils.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from calling import arguments
from made import grade


def main() -> int:
    """Try it."""
    parser = arguments(__doc__)
    parser.add_argument("schema", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    grade("export", "junit", "class", "--into", "junit.xml", cwd=given.folder)
    path = given.folder / "junit.xml"
    command = ["xmllint", "--nonet", "--noout", "--schema", str(given.schema), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    suites = ET.parse(path).getroot()
    cases = len(suites.findall("testsuite/testcase"))
    print(f"junit: {len(suites)} suites, {cases} cases; {done.stderr.strip()}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
