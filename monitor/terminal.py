"""What a person sees in the terminal: progress, tables, and where things are."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from monitor import pipeline
from monitor.analysis import readings_file
from monitor.brandfile.preview import Preview
from monitor.demo import stage
from monitor.domain.readings import Outcome as ReadingOutcome
from monitor.domain.readings import Reading
from monitor.pipeline import House
from monitor.service import build, captured, runs, which_text
from monitor.service.environment import Environment
from storage.patience import Patience

console = Console(highlight=False)


@contextmanager
def progress(title: str, total: int) -> Iterator[tuple[Progress, TaskID]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar, bar.add_task(title, total=total)


@contextmanager
def opened(brand: Path, *sections: str) -> Iterator[House]:
    """The house of a brand file, or of what pages made of it, with the store of the surroundings."""
    settings = build.read_brand(brand, *sections)
    environment = Environment()
    with build.open_store(environment) as store:
        counts = which_text.insisted(store, settings, brand, build.utc_now())
        yield build.build(counts, environment, store=store, patience=Patience())


def read_file(brand: Path, answers: Path, out: Path) -> None:
    settings = build.read_brand(brand)
    reader = build.reader(settings)
    rows = readings_file.read_answers(answers, settings.zone)
    outcomes: Counter[ReadingOutcome] = Counter()
    with progress("Reading", len(rows)) as (bar, task):

        def readings() -> Iterator[Reading]:
            for answer in rows:
                reading = reader.read(answer)
                outcomes[reading.outcome] += 1
                bar.advance(task)
                yield reading

        readings_file.write_readings(out, readings())
    counts = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
    console.print(f"Read {len(rows)} answers ({counts or 'none'}): {out}")


def reread(brand: Path) -> None:
    with opened(brand) as house, progress("Reading", 0) as (bar, task):
        count = pipeline.read(house, on_read=lambda done, of: bar.update(task, completed=done, total=of))
        measured = runs.measure_all(house)
    console.print(f"Read {count} answers with analyzer {house.reader.version}; measured {measured} rounds again.")


def import_file(brand: Path, file: Path, *, columns: list[str], prompts: Path | None, surface: str) -> None:
    with opened(brand) as house, progress("Reading", 0) as (bar, task):
        imported = captured.take(
            house,
            file,
            columns=columns,
            prompts=prompts,
            surface=surface,
            on_read=lambda done, of: bar.update(task, completed=done, total=of),
        )
    console.print(
        f"Imported {imported.added} answers ({imported.known} were there already), read {imported.read}. "
        "Imports never send mail."
    )


def show_preview(preview: Preview) -> None:
    for table in preview.tables:
        shown = Table(*table.columns, title=table.title, title_justify="left")
        for row in table.rows:
            shown.add_row(*(escape(cell) for cell in row))
        console.print(shown)
    for line in preview.lines:
        console.print(escape(line))


def show_demo(out: Path) -> None:
    """Play the six weeks and say where everything lies."""
    with progress("Six weeks", 0) as (bar, task):
        shown = stage.play(out, on_round=lambda done, of: bar.update(task, completed=done, total=of))
    table = Table("day", "mail", title="Mails of six weeks", title_justify="left")
    for day, subject in shown.mails:
        table.add_row(day, escape(subject))
    console.print(table)
    console.print(f"{shown.rounds} rounds, {shown.answers} answers, {len(shown.mails)} mails.\n")
    for name, path in (("Mails", shown.mail_folder), ("Report", shown.report), ("Database", shown.database)):
        console.print(f"  {name + ':':10} {path}")
    console.print("\nLook at its pages:")
    serve = f"LIKENESS_DATABASE_URL=sqlite:///{shown.database} .venv/bin/likeness pages --brand {out / 'brand.yaml'}"
    console.print(f"  {serve}", soft_wrap=True)
    console.print("\nGo live with your own brand:")
    for command in (
        "likeness init brand.yaml",
        "likeness check --brand brand.yaml",
        "likeness serve --brand brand.yaml",
    ):
        console.print(f"  .venv/bin/{command}")
