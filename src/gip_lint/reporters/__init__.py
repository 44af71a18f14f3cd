"""Reporters: one output format each, `Run` → text. A reporter sees findings and coverage, never files or rules."""
