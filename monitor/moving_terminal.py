"""What a person sees while a database is moved."""

from rich.console import Console
from rich.table import Table

from monitor.domain.errors import Mistake
from monitor.service import build
from monitor.service.environment import Environment
from monitor.terminal import progress
from storage import move as moving
from storage.store import Store, StoreError

console = Console(highlight=False)


def move(to: str) -> None:
    """Copy the database of the surroundings to `to` and say what to do next."""
    environment = Environment()
    if to == environment.database_url.get_secret_value():
        raise Mistake("--to names the database that is in use; name another one.")
    with build.open_store(environment) as source:
        try:
            target = Store.open(to)
        except StoreError as error:  # its words are of the database that is in use
            raise Mistake(str(error).replace("LIKENESS_DATABASE_URL", "--to")) from error
        try:
            with progress("Copying", 0) as (bar, task):
                moved = moving.move(
                    source,
                    target,
                    now=build.utc_now(),
                    on_progress=lambda name, done, of: bar.update(task, description=name, completed=done, total=of),
                )
        finally:
            target.close()
    start = "`likeness serve`" if target.writes_alone else "`likeness serve` or `likeness worker`"
    _show(moved, source.name, target.name, start)


def _show(moved: list[moving.Moved], source: str, target: str, start: str) -> None:
    table = Table("table", "rows", "SHA-256 (sum)", title=f"{source} -> {target}", title_justify="left")
    for each in moved:
        if each.rows:
            table.add_row(each.table, str(each.rows), each.digest[:16])
    console.print(table)
    console.print(
        f"{sum(each.rows for each in moved)} rows of {len(moved)} tables are there and the same.\n"
        f"Next: set LIKENESS_DATABASE_URL to the new address, start {start},\n"
        f"and keep {source} until a round has run."
    )
