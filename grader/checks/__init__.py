"""What a check author imports.

A course's ``checks.py`` is ordinary pytest: each test is a check, and the first line of its
docstring the title that learners read::

    @pytest.mark.points(2)
    @pytest.mark.hint("Each row is an image. Which axis has its classes?")
    def test_labels(learner, rng):
        \"\"\"labels gives each image the class with the largest probability\"\"\"
        table = rng.dirichlet(np.ones(10), size=7)
        got = expect.unchanged(learner.labels, table)
        expect.array_equal(got, table.argmax(axis=1))

It has these fixtures:

``learner``
    the submission, in a confined process of its own for each test
``bench``
    a confined process that builds, trains and measures models
``shared_learner``, ``shared_bench``
    the same with pytest's module scope, for results that are dear to compute
``source``
    the submission's text, for rules about it
``rng``
    a ``numpy.random.Generator``, drawn anew in each grading

and these markers: ``points(n)``, ``hint(text, ...)``, ``needs(check, ...)``, ``concept(tag)``,
``timeout(seconds)``, ``tensorflow`` (a learner's process that needs TensorFlow whatever the
submission imports), ``bonus`` (points on top of those for a pass), ``craft`` (about good programs,
not about the question), ``later(function)`` (one that older files need not have) and ``visible``
(learners may read the check). Their arguments are literals.
"""

from grader.checks import expect, played
from grader.checks.describe import Garment
from grader.checks.diagnosis import Diagnosis
from grader.checks.errors import Raised, SubmissionError
from grader.checks.expect import Failure
from grader.checks.models import (
    BenchModel,
    KerasModel,
    dense,
    equivalent,
    flatten,
    layer,
    overridden,
)
from grader.checks.parts import part
from grader.checks.passing import StandIn
from grader.checks.remote import Remote, names, printed
from grader.checks.shown import (
    show_cells,
    show_confusion,
    show_dots,
    show_garments,
    show_training,
)

__all__ = [
    "BenchModel",
    "Diagnosis",
    "Failure",
    "Garment",
    "KerasModel",
    "Raised",
    "Remote",
    "StandIn",
    "SubmissionError",
    "dense",
    "equivalent",
    "expect",
    "flatten",
    "layer",
    "names",
    "overridden",
    "part",
    "played",
    "printed",
    "show_cells",
    "show_confusion",
    "show_dots",
    "show_garments",
    "show_training",
]
