"""Reads and writes whole files; errors name the file and the row."""
