"""Facts that nobody has looked at for 90 days are named, the longest unseen first."""

from datetime import date

import pytest

from monitor.brandfile.standing import unconfirmed
from monitor.domain.brand import Entity, Fact, FactSheet

TODAY = date(2026, 11, 22)
OLD, NEW = date(2026, 6, 1), date(2026, 11, 1)


def sheet(value=79, *, confirmed=None, as_of=None):
    fact = Fact(id="price", kind="number", about="price", value=value, confirmed=confirmed)
    return FactSheet(brand=Entity(name="Acme"), facts=(fact,), as_of=as_of)


@pytest.mark.parametrize(
    ("now", "before", "since"),
    [
        (sheet(), [], None),
        (sheet(confirmed=OLD), [], OLD),
        (sheet(confirmed=NEW), [(OLD, sheet())], None),
        (sheet(as_of=NEW), [(OLD, sheet())], None),
        (sheet(), [(OLD, sheet())], OLD),
        (sheet(), [(OLD, sheet()), (NEW, sheet())], OLD),
        (sheet(), [(OLD, sheet(69)), (NEW, sheet())], None),
        (sheet(), [(OLD, sheet()), (date(2026, 7, 1), sheet(69)), (date(2026, 8, 1), sheet())], date(2026, 8, 1)),
    ],
)
def test_the_last_look_is_the_latest_of_all_that_is_known(now, before, since):
    found = unconfirmed(now, before, TODAY)
    assert [one.since for one in found] == ([since] if since else [])
