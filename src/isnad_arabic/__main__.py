"""`python -m isnad_arabic`: the command `isnad`, which begins here too."""

from helpers.cli.entry import main

if __name__ == "__main__":
    main()
