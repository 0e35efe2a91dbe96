"""Every wrong sentence with what shows where it comes from: who said it, when, and the hashes of what was received."""

from collections.abc import Mapping

from monitor.domain.documents import Edition
from reports import reviewers
from reports.section import Page, Section


def _view(page: Page) -> Mapping[str, object]:
    return {"exhibits": list(enumerate(page.exhibits, start=1)), "looked": reviewers.of_exhibits(page.exhibits)}


SECTION = Section(id="evidence", order=45, title="What was said", view=_view, editions=frozenset({Edition.EVIDENCE}))
