"""The checks of `contactline check`: one function a rule, findings with places, hints and fixes."""
