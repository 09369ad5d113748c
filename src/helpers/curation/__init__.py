"""What people decide on the claims of an article: operations, kept in a journal, compacted into tables."""
