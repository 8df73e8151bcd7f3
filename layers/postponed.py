"""Modules that a library imports and that we seldom need: loaded when one of their names is first asked for."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def postponed(name: str) -> Iterator[None]:
    """Give whatever is imported inside the block a stand-in for a module; outside, the module is the real one.

    The stand-in fetches the module at the first use of one of its names. (The standard library's `LazyLoader`
    does it at the mere `import` of it, up to Python 3.11.)

    Args:
        name: a module that is imported whole (`import name`), not name by name.
    """
    if name in sys.modules:
        yield
        return
    stand_in = ModuleType(name)
    # PEP 562: what a module lacks, it is asked for by this name.
    vars(stand_in)["__getattr__"] = lambda attribute: getattr(importlib.import_module(name), attribute)
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
