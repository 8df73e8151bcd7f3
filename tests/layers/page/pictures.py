"""Small pictures of the page: written and read as PNG with the standard library, compared with a tolerance."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Stored pictures are so many times smaller than the screen: fine anti-aliasing is no matter.
SHRINK = 4
#: Of the picture's points, so many may differ by more than `STEP` of 255 levels in some channel.
SHARE = 0.012
STEP = 28
SCALE = """async ([png, shrink]) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const whole = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const [width, height] = [Math.floor(whole.width / shrink), Math.floor(whole.height / shrink)];
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(whole, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  let text = "";
  for (let at = 0; at < data.length; at += 30000) text += String.fromCharCode(...data.subarray(at, at + 30000));
  return { width, height, points: btoa(text) };
}"""


def decode(png: bytes) -> np.ndarray:
    """Return a picture that `encode` wrote, as height x width x 3."""
    width, height = struct.unpack(">II", png[16:24])
    (length,) = struct.unpack(">I", png[33:37])
    lines = np.frombuffer(zlib.decompress(png[41 : 41 + length]), np.uint8).reshape(height, width * 3 + 1)
    return np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, 3)


def shrunk(browser: Browser, png: bytes) -> np.ndarray:
    """Return a screenshot at a quarter of its size, in steps of four levels; Chromium reads and scales it."""
    page = browser.new_page()
    encoded = page.evaluate(SCALE, [base64.b64encode(png).decode(), SHRINK])
    page.close()
    points = np.frombuffer(base64.b64decode(encoded["points"]), np.uint8).reshape(
        encoded["height"], encoded["width"], 4
    )
    return (points[:, :, :3] // 4) * 4


def encode(picture: np.ndarray) -> bytes:
    """Return an RGB picture as PNG; the same picture gives the same bytes."""
    height, width, _ = picture.shape
    above = np.vstack([np.zeros((1, width, 3), np.uint8), picture[:-1]])
    rows = np.hstack([np.full((height, 1), 2, np.uint8), (picture - above).reshape(height, -1)])
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
    ]
    chunks = [(name + body) for name, body in [*parts, (b"IEND", b"")]]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks
    )


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the share of points that differ by more than `STEP`; 1 where the sizes differ."""
    if one.shape != other.shape:
        return 1.0
    return float((np.abs(one.astype(int) - other.astype(int)).max(axis=2) > STEP).mean())
