"""Commands of the pages: pages."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAML, Host, Names, Port, app, late_pdf


@app.command()
def pages(
    brand: Annotated[list[Path] | None, typer.Option("--brand", "-b", help="A brand file or a folder of them.")] = None,
    host: Host = "127.0.0.1",
    port: Port = 8400,
    name: Names = None,
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
        desk = Desk(store=store, environment=environment, files=files, keys=os.environ, draw=late_pdf)
        server.run(
            desk,
            host=host,
            port=port,
            names=tuple(name or ()),
            on_open=lambda: typer.echo(f"Pages: http://{host}:{port}/  (stop with Ctrl+C)"),
        )
