"""The command, thin."""
