"""The page beside stored pictures of it, at three sizes, light, dark, right to left and printed.

A picture may differ in 1.2 % of its points (`pictures.py` says how they are compared). Fonts are the system's,
so pictures are compared only where texts are as wide as where they were made; elsewhere the test says so and
is skipped. `make golden` makes them anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import pictures

sys.path.pop(0)

if TYPE_CHECKING:
    from tests.layers.page.conftest import Opened, Opener

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent / "golden"
SIZES = {"desktop": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "light": ("sample", {"color_scheme": "light"}),
    "dark": ("sample", {"color_scheme": "dark"}),
    "rtl": ("rtl", {"color_scheme": "light"}),
    "print": ("sample", {"color_scheme": "light"}),
}
WIDTHS = """() => Object.fromEntries(["--serif", "--sans", "--arabic"].map((family) => {
  const probe = document.createElement("span");
  probe.style.cssText = `position:absolute;white-space:nowrap;font:100px var(${family})`;
  probe.textContent = "Hamburgefonstiv 0123 خان شيخون";
  document.body.append(probe);
  const width = probe.getBoundingClientRect().width;
  probe.remove();
  return [family, Math.round(width)];
}))"""


def widths_agree(opened: Opened, *, renew: bool) -> bool:
    """Return whether this machine's fonts are those of the stored pictures; renewing, note them."""
    path = GOLDEN / "fonts.json"
    here = opened.page.evaluate(WIDTHS)
    if renew:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(json.dumps(here, indent=1) + "\n")
    return bool(json.loads(path.read_text()) == here)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", LOOKS)
def test_looks_as_it_did(open_page: Opener, look: str, size: str, tmp_path: Path, *, golden: bool) -> None:
    document, options = LOOKS[look]
    opened = open_page(document, size=SIZES[size], reduced_motion="reduce", **options)
    if not widths_agree(opened, renew=golden):
        pytest.skip("PICTURES NOT COMPARED: other fonts here than where they were made (`make golden` makes them anew)")
    if look == "print":
        opened.page.emulate_media(media="print")
    opened.page.wait_for_timeout(900)
    now = pictures.shrunk(open_page.browser, opened.page.screenshot(animations="disabled", caret="hide"))
    path = GOLDEN / f"{look}-{size}.png"
    if golden:
        path.write_bytes(pictures.encode(now))
        return
    share = pictures.difference(pictures.decode(path.read_bytes()), now)
    if share > pictures.SHARE:
        seen = tmp_path / path.name
        seen.write_bytes(pictures.encode(now))
        pytest.fail(f"{share:.1%} of the points differ from {path.name}; as it is now: {seen}")
