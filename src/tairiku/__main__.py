"""`python -m tairiku` is the command line."""

from tairiku.cli import main

main()
