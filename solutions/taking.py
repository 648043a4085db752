"""Which images a model takes: of exercises whose models begin with Input."""

from typing import Any

from grader.checks import Remote, SubmissionError, expect


def input_refused(error: SubmissionError) -> None:
    """Fail with a word on a model whose Input has a batch axis, if Keras raised for that."""
    if error.type == "ValueError" and "fully-defined" in error.message:
        expect.fail(
            "Keras does not know how large an image is. Input takes the shape of ONE image: leave "
            "out None, as Keras adds the batch axis by itself."
        )


def takes_images(
    model: Remote, shape: tuple[int, ...], given: dict[str, Any] | None = None
) -> None:
    """State that a model takes any number of images of this shape, and no others.

    Args:
        model: a learner's, which has its weights.
        shape: of one image.
        given: shown beside what differs.
    """
    takes = model.input_shape
    if isinstance(takes, list) and len(takes) == 1:  # keras.Model(inputs=[...])
        (takes,) = takes
    if not isinstance(takes, tuple | list) or not takes:
        expect.equal(takes, (None, *shape), given=given)
    count, *axes = takes
    says = f"The model should take images {shape}; yours takes {tuple(axes)}."
    if axes == [*shape, 1]:
        says += " Gray images come without an axis for colors."
    if axes == [*shape]:
        says = (
            f"Your model takes batches of exactly {count} images. Leave the number of images out "
            f"of Input: keras.layers.Input({shape})."
        )
    expect.equal((count, *axes), (None, *shape), message=says, given=given)
