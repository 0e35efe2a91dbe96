"""What an attacker may try: passwords all at once, and the link of a mail that was followed by another."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.domain.errors import Mistake
from monitor.service import accounts

PASSWORD = "a sentence of some length"


def test_passwords_that_are_guessed_all_at_once_are_no_more_than_one_after_the_other(stand):
    stand.account("anna@quarn.example", PASSWORD)

    def guess(number):
        try:
            accounts.sign_in(
                stand.store, "anna@quarn.example", f"guess {number}", address="203.0.113.9", now=stand.hands()
            )
        except Mistake as mistake:
            return str(mistake)

    with ThreadPoolExecutor(12) as attackers:
        told = list(attackers.map(guess, range(24)))
    assert sum("do not fit" in each for each in told) == 5
    assert sum("Too many sign-ins failed" in each for each in told) == 19


def test_a_sign_in_that_fits_forgets_what_failed_before(stand):
    stand.account("anna@quarn.example", PASSWORD)
    for _ in range(12):
        assert accounts.sign_in(stand.store, "anna@quarn.example", PASSWORD, address="x", now=stand.hands())


def test_an_older_invitation_ends_with_the_password_that_was_chosen(stand):
    first = accounts.add(stand.store, "anna@quarn.example", now=stand.hands(), new_id="anna")
    second = accounts.invite_again(stand.store, "anna", stand.hands())
    accounts.accept(stand.store, second.word, PASSWORD, stand.hands())
    with pytest.raises(Mistake, match="used already"):
        accounts.accept(stand.store, first.word, "another sentence of some length", stand.hands())
