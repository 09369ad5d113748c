"""Finds persons, organisations and groups that are named in an article but in no lexicon, and links their names."""
