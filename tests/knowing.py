"""What is known before reading, compiled once for all tests of a process: nothing in it is ever changed."""

from helpers import readings

KNOWN = readings.known()
