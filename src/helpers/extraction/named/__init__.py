"""Who is named in an article, found by machine."""
