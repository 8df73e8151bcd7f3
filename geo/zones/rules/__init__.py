"""The checks of `contactline check`: one function a rule, findings with places, hints and fixes."""

from geo.zones.rules.checking import MAX_FINDINGS, Mode, check_bytes, check_file

__all__ = ["MAX_FINDINGS", "Mode", "check_bytes", "check_file"]
