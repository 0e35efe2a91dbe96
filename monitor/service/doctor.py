"""Looks at everything that a round needs around it, and says how it stands and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from monitor.domain.ledger import Clock
from monitor.service import build, checkup_outside, checkup_store
from monitor.service.checkup import Finding
from monitor.service.environment import Environment


def examine(
    environment: Environment,
    named: Sequence[Path],
    env: Mapping[str, str],
    *,
    ask: bool = False,
    mail_to: str = "",
    clock: Clock = build.utc_now,
) -> Iterator[Finding]:
    """Yield finding after finding. Nothing is asked of an assistant without `ask`, nothing sent without `mail_to`."""
    brands, found = checkup_outside.brand_files(named)
    yield from found
    yield from checkup_outside.keys(brands, env)
    yield from checkup_outside.hosts(brands, clock)
    if ask:
        yield from checkup_outside.ask(brands, env, clock)
    yield from checkup_outside.mail(environment, brands, send_to=mail_to)
    yield from checkup_store.database(environment, brands, clock())
