"""Commands of the pages: pages."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAML, app


@app.command()
def pages(
    brand: Annotated[list[Path] | None, typer.Option("--brand", "-b", help="A brand file; may be repeated.")] = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on; beyond loopback it needs accounts.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8400,
    name: Annotated[list[str] | None, typer.Option("--name", help="A host name under which it is reached.")] = None,
) -> None:
    """Serve the pages alone, without running rounds; `likeness serve` has them too."""
    import os

    from monitor.service import build
    from monitor.service.desk import Desk
    from monitor.service.environment import Environment
    from monitor.web import server

    files = tuple(brand or ([BRAND_YAML] if BRAND_YAML.exists() else []))
    environment = Environment()
    with build.open_store(environment) as store:
        typer.echo(f"Pages: http://{host}:{port}/  (stop with Ctrl+C)")
        desk = Desk(store=store, environment=environment, files=files, keys=os.environ, draw=_draw)
        server.run(desk, host=host, port=port, names=tuple(name or ()))


def _draw(html: str) -> bytes:
    """Draw a PDF; what draws it takes seconds to import, and is not always wanted."""
    from reports.pdf import pdf

    return pdf(html)
