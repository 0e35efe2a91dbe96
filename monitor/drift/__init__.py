"""Measures with intervals, changes with stated error rates. Pure: observations and tallies in, values out."""
