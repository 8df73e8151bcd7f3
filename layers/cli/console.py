"""What the commands say, and where: results on standard output, progress on standard error."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from geo.gazetteer import Gazetteer


@cache
def out() -> Console:
    """Return the console of standard output; plain where it is no terminal."""
    from rich.console import Console

    return Console(soft_wrap=True, highlight=False)


def say(text: str) -> None:
    """Write a line of plain text; no markup is read in it, for it may come from an article."""
    out().print(text, markup=False)


def size(path: Path) -> str:
    """Return a file's size in kB."""
    return f"{path.stat().st_size / 1000:,.0f} kB"


@contextmanager
def open_gazetteer() -> Iterator[Gazetteer]:
    """Open the index of places, with a progress bar on standard error while it is built the first time."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from geo.gazetteer import Gazetteer

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("Building the index of places (once)", total=1.0, start=False)

    def progress(done: int, total: int) -> None:
        if not bar.live.is_started:
            bar.start()
            bar.start_task(task)
        bar.update(task, completed=done, total=total)

    try:
        opened = Gazetteer.open(progress=progress)
    finally:
        if bar.live.is_started:
            bar.stop()
    yield opened
