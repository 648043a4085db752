"""Talk to another program through a socket that lies in no folder.

layer: network, landlock, seccomp
expect: error, Operation not permitted
proof: knock
"""

import socket

softmax = predicted_labels = accuracy = most_doubtful = print

with socket.socket(socket.AF_UNIX) as connection:
    connection.connect("\0{{abstract}}")
    connection.sendall(b"hello")
