"""`python -m isnad_arabic` runs the command `isnad`."""

from helpers.cli.entry import main

if __name__ == "__main__":
    main()
