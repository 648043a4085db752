"""Call somebody over TCP.

layer: network, landlock, seccomp
expect: error, Operation not permitted
proof: knock
"""

import socket

softmax = predicted_labels = accuracy = most_doubtful = print

socket.create_connection(("127.0.0.1", int("{{tcp}}")), timeout=1).sendall(b"hello")
