"""What is known before an article is read, as tables."""
