"""Have the grader write that all has passed, by a json of its own.

layer: process
expect: error
proof: results file
"""

import json

softmax = predicted_labels = accuracy = most_doubtful = print

json.dumps = lambda *_, **__: '{"passed": true, "memory": 0}'
