"""Give each thread a table of descriptors of its own: their limit holds for each table.

Pipes filled so take the kernel's memory, which no limit of a process counts (2 MiB of it here).

layer: seccomp
expect: error, Too many open files
proof: report "descriptors: 1000"
"""

import ctypes
import os
import threading

softmax = predicted_labels = accuracy = most_doubtful = print

UNSHARE, TABLES, PIPES = 2, 5, 100
libc = ctypes.CDLL(None)
together, count, refused = threading.Barrier(TABLES), [], []


def hold() -> None:
    libc.close_range(1 << 20, 1 << 20, UNSHARE)
    try:
        for _ in range(PIPES):
            _, end = os.pipe()
            count.extend([os.write(end, bytes(4096))] * 2)
    except OSError as error:
        refused.append(error)
    together.wait()


threads = [threading.Thread(target=hold) for _ in range(TABLES)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if refused:
    raise refused[0]
raise RuntimeError(f"descriptors: {len(count)}")
