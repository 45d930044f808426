"""One Django app a part of the domain; an app imports only those below it (see ARCHITECTURE.md)."""
