"""Attribution: who is said to say, think or show what."""

from geo.facts.attribution.finder import find

__all__ = ["find"]
