"""The boundaries of an invented country."""

from __future__ import annotations

import pytest
import shapely


class SquareLand:
    """`SY` is a box from 35 to 39 °E and 34 to 37 °N; `TR` lies north of it; `SY.12` is its western half."""

    def country(self, code):
        return {"SY": shapely.box(35, 34, 39, 37), "TR": shapely.box(35, 37, 39, 39)}.get(code)

    def admin1(self, code):
        return {"SY.12": shapely.box(35, 34, 37, 37), "SY.09": shapely.box(37, 34, 39, 37)}.get(code)


@pytest.fixture(scope="session")
def land():
    return SquareLand()
