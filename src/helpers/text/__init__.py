"""An article as received, before any interpretation."""
