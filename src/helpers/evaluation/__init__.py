"""One annotation against another."""
