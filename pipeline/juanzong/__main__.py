"""`python -m juanzong`."""

from juanzong.cli import program

program()
