"""The history measures the test images after each epoch; the last one counts."""

import keras


def normalize(images):
    return images.astype("float32") * (1 / 255)


def prepare(train_images, test_images):
    return normalize(train_images), normalize(test_images)


def standardize(train_images, test_images):
    m, s = train_images.mean(), train_images.std()
    return tuple((images - m) / s for images in (train_images, test_images))


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    for name, scale in (("raw", lambda images: images), ("scaled", normalize)):
        keras.utils.set_random_seed(seed)
        history = build().fit(
            scale(x), y, validation_data=(scale(x_test), y_test), epochs=epochs, verbose=0
        )
        accuracies[name] = history.history["val_accuracy"][-1]
    return accuracies
