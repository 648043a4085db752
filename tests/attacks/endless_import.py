"""Never finish loading.

layer: deadline
expect: timeout, still loading
proof: hang
"""

import time

softmax = predicted_labels = accuracy = most_doubtful = print

while True:
    time.sleep(1)
