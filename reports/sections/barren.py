"""Questions whose answers name nobody that is tracked."""

from collections.abc import Mapping

from monitor.domain.portrait import Portrait
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    return {"prompts": sorted(page.portrait.barren, key=lambda each: -each.answers)}


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    rows = tuple((each.prompt_id, each.text, each.answers) for each in portrait.barren)
    return (Table(name="prompts_naming_nobody", columns=("prompt", "text", "answers"), rows=rows),)


SECTION = Section(id="barren", order=90, title="Questions that name nobody", view=_view, tables=_tables)
