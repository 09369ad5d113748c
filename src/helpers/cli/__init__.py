"""The command `isnad`, which only reads arguments and calls other rooms."""
