"""The one place where templates become text. HTML is always escaped; StrictUndefined makes a misspelt name an error."""

import re
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from reports import reviewers, words
from reports.plain import one_line, shown, web_address
from reports.quotes import marked_text, pieces

_HERE = Path(__file__).parent
_FIGURE = re.compile(r"\d+(?:-\d+)? %(?: \u2192 \d+ %)?|[+-]?\d+ \u2192 [+-]?\d+|\d+ of \d+")


def _escapes(name: str | None) -> bool:
    # select_autoescape() would miss "x.html.j2"; whatever is not known to be text is escaped.
    return name is None or not name.endswith(".txt.j2")


def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(_HERE / "templates"), PrefixLoader({"sections": FileSystemLoader(_HERE / "sections")})]
        ),
        autoescape=_escapes,  # noqa: S701  -- a function: everything but *.txt.j2 is escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.finalize = _finalized
    environment.filters |= {
        "line": one_line,
        "web": web_address,
        "kept": kept_together,
        "percent": words.percent,
        "day": words.day,
        "moment": words.moment,
    }
    environment.globals |= {"words": words, "reviewers": reviewers, "pieces": pieces, "marked_text": marked_text}
    return environment


def _finalized(value: object) -> object:
    """Return every expression's value with its steering characters made visible; markup of ours passes."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def kept_together(sentence: str) -> Markup:
    """Return our own sentence as HTML with '40-89 %' and the like kept on one line; never used on quotes."""
    return Markup(_FIGURE.sub(r'<span class="nb">\g<0></span>', str(escape(shown(sentence)))))  # noqa: S704  -- escaped


_ENVIRONMENT = _environment()


def render(template: str, **values: object) -> str:
    return _ENVIRONMENT.get_template(template).render(**values)
