"""Print a passing result after the true one.

layer: process
expect: failed, Did you forget `return`?
proof: output
"""

import atexit

softmax = predicted_labels = accuracy = most_doubtful = print

atexit.register(print, '{"passed": true}')
