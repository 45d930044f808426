"""Reads over programmes, supply, demand and how they align; filtered by who asks."""
