"""What is asked, of whom, when and for how much."""

from collections.abc import Mapping

from monitor.brandfile.fields import Section
from monitor.brandfile.mistakes import Unfit, shown
from monitor.brandfile.outside import CheckCron, Known
from monitor.brandfile.placed import Placed
from monitor.brandfile.scalars import amount, choice, flag, member, scalar, text, whole
from monitor.brandfile.words import country, ident, language, name, prose, variable, web_address, zone
from monitor.brandfile.yaml_nodes import Node
from monitor.domain.brand import AskingSettings, AssistantSettings, Budget, CatchUp, Locale, Prompt, Schedule

MOST_SAMPLES = 100
MOST_TOKENS = 1_000_000


def prompt(section: Section) -> Placed[Prompt]:
    """Read a prompt; which entities it names is found when all of them are known."""
    read = Prompt(
        id=section.need("id", ident, ""),
        text=section.need("text", prose, ""),
        topic=section.read("topic", name, "general"),
        intent=section.read("intent", name, "informational"),
        leading=section.read("leading", flag, False),
        paused=section.read("paused", flag, False),
    )
    section.close()
    return Placed(value=read, line=section.line, lines={key: section.line_of(key) for key in ("id", "text")})


def assistant(section: Section, known: Known) -> Placed[AssistantSettings]:
    read = AssistantSettings(
        id=section.need("id", ident, ""),
        use=section.need("use", choice(*known.assistants), ""),
        model=section.need("model", name, ""),
        search=section.read("search", flag, False),
        locale=_locale(section.part("locale")),
        base_url=section.read("base_url", web_address, ""),
        key_env=section.read("key_env", variable, ""),
        max_tokens=section.read("max_tokens", whole(1, MOST_TOKENS), AssistantSettings.max_tokens),
        options=_options(section.part("options")),
    )
    section.close()
    _askable(section, read, known)
    return Placed(value=read, line=section.line, lines={"id": section.line_of("id")})


def _askable(section: Section, read: AssistantSettings, known: Known) -> None:
    able = known.assistants.get(read.use)
    if able is None or not read.model:
        return
    if read.search and not able.can_search:
        section.found.wrong(section.line_of("search"), f"{read.use} cannot search", "write search: false")
    # a warning: it may be this machine that lacks something, and what was asked before can still be read
    unready = able.check(read).rstrip(".")
    if unready:
        section.found.warn(section.line, f"{read.id} cannot be asked: {unready}", "the other assistants are asked")


def _locale(section: Section | None) -> Locale:
    if section is None:
        return Locale()
    read = Locale(
        country=section.read("country", country, ""),
        language=section.read("language", language, ""),
        city=section.read("city", name, ""),
        timezone=section.read("timezone", zone, ""),
    )
    section.close()
    return read


def _options(section: Section | None) -> Mapping[str, str]:
    """Return settings of one assistant's own; here numbers and words alike stay as written."""
    return {key: section.need(key, _as_written, "") for key in section.keys} if section else {}


def _as_written(node: Node) -> str:
    written = scalar(node).text
    if written.startswith(("sk-", "pplx-", "AIza")):
        raise Unfit("this looks like a key", "keys come from the environment only; remove it")
    return written


def schedule(section: Section, check_cron: CheckCron) -> Schedule:
    timezone = section.read("timezone", text, "UTC")
    cron = section.need("cron", prose, "")
    read = Schedule(
        cron=cron or "0 6 * * *",
        timezone=timezone,
        samples=section.read("samples", whole(1, MOST_SAMPLES), 1),
        catch_up=section.read("catch_up", member(CatchUp), CatchUp.LATEST),
    )
    section.close()
    told_cron(section, "cron", check_cron(cron, "UTC") if cron else "")
    told_cron(section, "timezone", check_cron("0 0 * * *", timezone))
    return read


def told_cron(section: Section, key: str, wrong: str) -> None:
    """Note what the calendar finds wrong with a cron line or a zone."""
    if wrong:
        what, _, remedy = wrong.partition("; ")
        example = '"0 6 * * *" and Europe/Stockholm'
        section.found.wrong(section.line_of(key), what, remedy or f"write such as {example}")


def budget(section: Section) -> Budget:
    read = Budget(
        per_month=section.read("per_month", amount, None),
        per_round=section.read("per_round", amount, None),
        currency=section.read("currency", _dollars, "USD"),
        pace=section.read("pace", flag, True),
    )
    section.close()
    return read


def limits(section: Section) -> AskingSettings:
    """Read how hard assistants are asked, and what is asked again."""
    read = AskingSettings(
        retry_unknown=section.read("retry_unknown", flag, False),
        requests_per_minute=section.read("requests_per_minute", whole(0, MOST_TOKENS), None),
        tokens_per_minute=section.read("tokens_per_minute", whole(0, 100 * MOST_TOKENS), None),
    )
    section.close()
    return read


def _dollars(node: Node) -> str:
    written = text(node)
    if written != "USD":
        raise Unfit(f"prices are in US dollars, {shown(written)} cannot be counted", "write currency: USD")
    return written
