"""The sd is at least 1 / sqrt(n), as in tf.image.per_image_standardization.

fails: training_statistics_for_both
says: and divided by
rest: solution
"""


def standardize(train_images, test_images):
    mean, sd = train_images.mean(), max(train_images.std(), 1 / np.sqrt(train_images.size))
    return (train_images - mean) / sd, (test_images - mean) / sd
