"""`python -m chanjiao` is the command `chanjiao`."""

from chanjiao.interfaces.cli import main

main()
