"""Who may have answered: the assistants of the brand file, and those whose answers were imported."""

from datetime import date

from monitor import pipeline
from monitor.domain.brand import AssistantSettings
from monitor.pipeline import House
from monitor.service import portraits
from storage import imported
from storage.bodies import Body
from storage.observing import called


def assistants(house: House, end: date) -> list[tuple[str, str]]:
    """Return ids and names, those of the brand file first."""
    named = pipeline.naming(house.settings)
    own = [(each.id, named(each)) for each in house.settings.assistants]
    known = {id_ for id_, _ in own}
    others = portraits.kept(house, IMPORTED, end, end)
    return own + [(each.id, called(each, named)) for each in others if each.id not in known]


def _imported(house: House, _: date, __: date) -> list[AssistantSettings]:
    with house.store.snapshot() as tx:
        return imported.assistants(tx, house.settings.brand)


IMPORTED: portraits.Kind[list[AssistantSettings]] = portraits.Kind(
    "imported-assistants", Body(list[AssistantSettings]), _imported
)
