"""The command `chanjiao`: parse, call, show. Commands load when called, so that a cold start stays short."""

from chanjiao.interfaces.cli.root import main

__all__ = ["main"]
