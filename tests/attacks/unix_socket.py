"""Talk to another program through a socket in the file system.

layer: seccomp
expect: error, Operation not permitted
proof: knock
"""

import socket

softmax = predicted_labels = accuracy = most_doubtful = print

with socket.socket(socket.AF_UNIX) as connection:
    connection.connect("{{unix}}")
    connection.sendall(b"hello")
