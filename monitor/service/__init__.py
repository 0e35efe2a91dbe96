"""Builds the rooms from settings and runs them: at once, or when the clock says so."""
