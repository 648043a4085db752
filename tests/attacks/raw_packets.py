"""Listen to all that goes over the network, whoever it is for.

layer: seccomp, capabilities
expect: error, Operation not permitted
proof: report "listens: True"
"""

import socket

softmax = predicted_labels = accuracy = most_doubtful = print

with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)) as ear:
    raise RuntimeError(f"listens: {ear.fileno() > 2}")
