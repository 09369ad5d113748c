"""What people decided about an article."""
