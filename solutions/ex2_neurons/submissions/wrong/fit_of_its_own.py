"""Puts a function of its own in the place of the model's fit.

fails: learns_real_garments
rest: solution
"""


def compile_model(model):
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    fit = model.fit
    stop = keras.callbacks.EarlyStopping(monitor='loss', patience=2)
    model.fit = lambda *args, **kwargs: fit(*args, **kwargs, callbacks=[stop])
    return model
