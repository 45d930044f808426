"""Reads over placement, filtered by who asks."""
