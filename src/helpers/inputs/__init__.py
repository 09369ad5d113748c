"""Files, folders, lines and tables as articles: one reader a format."""
