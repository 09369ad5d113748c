"""What we know before reading, as tables."""
