"""The most frequent first.

fails: encode_round_trip
rest: solution
"""

from collections import Counter


def encode_labels(labels):
    order = [v for v, _ in Counter(labels.tolist()).most_common()]
    return np.array([order.index(v) for v in labels.tolist()]), np.array(order)
