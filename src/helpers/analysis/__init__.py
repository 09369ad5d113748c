"""Counts and shares: records in, DataFrames out."""
