"""An article as received, before any meaning."""
