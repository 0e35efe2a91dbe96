"""From a brand file and the surroundings to a house whose rooms know nothing of each other."""

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import structlog

from monitor import brandfile, calendar
from monitor.analysis import kinds
from monitor.analysis.reader import Reader
from monitor.domain.brand import AskingSettings, AssistantSettings, Settings, WebhookSettings
from monitor.domain.errors import Mistake
from monitor.domain.ledger import Clock
from monitor.pipeline import House
from monitor.service import masking, places
from monitor.service.environment import Environment
from probes import assistants
from probes import prices as price_list
from probes.limits import Limits
from reports.delivery import Caller, Courier, Folder, Smtp, Webhook
from storage.ledger import StoreLedger
from storage.patience import Patience
from storage.store import Store

log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """Return an id that nobody else has. Those of an hour begin alike.

    So what is written together stands together in every index, and a round is read from a few pages of a large store
    instead of from a page for each of its rows. What follows is random: the eight characters that people see and type
    tell apart what belongs to one hour, too.
    """
    return f"{int(time.time()) // 3600 % 0x1000:03x}{uuid.uuid4().hex[3:]}"


def read_brand(place: Path, *sections: str) -> Settings:
    """Read and check a brand file that must have these sections; every mistake in one message."""
    path = places.one_of(place)
    settings = brandfile.read(path, kinds=kinds.ALL, assistants=assistants.ALL, check_cron=calendar.check_cron)
    brandfile.require(settings, *sections)
    return _placed(settings, path)


def parse_brand(source: str, path: Path) -> Settings:
    """Read and check the text of a brand file that lies, or lay, at `path`."""
    settings = brandfile.parse(
        source, str(path), kinds=kinds.ALL, assistants=assistants.ALL, check_cron=calendar.check_cron
    )
    return _placed(settings, path)


def _placed(settings: Settings, path: Path) -> Settings:
    """What the brand file names lies beside it."""
    logo = str(path.parent / settings.logo) if settings.logo else ""
    return replace(settings, logo=logo, assistants=tuple(_beside(path, each) for each in settings.assistants))


def _beside(brand: Path, assistant: AssistantSettings) -> AssistantSettings:
    """Recordings lie beside the brand file that names them."""
    file = assistant.options.get("file")
    return replace(assistant, options={**assistant.options, "file": str(brand.parent / file)}) if file else assistant


@contextmanager
def open_store(environment: Environment) -> Iterator[Store]:
    store = Store.open(environment.database_url.get_secret_value())
    try:
        yield store
    finally:
        store.close()


def reader(settings: Settings) -> Reader:
    return Reader(settings.sheet, sheet_version=settings.version)


def no_pdf(_html: str) -> bytes:
    """Stand in where no PDF can be asked for; what draws one takes seconds to import."""
    raise Mistake("This command draws no PDF; take `likeness report --pdf`.")


def build(
    settings: Settings,
    environment: Environment,
    *,
    store: Store,
    clock: Clock = utc_now,
    rng: random.Random | None = None,
    keys: Mapping[str, str] = os.environ,
    draw: Callable[[str], bytes] = no_pdf,
    patience: Patience | None = None,
) -> House:
    patience = patience or Patience(0)  # who cannot be told to end does not wait
    return House(
        store=store,
        settings=settings,
        reader=reader(settings),
        ledger=ledger(settings, store, patience),
        patience=patience,
        prices=price_list.load(environment.prices),
        limits=_limits(settings.asking),
        post=post(settings, environment),
        draw=draw,
        webhooks=webhooks(settings, keys),
        mask=masking.of(settings, environment, store),
        environment=keys,
        clock=clock,
        rng=rng or random.Random(),  # noqa: S311 -- shuffles the order of asking, guards nothing
        new_id=new_id,
    )


def ledger(settings: Settings, store: Store, patience: Patience, *, unknown_again: bool = True) -> StoreLedger:
    """Return a ledger; it is used by one thread at a time."""
    return StoreLedger(
        store,
        brand=settings.brand,
        budget=settings.budget,
        month_start=lambda now: calendar.month_start(now, settings.zone),
        new_id=new_id,
        patience=patience,
        on_wait=lambda error: log.warning("asking waits until the store can write again", why=str(error)),
        unknown_again=unknown_again,
    )


def limited(house: House, per_round: Decimal) -> House:
    """Return the house with a round that may take at most `per_round` US dollars."""
    budget = house.settings.budget
    least = per_round if budget.per_round is None else min(per_round, budget.per_round)
    settings = replace(house.settings, budget=replace(budget, per_round=least))
    return replace(house, settings=settings, ledger=house.ledger.within(settings.budget))


def _limits(stated: AskingSettings) -> Limits:
    given = {"requests_per_minute": stated.requests_per_minute, "tokens_per_minute": stated.tokens_per_minute}
    return Limits(**{name: number for name, number in given.items() if number is not None})


def post(settings: Settings, environment: Environment) -> Courier:
    """Mail goes to the server that the environment names, into a folder where it names none."""
    address = environment.smtp_url.get_secret_value()
    wants_folder = settings.alerts is not None and settings.alerts.smtp == "folder"
    return Folder(environment.mail_folder) if wants_folder or not address else Smtp(address)


def webhooks(settings: Settings, environment: Mapping[str, str]) -> dict[str, Caller]:
    """Return the webhooks of the brand file with their addresses and secrets, by the variable of the address."""
    hooks = settings.alerts.webhooks if settings.alerts else ()
    return {hook.url_env: _webhook(hook, environment) for hook in hooks}


def _webhook(hook: WebhookSettings, environment: Mapping[str, str]) -> Webhook:
    needed = [name for name in (hook.url_env, hook.secret_env) if name]
    return Webhook(
        name=hook.url_env,
        url=environment.get(hook.url_env, "").strip(),
        secret=environment.get(hook.secret_env, "") if hook.secret_env else "",
        missing=next((name for name in needed if not environment.get(name)), ""),
        network=hook.network,
    )
