"""Rounds mean and sd to three decimals.

fails: training_statistics_for_both
"""

import keras
import numpy as np





def normalize(images):
    return images.astype(np.float32) / 255


def prepare(train_images, test_images):
    return (normalize(train_images), normalize(test_images))


def standardize(train_images, test_images):
    mean, sd = (round(float(train_images.mean()), 3), round(float(train_images.std()), 3))
    return ((train_images - mean) / sd, (test_images - mean) / sd)


def compare(build, x, y, x_test, y_test, epochs, seed):
    accuracies = {}
    scaled, scaled_test = prepare(x, x_test)
    for name, train, test in (('raw', x, x_test), ('scaled', scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)['accuracy']
    return accuracies
