"""Commands about the index of places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from layers.cli.console import open_gazetteer, say

app = typer.Typer(help="The index of places: what is in it, adding to it, building it anew.", no_args_is_help=True)


@app.command()
def info() -> None:
    """Say what is in the index and where it lies."""
    with open_gazetteer() as gazetteer:
        for name, value in gazetteer.info().items():
            say(f"{name}: {value}")


@app.command()
def build() -> None:
    """Build the index if it is missing, broken or out of date."""
    with open_gazetteer() as gazetteer:
        say(gazetteer.info().get("path", "The index is ready."))


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A GeoNames dump (zip or text) or admin boundaries with P-codes.")],
) -> None:
    """Add a GeoNames dump or OCHA admin boundaries to the index."""
    with open_gazetteer() as gazetteer:
        say(f"{gazetteer.add(file):,} places added from {file}")
