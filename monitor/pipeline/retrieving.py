"""Whose pages the answers of a round were made from, cited or not."""

from collections.abc import Iterable, Mapping

from monitor.analysis import addresses
from monitor.analysis.citations import Citer
from monitor.domain.answers import Source
from monitor.domain.readings import Owner
from monitor.domain.rounds import Observation
from monitor.pipeline.house import House
from storage import retrieved
from storage.store import Transaction

Domain = tuple[str, Owner, str]  # registrable domain, whose it is, the tracked entity's name


def domains(house: House, tx: Transaction, seen: Iterable[Observation]) -> Mapping[str, frozenset[Domain]]:
    """Return the domains that each answer retrieved; answers without any are left out."""
    citer = Citer(house.settings.sheet)
    ids = [one.answer_id for one in seen if one.answer_id]
    return {id_: frozenset(_domains(citer, told)) for id_, told in retrieved.sources(tx, ids)}


def _domains(citer: Citer, told: Iterable[Source]) -> Iterable[Domain]:
    for url in filter(None, (addresses.canonical(source.url) for source in told)):
        yield addresses.domain(url), *citer.owner(url)
