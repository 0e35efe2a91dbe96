"""Likeness: how AI assistants portray a brand, and when that portrait drifts from the facts."""
