"""Who says what, found by machine."""
