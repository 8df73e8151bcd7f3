"""Time expressions (TIMEX3) and what they mean against the day of publication."""

from geo.facts.times.tagger import tag

__all__ = ["tag"]
