"""Pictures in shades of gray as PNG files.

Source of the format: https://www.w3.org/TR/png/
"""

import struct
import zlib
from collections.abc import Sequence


def png(rows: Sequence[bytes]) -> bytes:
    """A picture whose rows have one byte for each pixel, from 0, black, to 255, white."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)  # 8 bits of gray
    pixels = b"".join(b"\0" + row for row in rows)  # 0: no filter
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
