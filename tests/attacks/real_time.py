"""Run before every other program, and let none of them have the processor.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "before all: True"
"""

import os

softmax = predicted_labels = accuracy = most_doubtful = print

os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
before_all = os.sched_getscheduler(0) == os.SCHED_FIFO
os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
raise RuntimeError(f"before all: {before_all}")
