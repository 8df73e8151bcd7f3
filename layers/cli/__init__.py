"""The command line: `contactline COMMAND`. Heavy imports stand inside the commands, so that help is instant.

Exit codes: 0 done, 1 findings (a check, or records that failed), 2 misuse or unreadable input. A `UsageError`
is printed as one line on standard error; anything else that escapes is a bug and shows its traceback.
"""

from __future__ import annotations

import os
import sys

import typer

from geo.errors import UsageError
from layers.cli import gazetteer, maps, texts, zones

app = typer.Typer(
    name="contactline",
    help="A news report about a conflict in, an honest, layered, offline map out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("map")(maps.draw)
app.command("export")(maps.export)
app.command("cases")(maps.cases)
app.command("read")(texts.read)
app.command("facts")(texts.facts)
app.command("geoparse")(texts.geoparse)
app.command("place")(texts.place)
app.command("check")(zones.check)
app.add_typer(zones.app, name="zones")
app.add_typer(gazetteer.app, name="gazetteer")


def main() -> None:
    """Run a command and leave with its exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # see geo.language.ONE_THREAD
    try:
        app()
    except UsageError as error:
        sys.stderr.write(f"contactline: {' '.join(str(error).split())}\n")
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("contactline: stopped.\n")
        sys.exit(130)
