"""Pages for people and an API for programs, over the same service."""
