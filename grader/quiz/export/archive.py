"""Archives of QTI: the same bytes for the same questions, and a list of what is in them."""

import xml.etree.ElementTree as ET  # it escapes what it writes, and reads nothing here
import zipfile
from collections.abc import Mapping, Sequence

_PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def put(archive: zipfile.ZipFile, name: str, what: ET.Element | bytes) -> None:
    """Write a file, which has no time: a second export is the same."""
    if isinstance(what, bytes):
        data = what
    else:
        ET.indent(what)
        data = ET.tostring(what, encoding="utf-8", xml_declaration=True)
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(entry, data)


def manifest(types: str | Mapping[str, str], files: Mapping[str, Sequence[str]]) -> ET.Element:
    """The list of an archive's files.

    Args:
        types: of the files with questions, such as ``"imsqti_xmlv1p2"``; of all, or of each.
        files: each file with questions, and the other files that it needs.
    """
    root = ET.Element("manifest", identifier="eight-questions", xmlns=_PACKAGING)
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "IMS Content"
    ET.SubElement(metadata, "schemaversion").text = "1.1.3"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    for number, (name, needed) in enumerate(files.items(), 1):
        kind = types if isinstance(types, str) else types[name]
        attributes = {"identifier": f"resource-{number}", "type": kind, "href": name}
        resource = ET.SubElement(resources, "resource", attributes)
        for each in dict.fromkeys([name, *needed]):
            ET.SubElement(resource, "file", href=each)
    return root
