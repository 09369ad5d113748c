"""Reads files, folders, JSON Lines and Parquet as articles: one reader per format."""
