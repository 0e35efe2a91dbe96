"""Trains the stance model from labelled sets; nothing of it is needed to read answers."""
