"""People's decisions on the claims of an article: operations, recorded in a journal and compacted into tables."""
