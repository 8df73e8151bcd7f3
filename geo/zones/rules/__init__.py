"""The checks of `contactline check`: one function a rule, findings with places, hints and fixes."""

from geo.zones.rules.checking import MAX_FINDINGS, Mode, check_bytes, check_file
from geo.zones.rules.findings import as_record
from geo.zones.rules.fixing import apply_fixes, fixed, proposed_diff

__all__ = ["MAX_FINDINGS", "Mode", "apply_fixes", "as_record", "check_bytes", "check_file", "fixed", "proposed_diff"]
