"""Ask the kernel to kill everybody else first when memory runs out.

layer: landlock
expect: error, Permission denied
proof: report "spared: 0"
"""

from pathlib import Path

softmax = predicted_labels = accuracy = most_doubtful = print

score = Path("/proc/self/oom_score_adj")
score.write_text("0")
raise RuntimeError(f"spared: {score.read_text().strip()}")
