"""The formats of other tools: articles with their annotations, written and read back, a module a format."""
