"""The figures of `make bench-drift` on confirmation, in short and with wide bounds."""

from tests.bench import confirmation


def test_what_three_answers_in_ten_say_is_mailed_within_two_rounds():
    assert confirmation.present(0.3, 60).value >= 0.88


def test_what_every_answer_says_is_mailed_in_the_round_that_first_says_it():
    assert confirmation.present(1.0, 3, rounds=1).value == 1


def test_what_one_answer_in_two_hundred_says_is_not_mailed():
    assert confirmation.slip(15, prompts=4, samples=5).hits == 0


def test_slips_by_chance_are_hardly_ever_mailed():
    assert confirmation.present(1 / 200, 15, rounds=10, prompts=4, samples=5).hits <= 1
