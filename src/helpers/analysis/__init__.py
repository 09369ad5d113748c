"""Counts and shares: from records to DataFrames."""
