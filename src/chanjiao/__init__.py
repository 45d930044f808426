"""Chanjiao (产教): the open platform that runs a municipal industry–education consortium."""

__version__ = "0.1.0"
