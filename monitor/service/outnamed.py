"""Where competitors are named more often than the brand: prompts and assistants, as far as it is more than chance."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.brand import Prompt
from monitor.domain.measures import Estimate, Measure, Series
from monitor.pipeline import House
from monitor.service import portraits
from monitor.service.prompt_sums import Measured, Rounds, of_wordings, wording
from storage.bodies import Body


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """A competitor that is named more often."""

    named: Estimate  # how often
    lead: Estimate  # of the brand over it, in the same answers: its whole interval is below nought


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """A prompt and assistant where competitors are named more often than the brand."""

    prompt: Prompt
    assistant_id: str
    brand: Estimate
    ahead: tuple[Ahead, ...]  # the furthest first


@dataclass(frozen=True, kw_only=True)
class Outnamed:
    rows: tuple[Replaced, ...]  # the widest gap first
    unclear: int  # further prompts and assistants where the difference may be chance


def outnamed(house: House, start: date, end: date) -> Outnamed:
    """Return where a competitor is named more often than the brand, and where that cannot be told from chance."""
    return portraits.kept(house, OUTNAMED, start, end)


def _outnamed(house: House, start: date, end: date) -> Outnamed:
    found = of_wordings(house, start, end, Measure.VISIBILITY)
    return compared(house.settings.brand, {each: found.get(wording(each), {}) for each in house.settings.prompts})


def compared(brand: str, found: Mapping[Prompt, Measured]) -> Outnamed:
    """Return the same of what each prompt measured."""
    rows, unclear = [], 0
    for prompt, whole in found.items():
        for measured in _by_assistant(whole).values():
            more = _more_often(brand, measured)
            row = _row(brand, prompt, measured, more)
            rows += [row] if row else []
            unclear += bool(more) and row is None
    rows.sort(key=lambda row: row.ahead[0].lead.rate.value or 0)
    return Outnamed(rows=tuple(rows), unclear=unclear)


def _by_assistant(measured: Measured) -> Mapping[tuple[str, str], Measured]:
    found: dict[tuple[str, str], Measured] = defaultdict(dict)
    for series, rounds in measured.items():
        found[series.assistant_id, series.surface][series] = rounds
    return found


def _own(brand: str, measured: Measured) -> Series | None:
    return next((series for series in measured if series.subject == brand), None)


def _more_often(brand: str, measured: Measured) -> list[Ahead]:
    """Return the competitors with more mentions, the furthest ahead first."""
    own = _own(brand, measured)
    if own is None:
        return []
    leads = [
        Ahead(named=measured[series].estimate(series), lead=_lead(measured[own], measured[series], series))
        for series in measured
        if series != own
    ]
    more = [each for each in leads if (each.lead.rate.value or 0) < 0]
    return sorted(more, key=lambda each: (each.lead.rate.value or 0, each.named.series.subject))


def _lead(own: Rounds, rival: Rounds, of: Series) -> Estimate:
    """Return the brand's mentions less the rival's, of the answers that tell of both."""
    both = Rounds()
    for round_id in own.rounds.keys() & rival.rounds.keys():
        (mine, answers), (theirs, _) = own.rounds[round_id], rival.rounds[round_id]
        both.add(round_id, mine - theirs, answers, answers)
    return both.estimate(replace(of, measure=Measure.LEAD))


def _row(brand: str, prompt: Prompt, measured: Measured, more: list[Ahead]) -> Replaced | None:
    own = _own(brand, measured)
    sure = tuple(each for each in more if each.lead.interval and each.lead.interval.high < 0)
    if own is None or not sure:
        return None
    return Replaced(prompt=prompt, assistant_id=own.assistant_id, brand=measured[own].estimate(own), ahead=sure)


OUTNAMED: portraits.Kind[Outnamed] = portraits.Kind("surely-outnamed", Body(Outnamed), _outnamed)
