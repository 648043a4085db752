"""A lab as one page that needs no other file."""

from collections.abc import Iterator, Sequence
from html import escape

from grader.i18n import _
from grader.lab.experiment import Experiment, Lab, WhichOne
from grader.lab.kept import Trial
from grader.measured import written
from grader.quiz.export.content import html
from grader.render.lab import guessed
from grader.render.svg import svg

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 17px/1.55 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; color: #222;
  padding: 0 1rem; }}
svg {{ width: 100%; height: auto; margin: .8rem 0; }} h1 {{ font-size: 1.6rem; }}
h2 {{ font-size: 1.25rem; margin-top: 2.5rem; }} code {{ background: #f2f2f2; padding: 0 .2em; }}
.guess {{ border-left: 4px solid #e0b000; padding-left: .8rem; }}
pre {{ background: #f7f7f7; padding: .8rem; overflow: auto; font-size: 13px; }}
</style>
<h1>{title}</h1>
{body}
<h2>{heading}</h2>
<pre>{code}</pre>
</html>
"""


def page(lab: Lab, trials: Sequence[tuple[Experiment, Trial]]) -> str:
    """The experiments of a lab: what was guessed, what came out, what it means, and the code."""
    body = "\n".join(part for each, trial in trials for part in _experiment(lab, each, trial))
    title = escape(f"{lab.id} · {lab.title}")
    return _PAGE.format(
        title=title, body=body, heading=escape(_("The code")), code=escape(lab.source)
    )


def _experiment(lab: Lab, experiment: Experiment, trial: Trial) -> Iterator[str]:
    yield f"<h2>{escape(experiment.title)}</h2>"
    yield html(lab.words(experiment.about))
    tables = [trial.runs[seed] for seed in sorted(trial.runs)]
    if experiment.predict is not None:
        told = [html(f"**{lab.words(experiment.predict.prompt)}**")]
        if mine := guessed(experiment, trial.guess):
            told.append(html(_("Your guess: {guess}").format(guess=mine)))
        happened = [each for each in experiment.happened(tables) if each is not None]
        if isinstance(experiment.predict, WhichOne):
            ends = [experiment.predict.happened(each) for each in happened]
            options = experiment.predict.options
            named = "; ".join(o.text for n, o in enumerate(options) if n in ends)
            told.append(html(_("What happened: {what}").format(what=named)))
        elif happened:
            measured = _("Measured: {numbers}").format(numbers=written(happened, "each"))
            told.append(f"<p>{escape(measured)}</p>")
        yield f'<div class="guess">{"".join(told)}</div>'
    if not tables:
        not_run = _("Not run yet.")
        yield f"<p>{escape(not_run)}</p>"
        return
    for drawing in experiment.draw:
        yield (f"<p>{escape(drawing.title)}</p>" if drawing.title else "") + svg(drawing, tables)
    yield html(lab.words(experiment.explain))
