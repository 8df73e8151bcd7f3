"""What a report says: times, voices, events and how certain they are."""

from geo.facts.merge import merge_articles
from geo.facts.overrides import apply_overrides, dated, template
from geo.facts.reading import FactReading, as_record, read_facts
from geo.facts.rows import fact_rows

__all__ = [
    "FactReading",
    "apply_overrides",
    "as_record",
    "dated",
    "fact_rows",
    "merge_articles",
    "read_facts",
    "template",
]
