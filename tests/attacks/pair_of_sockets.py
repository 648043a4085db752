"""Make two sockets that can hand descriptors to each other.

layer: seccomp
expect: error, Operation not permitted
proof: report "handed: True"
"""

import socket

softmax = predicted_labels = accuracy = most_doubtful = print

ours, theirs = socket.socketpair()
socket.send_fds(ours, [b"here"], [1])
raise RuntimeError(f"handed: {len(socket.recv_fds(theirs, 10, 1)[1]) == 1}")
