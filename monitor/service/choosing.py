"""Who is asked, as somebody chooses it who starts a brand: those that are offered, changed as wished, and others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from monitor.brandfile.editing import Row
from monitor.domain.brand import AssistantSettings, Locale
from monitor.domain.errors import Mistake
from monitor.service import pasting
from monitor.service.draft import Draft, split
from probes import assistants as vendors

# Who can be ticked; any other is written below them.
OFFERED = (
    AssistantSettings(id="gpt-search", use="openai", model="gpt-5", search=True),
    AssistantSettings(id="gpt-memory", use="openai", model="gpt-5-mini"),
    AssistantSettings(id="claude-search", use="anthropic", model="claude-sonnet-4-5", search=True),
    AssistantSettings(id="claude-memory", use="anthropic", model="claude-sonnet-4-5"),
    AssistantSettings(id="gemini-search", use="gemini", model="gemini-2.5-flash", search=True),
    AssistantSettings(id="gemini-memory", use="gemini", model="gemini-2.5-flash"),
    AssistantSettings(id="perplexity", use="perplexity", model="perplexity/sonar", search=True),
)
_ADDRESS = ("https://", "http://")
_VENDORS = tuple(sorted(set(vendors.ALL) - {"replay", "openai_compatible"}))


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An assistant that can be ticked, or one that was written down."""

    settings: AssistantSettings
    label: str
    variable: str  # that holds its key; empty: none is needed
    has_key: bool
    terms: str  # the page of the vendor's terms; empty: not known
    terms_read: date | None  # when that page was last looked at
    refused: str = ""  # why it is not asked at all, whatever its key
    written: bool = False  # by whoever starts the brand


def choices(draft: Draft, keys: Mapping[str, str]) -> list[Choice]:
    """Return who can be asked, with the state of the keys, never a key."""
    offered = [_choice(_changed(each, draft), keys) for each in OFFERED]
    return [*offered, *(replace(_choice(each, keys), written=True) for each in _others(draft))]


def chosen(draft: Draft) -> list[AssistantSettings]:
    """Return who was ticked or written down; Mistake for a line that cannot be read, and for whom nobody may ask."""
    ticked = [_changed(each, draft) for each in OFFERED if each.id in split(draft.assistants)]
    found = [*ticked, *_others(draft)]
    for each in found:
        if why := _refused(each):
            raise Mistake(f"{vendors.label(each)} is not asked: {why}")
    return found


def ticked(draft: Draft, offered: Iterable[Choice]) -> set[str]:
    """Return the ids that are ticked; as long as nothing was chosen, of those who can be asked right now."""
    known = set(split(draft.assistants))
    if known or draft.others.strip():
        return known
    return {each.settings.id for each in offered if each.has_key and not each.refused and not each.written}


def own(draft: Draft) -> dict[str, tuple[str, str, str]]:
    """Return model, country and language that an assistant has of its own, by its id; a part may be empty."""
    found = {}
    for line in draft.own.splitlines():
        name, *parts = [part.strip() for part in line.split(",")]
        model, country, language = (*parts, "", "", "")[:3]
        found[name] = (model, country, language)
    return found


def row(of: AssistantSettings) -> Row:
    """Return an assistant as the brand file has it."""
    place = {"country": of.locale.country, "language": of.locale.language}
    known = {key: value for key, value in place.items() if value}
    return {
        "id": of.id,
        "use": of.use,
        "model": of.model,
        "search": of.search,
        **({"base_url": of.base_url} if of.base_url else {}),
        **({"locale": known} if known else {}),
    }


def _choice(settings: AssistantSettings, keys: Mapping[str, str]) -> Choice:
    vendor = vendors.ALL[settings.use]
    name, (terms, read) = vendor.key_name(settings), vendor.terms(settings)
    return Choice(
        settings=settings,
        label=vendors.label(settings),
        variable=name,
        has_key=not name or bool(keys.get(name)),
        terms=terms,
        terms_read=read,
        refused=_refused(settings),
    )


def _refused(settings: AssistantSettings) -> str:
    vendor = vendors.ALL[settings.use]
    why = vendor.check(settings)
    return vendor.search_note if why and settings.search and vendor.search_note else why


def _changed(of: AssistantSettings, draft: Draft) -> AssistantSettings:
    model, country, language = own(draft).get(of.id, ("", "", ""))
    place = Locale(
        country=(country or draft.country.strip()).upper(), language=(language or draft.language.strip()).lower()
    )
    return replace(of, model=model or of.model, locale=place)


def _others(draft: Draft) -> Iterator[AssistantSettings]:
    taken = {each.id for each in OFFERED}
    for number, line in enumerate(draft.others.splitlines(), 1):
        if line.strip():
            made = _changed(_other(number, line, taken), draft)
            taken.add(made.id)
            yield made


def _other(number: int, line: str, taken: set[str]) -> AssistantSettings:
    who, model, search = (*(part.strip() for part in line.split(",")), "", "", "")[:3]
    address = who if who.lower().startswith(_ADDRESS) else ""
    if not model or not (address or who.lower() in _VENDORS) or search.lower() not in {"", "search"}:
        raise Mistake(
            f"Other assistants, line {number}: write {', '.join(_VENDORS)} or an address, a comma and the model, "
            f"such as: openai, gpt-5.1, search. {line.strip()[:80]!r} is none."
        )
    name = pasting.free_id(f"{model} {'search' if search else 'memory'}", taken)
    use = "openai_compatible" if address else who.lower()
    return AssistantSettings(id=name, use=use, model=model, search=bool(search), base_url=address)
