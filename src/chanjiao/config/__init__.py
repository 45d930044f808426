"""Settings, addresses and start of the site."""
