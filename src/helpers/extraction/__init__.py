"""Finds by machine who says what in an article."""
