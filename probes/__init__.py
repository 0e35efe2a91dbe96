"""Asks: the only room that calls assistants or fetches pages."""
