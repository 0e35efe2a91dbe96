"""Putting one text to one assistant: as many calls as its turn takes, no ledger, no second tries."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from monitor.domain.answers import Exchange, Finish, Reply
from monitor.domain.brand import AssistantSettings
from monitor.domain.ledger import Clock
from monitor.domain.rounds import Miss, MissReason, Outcome, Probe
from probes import assistants, encodings, hosts, links
from probes.assistant import Assistant
from probes.lengths import bounded
from probes.limits import Limits
from probes.redaction import redact_error
from probes.turns import joined
from probes.wire import LARGEST, Sent, Wire, open_wire


def unready(settings: AssistantSettings, env: Mapping[str, str]) -> Miss | None:
    """Return why this assistant cannot be asked at all: unknown, wrongly set up, or its key is missing."""
    assistant = assistants.ALL.get(settings.use)
    if assistant is None:
        wrong = f"There is no assistant {settings.use!r}; known are {', '.join(assistants.ALL)}."
        return Miss(reason=MissReason.BAD_REQUEST, detail=wrong, pauses=True)
    name = assistant.key_name(settings)
    if wrong := assistant.check(settings) or _wrong_address(settings, name):
        return Miss(reason=MissReason.BAD_REQUEST, detail=wrong, pauses=True)
    if name and not env.get(name, "").strip():
        return Miss(reason=MissReason.NO_KEY, detail=f"{name} is not set; {settings.id} was not asked.", pauses=True)
    return None


def _wrong_address(settings: AssistantSettings, key_name: str) -> str:
    if settings.base_url and not hosts.named(settings.base_url):
        return f"The base_url of {settings.id} is no address such as https://api.example.com/v1, without a password."
    if key_name and hosts.is_exposed(settings.base_url):
        return f"The base_url of {settings.id} is not encrypted; its key is not sent there. Use https."
    return ""


async def put(wire: Wire, settings: AssistantSettings, text: str, *, env: Mapping[str, str], limits: Limits) -> Outcome:
    """Put a text to an assistant that is ready, and resume its turn as often as it pauses."""
    assistant = assistants.ALL[settings.use]
    key = env.get(assistant.key_name(settings), "").strip()
    signature = assistant.sign(settings, key) if key else {}
    exchanges: list[Exchange] = []
    reply: Reply | None = None
    for _ in range(limits.turns):
        request = assistant.request(settings, text, resume=reply.resume if reply else "")
        sent = await wire.post(request, signature=signature, secret=key, deadline=limits.deadline)
        exchanges.append(sent.exchange)
        found = _judged(assistant, sent)
        if isinstance(found, Miss):
            paid = replace(found, retry=False, charged=None) if reply else found
            return Outcome(miss=paid, exchanges=tuple(_without_keys(each, env) for each in exchanges))
        reply = joined(reply, found) if reply else found
        if not reply.resume:
            whole = await links.resolved(bounded(reply), wire.follow)
            return Outcome(reply=whole, exchanges=tuple(exchanges))
    unfinished = replace(bounded(reply), finish=Finish.TRUNCATED, resume="") if reply else None
    return Outcome(reply=unfinished, exchanges=tuple(exchanges))


_SECRET = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD)$")


def _without_keys(exchange: Exchange, env: Mapping[str, str]) -> Exchange:
    """Return the exchange of a call that brought no answer, without any key: the one that was sent, or another."""
    held = [value.strip() for name, value in env.items() if _SECRET.search(name)]
    longest_first = sorted(held, key=len, reverse=True)
    found = encodings.unpack(exchange.response, exchange.headers, LARGEST)
    told = found if isinstance(found, Miss) else redact_error(found, *longest_first)
    if isinstance(told, Miss) or told == found:
        return exchange
    plain = {name: value for name, value in exchange.headers.items() if name != "content-encoding"}
    return replace(exchange, response=told, headers=plain)


def _judged(assistant: Assistant, sent: Sent) -> Reply | Miss:
    exchange = sent.exchange
    if isinstance(sent.body, Miss):
        return sent.body
    now = exchange.received_at or exchange.sent_at
    return assistant.judged(exchange.status or 0, exchange.headers, sent.body, now)


def recalled(assistant: Assistant, probe: Probe, clock: Clock) -> Outcome:
    """Answer from this machine, with the same exchange as if it had been called."""
    now = clock()
    body = assistant.recall(probe, now) if assistant.recall else b""
    if isinstance(body, Miss):
        return Outcome(miss=body)
    request = assistant.request(probe.assistant, probe.prompt.text)
    exchange = Exchange(
        request=json.dumps(request.body, ensure_ascii=False),
        response=body,
        status=HTTPStatus.OK.value,
        url=request.url,
        sent_at=now,
        received_at=now,
    )
    found = assistant.read(body)
    if isinstance(found, Miss):
        return Outcome(miss=found, exchanges=(exchange,))
    return Outcome(reply=bounded(found), exchanges=(exchange,))


async def ask_once(
    settings: AssistantSettings, text: str, *, env: Mapping[str, str], clock: Clock, limits: Limits
) -> Outcome:
    """Put one plain text outside any round, as the judge does; once, without a ledger."""
    if miss := unready(settings, env):
        return Outcome(miss=miss)
    if assistants.ALL[settings.use].recall:
        detail = f"{settings.id} gives recorded answers; it cannot be asked anything new."
        return Outcome(miss=Miss(reason=MissReason.NOT_RECORDED, detail=detail))
    async with open_wire(clock, limits) as wire:
        return await put(wire, settings, text, env=env, limits=limits.of(settings))
