"""People's annotations of an article."""
