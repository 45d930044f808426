"""What every app stands on: errors, actor and rights, audit and events, jobs, clock."""
