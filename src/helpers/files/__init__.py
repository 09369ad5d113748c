"""Files read and written whole, and errors that name file and row."""
