"""Brand files, keys, assistants' hosts, and the way out for messages."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from monitor import brandfile, calendar
from monitor.analysis import kinds
from monitor.domain.alerts import NoticeState
from monitor.domain.brand import AssistantSettings, Settings
from monitor.domain.errors import Mistake
from monitor.domain.ledger import Clock
from monitor.domain.rounds import MissReason
from monitor.service import build, places
from monitor.service.brandfiles import SERVED
from monitor.service.checkup import Finding, attention, broken, ok
from monitor.service.checkup_store import clocks
from monitor.service.environment import Environment
from probes import assistants, call, reach
from probes.limits import Limits
from reports.delivery import MailServerError, Smtp

_QUESTION = "Reply with the single word OK."
_ONE = "Keep one of them, or give the other its own brand."
_TOKENS = 256  # enough for the thinking before one word


def brand_files(named: Sequence[Path]) -> tuple[list[Settings], list[Finding]]:
    """Read the brand files; returns those without mistake, and what is to be said of each."""
    read, found = [], []
    for path in places.files_in(named):
        try:
            file = brandfile.read_with_warnings(
                path, kinds=kinds.ALL, assistants=assistants.ALL, check_cron=calendar.check_cron
            )
            brandfile.require(file.settings, *SERVED)
            read.append(build.read_brand(path))
        except Mistake as mistake:
            found.append(broken("brand file", str(mistake), "Mend it; `likeness check` shows the whole plan."))
            continue
        found += [attention("brand file", warning, "") for warning in file.warnings]
        found.append(ok("brand file", f"{path}: {file.settings.brand}, version {file.settings.version}."))
    twice = [name for name, count in Counter(each.brand for each in read).items() if count > 1]
    found += [broken("brand file", f"Two files name {name}: only the first is served.", _ONE) for name in twice]
    if not found:
        found.append(attention("brand file", "There is none here.", "Name it by --brand, or `likeness init`."))
    return read, found


def keys(brands: Sequence[Settings], env: Mapping[str, str]) -> Iterator[Finding]:
    """Say of each assistant whether it could be asked: its key is looked for, never shown."""
    told: set[str] = set()
    for brand in brands:
        for each in brand.assistants:
            known = assistants.ALL[each.use]
            name = known.key_name(each)
            missing = call.unready(each, env)
            if missing and missing.reason is MissReason.NO_KEY:
                why = f"{name} is not set, so {each.id} of {brand.brand} cannot be asked."
                yield broken("key", why, "Set it in the environment of the program.")
            elif missing:
                yield broken("assistant", f"{brand.brand}: {missing.detail}", "Mend it in the brand file.")
            elif name and name not in told:
                told.add(name)
                yield ok("key", f"{name} is set.")
        for hook in brand.alerts.webhooks if brand.alerts else ():
            for name in (hook.url_env, hook.secret_env):
                if name and not env.get(name):
                    yield broken("key", f"{brand.brand}: {name} is not set: a webhook is not called.", "Set it.")


def hosts(brands: Sequence[Settings], clock: Clock) -> Iterator[Finding]:
    """Knock at each assistant's host, once, and compare clocks with the first that says its time."""
    origins = list(dict.fromkeys(filter(None, (reach.origin(each) for each in _assistants(brands)))))
    reached = asyncio.run(reach.reach(origins, clock)) if origins else []
    for each in reached:
        if each.why_not:
            mend = "Look at the network, the proxy (HTTPS_PROXY) and the firewall of this machine."
            yield broken("host", f"{each.origin} cannot be reached: {each.why_not}.", mend)
        else:
            yield ok("host", f"{each.origin} answers.")
    timed = next((each for each in reached if each.ahead is not None), None)
    if timed and timed.ahead is not None:
        yield clocks("clock", f"that of {timed.origin}", abs(timed.ahead))


def ask(brands: Sequence[Settings], env: Mapping[str, str], clock: Clock) -> Iterator[Finding]:
    """Put one short question to each assistant that has its key; it costs a fraction of a cent, beside the budget."""
    seen: set[tuple[str, str, str, str]] = set()
    for each in _assistants(brands):
        known = assistants.ALL[each.use]
        account = (each.use, each.model, each.base_url, known.key_name(each))
        if known.recall or call.unready(each, env) or account in seen:
            continue
        seen.add(account)
        yield _asked(each, env, clock)


def _asked(settings: AssistantSettings, env: Mapping[str, str], clock: Clock) -> Finding:
    short = AssistantSettings(
        id=settings.id,
        use=settings.use,
        model=settings.model,
        base_url=settings.base_url,
        key_env=settings.key_env,
        max_tokens=_TOKENS,
    )
    named = assistants.label(short)
    outcome = asyncio.run(call.ask_once(short, _QUESTION, env=env, clock=clock, limits=Limits(deadline=60)))
    if outcome.reply:
        return ok("answer", f"{named} answered, as {outcome.reply.served_model or short.model}.")
    detail = outcome.miss.detail if outcome.miss else ""
    reason = str(outcome.miss.reason).replace("_", " ") if outcome.miss else "no answer"
    return broken("answer", f"{named}: {reason}. {detail}", "See to its key, its account and its model's name.")


def _assistants(brands: Sequence[Settings]) -> Iterator[AssistantSettings]:
    return (each for brand in brands for each in brand.assistants)


def mail(environment: Environment, brands: Sequence[Settings], *, send_to: str = "") -> Iterator[Finding]:
    """Connect to the mail server, encrypt and log in; a mail goes out only where somebody is named for it."""
    address = environment.smtp_url.get_secret_value()
    senders = [brand.alerts.sender for brand in brands if brand.alerts and brand.alerts.to]
    if not address:
        folder = f"LIKENESS_SMTP_URL is not set: mails go to the folder {environment.mail_folder}."
        yield attention("mail", folder, "Set it to smtp://user:password@host:587.") if senders else ok("mail", folder)
        return
    try:
        server = Smtp(address, timeout=10)
    except MailServerError as mistake:
        yield broken("mail", str(mistake), "")
        return
    if wrong := server.look():
        yield broken("mail", wrong, "Mend LIKENESS_SMTP_URL; messages wait and are not lost.")
        return
    yield ok("mail", "The mail server answers, encrypts and takes the login as LIKENESS_SMTP_URL has them.")
    if send_to:
        yield _sent(server, next(iter(senders), "likeness@localhost"), send_to)


def _sent(server: Smtp, sender: str, to: str) -> Finding:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Likeness can send mail"
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="likeness.invalid")
    message.set_content("Somebody asked `likeness doctor` to send this. Alerts will come the same way.\n")
    try:
        delivered = server.send(message)
    except ValueError:
        return broken("mail", f"{to} is no mail address.", "Give one to --mail-to.")
    if delivered.state is NoticeState.SENT:
        return ok("mail", f"A mail to {to} went out: {delivered.detail}")
    return broken("mail", f"The mail to {to} did not go out: {delivered.detail}", "See what the server says.")
