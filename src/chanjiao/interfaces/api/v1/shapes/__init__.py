"""The shapes of what goes in and out, where a topic has many."""
