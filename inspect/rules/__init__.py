"""Decisions: pure functions and tables. No clock, no query, no page."""
