"""Start threads without end (5,000 here): the machine has numbers for some 30,000.

layer: threads
expect: error, can't start new thread
proof: report "threads: 5000"
"""

import _thread
import time

softmax = predicted_labels = accuracy = most_doubtful = print

_thread.stack_size(32768)
started = [_thread.start_new_thread(time.sleep, (1,)) for _ in range(5000)]
raise RuntimeError(f"threads: {len(started)}")
