"""Which sources are core: cited so steadily that their loss would mean something."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from monitor import pipeline
from monitor.domain.measures import Measure
from monitor.drift import cores
from monitor.pipeline import HISTORY, House
from monitor.service import portraits
from storage import digests
from storage.bodies import Body

_Panel = tuple[str, str]  # assistant, surface


def core(house: House, end: date) -> Mapping[str, str]:
    """Return the core domains, each with the assistants that keep to it and since when."""
    cited: dict[tuple[str, _Panel], set[date]] = defaultdict(set)
    asked: dict[_Panel, set[date]] = defaultdict(set)
    pipeline.catch_up(house)
    wanted = (Measure.CITED, Measure.CITATION_RATE)
    with house.store.snapshot() as tx:
        for digest in digests.sums(tx, house.settings.brand, end - HISTORY, end, only=wanted):
            for columns in digest.columns:
                panel = (columns.assistant_id, columns.surface.value)
                for sums in columns.sums:
                    asked[panel].add(digest.day)
                    if sums.measure is Measure.CITED and any(sums.hits):
                        cited[sums.subject, panel].add(digest.day)
    return _told(house, cited, asked)


CORE = portraits.Kind("core", Body[dict[str, str]](dict[str, str]), lambda house, _, end: dict(core(house, end)))


def _told(
    house: House, cited: Mapping[tuple[str, _Panel], set[date]], asked: Mapping[_Panel, set[date]]
) -> dict[str, str]:
    named = pipeline.naming(house.settings)
    labels = {each.id: named(each) for each in house.settings.assistants}
    found: dict[str, list[str]] = defaultdict(list)
    for (domain, panel), days in sorted(cited.items()):
        since = cores.core_since(days, sorted(asked[panel]))
        if since is not None:
            found[domain].append(f"{labels.get(panel[0], panel[0])} since {since.day} {since:%B %Y}")
    return {domain: f"core: {', '.join(told)}" for domain, told in found.items()}
