"""Have a timer interrupt whatever runs in this process later.

layer: seccomp
expect: error, Operation not permitted
proof: report "ticks: True"
"""

import signal

softmax = predicted_labels = accuracy = most_doubtful = print

signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 1000)
raise RuntimeError(f"ticks: {signal.getitimer(signal.ITIMER_REAL)[0] > 0}")
