"""The second opinion and the review of findings, in the terminal."""

import asyncio
import getpass
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer
from rich.markup import escape

from monitor.analysis.judge import Batch
from monitor.brandfile import require
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import judge_files, judging, reviewing
from monitor.service.judging import Judged
from monitor.service.reviewing import Done, OpenFinding
from monitor.terminal import console, opened
from reports import reviewers, words, zoned
from reports.plain import one_line
from reports.quotes import marked_text

_KEYS = "[y]es, it is right   [n]o, dismiss it   [s]kip   [q]uit"


def second_opinion(brand: Path, *, dump: Path | None, load: Path | None, by: str, period: tuple[date, date]) -> None:
    """Ask the judge of the brand file, or write its questions, or read replies."""
    if dump and load:
        raise Mistake("--dump writes questions and --load reads replies; choose one of them.")
    with opened(brand) as house:
        if load:
            _show_loaded(judge_files.load(house, load, by=by))
        elif dump:
            count = judge_files.dump(house, dump, _unasked(house, by, period))
            console.print(f"Wrote {count} questions: {escape(str(dump))}")
        else:
            require(house.settings, "judge")
            _show_judged(asyncio.run(_ask(house, period)))


def _unasked(house: House, model: str, period: tuple[date, date]) -> list[Batch]:
    first, after = house.bounds(*period)
    return judging.unasked(house, model, start=first, end=after)


async def _ask(house: House, period: tuple[date, date]) -> Judged:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    by = house.settings.judge
    if by is None:
        return Judged()
    return await judging.ask(house, by, _unasked(house, by.model, period), stop=stop)


def _show_judged(judged: Judged) -> None:
    cost = "not known" if judged.cost is None else f"${judged.cost:.4f}"
    console.print(
        f"Second opinion on {judged.asked} findings: agrees on {judged.agrees}, disagrees on {judged.disagrees}, "
        f"undecided on {judged.undecided}. Cost: {cost}."
    )
    if judged.left:
        console.print(f"{judged.left} findings were not asked about: {escape(judged.why or 'no reply came')}")


def _show_loaded(loaded: judge_files.Loaded) -> None:
    _show_judged(loaded.judged)
    if loaded.unreadable:
        console.print(f"{loaded.unreadable} replies are not in the agreed form; nothing of them was taken.")
    if loaded.unknown:
        console.print(f"{loaded.unknown} replies are about answers that hold no open question.")


def decided(brand: Path) -> None:
    """List what persons said of findings, the newest first."""
    with opened(brand) as house:
        found = [zoned.told(each, house.settings.zone) for each in reviewing.decisions(house)]
    for each in found:
        console.print(f"[bold]{each.id}[/bold]  {escape(reviewers.said(each))}: {escape(each.wording.subject)}")
        console.print(f"  “{escape(one_line(each.quote))}”", soft_wrap=True)
    console.print("Take one back: likeness review --undo ID" if found else "Nothing was decided yet.")


def review(
    brand: Path, *, confirm: Sequence[str], dismiss: Sequence[str], undo: Sequence[str] = (), by: str = ""
) -> None:
    """Take a person's word on findings; without one, list them, or go through them key by key on a terminal."""
    if both := (set(confirm) & set(dismiss)) | (set(undo) & {*confirm, *dismiss}):
        raise Mistake(f"{', '.join(sorted(both))}: a finding is confirmed, dismissed or taken back, not two of these.")
    with opened(brand) as house:
        if confirm or dismiss or undo:
            _show_done(reviewing.decide(house, confirm=confirm, dismiss=dismiss, undo=undo, by=by or _me()))
            return
        found = [zoned.told(each, house.settings.zone) for each in reviewing.open_findings(house)]
        if found and sys.stdin.isatty() and sys.stdout.isatty():
            _go_through(house, found)
            return
        for finding in found:
            _show(finding)
        console.print(_total(found))


def _total(found: Sequence[OpenFinding]) -> str:
    if not found:
        return "No finding waits for a review."
    return f"{len(found)} findings wait. Say which are right: likeness review --confirm ID --dismiss ID"


def _show(finding: OpenFinding) -> None:
    quote, signal = finding.quote, finding.alert.signal
    where = f"{quote.assistant_label}, {words.day(quote.asked_at)}" if quote.asked_at else quote.assistant_label
    several = f" ({finding.answers} answers put it so)" if finding.answers > 1 else ""
    console.print(f"[bold]{finding.id}[/bold]  {signal.rule.replace('_', ' ')}: {escape(finding.wording.subject)}")
    for name, said in (
        ("They say", f"“{marked_text(quote)}”{several}"),
        ("Where", where),
        ("Your sheet", finding.truth),
        ("Why", finding.why),
        ("Others", finding.checked),
    ):
        if said:
            console.print(f"  {name + ':':11} {escape(one_line(said))}", soft_wrap=True)
    console.print()


def _go_through(house: House, found: Sequence[OpenFinding]) -> None:
    for finding in found:
        _show(finding)
        console.print(escape(_KEYS))
        key = _key()
        if key == "q":
            return
        if key == "y":
            _show_done(reviewing.decide(house, confirm=[finding.id], by=_me()))
        elif key == "n":
            _show_done(reviewing.decide(house, dismiss=[finding.id], by=_me()))
    console.print("That was all.")


def _key() -> str:
    while (key := typer.getchar().lower()) not in {"y", "n", "s", "q"}:
        console.print(escape(_KEYS))
    return key


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _show_done(done: Done) -> None:
    for made in done.reviews:
        console.print(f"{made.id} {made.decision}.")
    for change in done.closed:
        console.print(f"Closed, nothing is left of it: {escape(one_line(change.alert.signal.headline))}")
    for change in done.opened:
        console.print(f"Open again: {escape(one_line(change.alert.signal.headline))}")
