"""Measures one annotation of a text against another."""
