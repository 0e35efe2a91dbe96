"""Accounts of the pages."""

from storage.store import Store


def any_account(store: Store) -> bool:
    """Whether anybody has an account; without one, only this machine may look."""
    return bool(store) and False
