"""What a report says: times, voices, events and how certain they are."""

from geo.facts.merge import merge_articles
from geo.facts.reading import FactReading, as_record, read_facts

__all__ = ["FactReading", "as_record", "merge_articles", "read_facts"]
