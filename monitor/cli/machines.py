"""Commands for several machines: worker, move."""

from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAMLS, Brands, app, late_pdf
from monitor.domain.errors import Mistake


@app.command()
def worker(
    brand: Brands = BRAND_YAMLS,
    asking: Annotated[int, typer.Option(min=1, help="Shares of rounds that are asked at once.")] = 4,
    reading: Annotated[int, typer.Option(min=1, help="Processes that read answers.")] = 1,
    healthy: Annotated[  # noqa: FBT002 -- a flag
        bool, typer.Option("--healthy", help="Only say whether the worker of this machine reaches its database.")
    ] = False,
) -> None:
    """Share the rounds of all brands with other workers, on this machine or others; needs PostgreSQL."""
    from monitor.worker import alive

    if healthy:
        raise typer.Exit(0 if alive.is_fresh() else 1)
    import asyncio

    from monitor.service.environment import Environment
    from storage.connecting import for_the_driver

    environment = Environment()
    for_the_driver(environment.database_url.get_secret_value())
    try:
        from monitor.worker import supervise
        from monitor.worker.rooms import Plot
    except ModuleNotFoundError as error:
        raise Mistake("The worker needs procrastinate; install it with: pip install 'likeness[postgres]'.") from error
    size = supervise.Size(asking=asking, reading=reading)
    asyncio.run(supervise.run(Plot(places=tuple(brand)), environment, size=size, draw=late_pdf))


@app.command()
def move(
    to: Annotated[str, typer.Option(help="An empty database: postgresql://user@host/name or sqlite:///file.")],
) -> None:
    """Copy the whole database into an empty one, compared row by row; the old one stays as it is."""
    from monitor import moving_terminal

    moving_terminal.move(to)
