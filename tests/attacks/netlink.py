"""Ask the kernel about the network.

layer: network, seccomp
expect: error, Operation not permitted
proof: report "interfaces: True"
"""

import socket
import struct

softmax = predicted_labels = accuracy = most_doubtful = print

ROUTE, GETLINK, DUMP = 0, 18, 0x301
with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ROUTE) as kernel:
    kernel.bind((0, 0))
    kernel.send(struct.pack("=IHHIIBxHiII", 32, GETLINK, DUMP, 1, 0, 0, 0, 0, 0, 0))
    raise RuntimeError(f"interfaces: {len(kernel.recv(65536)) > 100}")
