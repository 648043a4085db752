"""Read in /proc which addresses this machine listens on, and whom it knows.

layer: network
expect: error, nobody listens
proof: report "the grader's port: True"
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

lines = Path("/proc/self/net/tcp").read_text().splitlines()[1:]
if not lines:
    raise RuntimeError(" ".join(["nobody", "listens"]))
ports = {int(line.split()[1].split(":")[1], 16) for line in lines}
raise RuntimeError(f"the grader's port: {int('{{tcp}}') in ports}")
