from __future__ import annotations

import base64
import hashlib

import pytest

from geo.errors import MissingPart
from layers import assets


def test_bundle_can_stand_inside_its_elements():
    assert "</script" not in assets.script()
    assert "<!--" not in assets.script()
    assert "</style" not in assets.styles()
    assert "contactline" in assets.script()


def test_bundle_asks_the_network_for_nothing():
    assert "@import" not in assets.styles()
    urls = [part.split(")")[0] for part in assets.styles().split("url(")[1:]]
    assert all(url.strip("\"'").startswith(("data:", "#")) for url in urls)


def test_hash_is_the_browsers():
    digest = base64.b64encode(hashlib.sha256(b"alert(1)").digest()).decode()
    assert assets.csp_hash("alert(1)") == f"'sha256-{digest}'"


def test_missing_bundle_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    assets.script.cache_clear()
    try:
        with pytest.raises(MissingPart, match="make page"):
            assets.script()
    finally:
        monkeypatch.undo()
        assets.script.cache_clear()
