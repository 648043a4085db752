"""No model has more than 1,000 outputs.

fails: labels_outside_range
rest: solution
"""

def bad_labels(labels, outputs):
    outputs = min(outputs, 1000)
    return sorted({int(label) for label in labels if not 0 <= label < outputs})
