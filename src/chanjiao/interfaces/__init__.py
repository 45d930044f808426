"""Parse, call, show: pages, API and command line. No rules live here."""
