"""Embedded facts: the reference tables (`chanjiao.data.tables`) and the demo consortium. Standard library only."""
