"""Commands about who may into the pages: accounts add, list, close."""

from typing import Annotated

import typer

from monitor.cli.app import app
from monitor.domain.accounts import Right, Role

accounts = typer.Typer(no_args_is_help=True, help="Say who may into the pages.")
app.add_typer(accounts, name="accounts")


@accounts.command()
def add(
    email: Annotated[str, typer.Argument(help="The person's mail address.")],
    role: Annotated[Role, typer.Option(help="What they may.")] = Role.VIEWER,
    right: Annotated[list[Right] | None, typer.Option(help="A right beyond the role's: approve, spend.")] = None,
    brand: Annotated[list[str] | None, typer.Option(help="A brand's name; without it, every brand.")] = None,
    site: Annotated[str, typer.Option(help="Where the pages are.")] = "http://127.0.0.1:8400",
) -> None:
    """Make an account and print the link by which its owner chooses a password."""
    from monitor.service import accounts as people
    from monitor.service import build
    from monitor.service.environment import Environment

    with build.open_store(Environment()) as store:
        made = people.add(
            store, email, role=role, more=right or (), brands=brand, now=build.utc_now(), new_id=build.new_id()
        )
    typer.echo(f"{email} chooses a password here, once, within seven days:\n{site.rstrip('/')}/welcome?key={made.word}")


@accounts.command(name="list")
def list_() -> None:
    """List the accounts with their rights."""
    from monitor.service import build
    from monitor.service.environment import Environment
    from storage import accounts as kept

    with build.open_store(Environment()) as store, store.snapshot() as tx:
        found = kept.accounts(tx)
    for each in found:
        brands = "every brand" if each.brands is None else ", ".join(sorted(each.brands))
        state = "closed" if each.closed_at else "invited" if not each.password else "open"
        typer.echo(f"{each.email}  {state}, {each.role}, may {', '.join(sorted(each.rights))}; {brands}")
    if not found:
        typer.echo("Nobody has an account: the pages are open to this machine alone.")


@accounts.command()
def close(email: Annotated[str, typer.Argument(help="The person's mail address.")]) -> None:
    """Close an account; its sessions end at once."""
    from dataclasses import replace

    from monitor.domain.errors import Mistake
    from monitor.service import accounts as people
    from monitor.service import build
    from monitor.service.environment import Environment
    from storage import accounts as kept

    with build.open_store(Environment()) as store:
        with store.snapshot() as tx:
            found = kept.by_email(tx, email)
        if found is None:
            raise Mistake(f"{email}: nobody has an account with this address; `likeness accounts list` shows them.")
        people.change(store, replace(found, closed_at=build.utc_now()))
    typer.echo(f"Closed: {email}")
