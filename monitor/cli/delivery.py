"""Commands about messages: outbox."""

import typer

from monitor.cli.app import BRAND_YAML, Brand, app


@app.command()
def outbox(brand: Brand = BRAND_YAML) -> None:
    """Show messages that wait for their time, or could not be delivered, and why."""
    from monitor import post_terminal

    raise typer.Exit(post_terminal.show(brand))
