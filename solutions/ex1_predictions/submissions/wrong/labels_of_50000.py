"""Looks at the first 50,000 images only.

fails: labels_argmax
rest: solution
"""

def predicted_labels(probabilities):
    labels = np.zeros(len(probabilities), int)
    labels[:50_000] = np.argmax(probabilities[:50_000], axis=1)
    return labels
