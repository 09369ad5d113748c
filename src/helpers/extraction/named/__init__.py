"""Who is named in an article: persons, organisations and groups that no lexicon lists, found and joined by a machine."""
