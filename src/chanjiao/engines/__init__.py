"""Pure engines: functions over frozen values. No framework, clock, database or translation."""
