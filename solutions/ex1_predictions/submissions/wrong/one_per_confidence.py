"""A dictionary by confidence loses one of two equal images.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    position = {max(row): i for i, row in enumerate(probabilities.tolist())}
    return [position[top] for top in sorted(position)][:k]
