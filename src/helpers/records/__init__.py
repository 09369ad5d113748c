"""What is known of an article, as plain records."""
