"""`python -m juanzong`."""

from juanzong.cli import main

main()
