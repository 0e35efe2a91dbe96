"""Rows become files that any program can open."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from storage.writers import write_csv, write_jsonl


@given(st.lists(st.text(), min_size=1))
def test_a_cell_comes_back_as_it_was_but_for_the_apostrophe(cells):
    out = io.StringIO(newline="")
    write_csv([{str(place): cell for place, cell in enumerate(cells)}], out)
    _, back = csv.reader(io.StringIO(out.getvalue(), newline=""))
    for cell, kept in zip(cells, back, strict=True):
        assert kept in {cell, f"'{cell}"}
        assert not kept.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))


def test_no_rows_are_a_line_of_names():
    out = io.StringIO(newline="")
    assert write_csv([], out, columns=["a", "b"]) == 0
    assert out.getvalue() == "a,b\r\n"
    assert write_csv([], io.StringIO()) == 0
    assert write_jsonl([], io.StringIO()) == 0
