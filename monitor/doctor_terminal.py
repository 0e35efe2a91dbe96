"""What a person, or a program, sees of a check."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from monitor.service import doctor
from monitor.service.checkup import Finding, Verdict, any_broken
from monitor.service.environment import Environment

_SHOWN = {Verdict.OK: "[green]OK[/]", Verdict.ATTENTION: "[yellow]attention[/]", Verdict.BROKEN: "[red]broken[/]"}


def examine(named: Sequence[Path], *, ask: bool, mail_to: str, as_json: bool) -> int:
    """Show how everything stands; returns 1 where something is broken, else 0."""
    found = list(doctor.examine(Environment(), named, os.environ, ask=ask, mail_to=mail_to))
    console = Console(highlight=False, soft_wrap=as_json)
    if as_json:
        console.print(json.dumps([asdict(each) for each in found], indent=2, ensure_ascii=False), markup=False)
    else:
        _show(console, found)
    return int(any_broken(found))


def _show(console: Console, found: Sequence[Finding]) -> None:
    table = Table("", "what", "found, and what to do", box=None, pad_edge=False)
    for each in found:
        told = escape(each.found) + (f"\n-> {escape(each.remedy)}" if each.remedy else "")
        table.add_row(_SHOWN[each.verdict], each.what, told)
    console.print(table)
    counts = {verdict: sum(each.verdict is verdict for each in found) for verdict in Verdict}
    console.print(
        f"\n{counts[Verdict.OK]} OK, {counts[Verdict.ATTENTION]} need attention, {counts[Verdict.BROKEN]} broken."
    )
