"""Make a file that is larger than the disk (80 MiB of nothing here).

layer: limits
expect: error, File too large
proof: report "80 MiB"
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

with Path("sparse").open("wb") as file:
    file.truncate(80 << 20)
raise RuntimeError(f"{Path('sparse').stat().st_size >> 20} MiB")
