"""The figures of `make bench-drift` on confirmation, in short and with wide bounds."""

import importlib.util
import sys
from pathlib import Path

import pytest

_BENCH = Path(__file__).resolve().parents[1] / "bench" / "confirmation.py"


@pytest.fixture(scope="module")
def bench():
    name = "likeness_tests_confirmation"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, _BENCH)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def test_what_three_answers_in_ten_say_is_mailed_within_two_rounds(bench):
    assert bench.present(0.3, 60).value >= 0.88


def test_what_every_answer_says_is_mailed_in_the_round_that_first_says_it(bench):
    assert bench.present(1.0, 3, rounds=1).value == 1


def test_what_one_answer_in_two_hundred_says_is_not_mailed(bench):
    assert bench.slip(15, prompts=4, samples=5).hits == 0


def test_slips_by_chance_are_hardly_ever_mailed(bench):
    assert bench.present(1 / 200, 15, rounds=10, prompts=4, samples=5).hits <= 1
