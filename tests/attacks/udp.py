"""Send a datagram.

layer: network, seccomp
expect: error, Operation not permitted
proof: knock
"""

import socket

softmax = predicted_labels = accuracy = most_doubtful = print

socket.socket(type=socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", int("{{udp}}")))
