"""Plain records of what is known about an article."""
