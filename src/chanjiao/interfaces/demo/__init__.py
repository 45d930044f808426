"""The demo: an invented city, loaded through the actions that people use."""
