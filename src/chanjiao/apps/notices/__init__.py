"""What people and organisations are told, how it reaches them, and how they answer. See docs/how-to/notify.md."""
