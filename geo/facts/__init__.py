"""What a report says: times, voices, events and how certain they are."""
