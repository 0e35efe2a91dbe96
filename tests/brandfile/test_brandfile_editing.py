"""A row changes; every other line of the file stays as somebody wrote it."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.brandfile import editing
from monitor.domain.errors import Mistake

FILE = """\
# our file
brand: {name: Acme}   # a name

facts:
  # the first one
  - id: founded
    kind: year
    value: 1999   # checked by Ann

  - {id: price, kind: money, value: 10, unit: EUR}
  # the slogan
  - id: slogan
    kind: text
    value: |
      Two
      lines
prompts:
- {id: who, text: "Who is Acme?"}
"""


def test_a_row_is_replaced_in_its_place_and_the_rest_stays():
    new = editing.put(FILE, "facts", {"id": "price", "kind": "money", "value": 12, "unit": "EUR"})
    assert yaml.safe_load(new)["facts"][1] == {"id": "price", "kind": "money", "value": 12, "unit": "EUR"}
    written = {"  - id: price", "    kind: money", "    value: 12", "    unit: EUR"}
    kept = [line for line in FILE.splitlines() if "price" not in line]
    assert [line for line in new.splitlines() if line not in written - set(kept)] == kept


def test_a_new_row_comes_after_the_last_also_where_that_one_has_several_lines():
    new = editing.put(
        FILE, "facts", {"id": "ceo", "kind": "person", "value": "Ann O'Neil: boss", "from": date(2026, 1, 2)}
    )
    facts = yaml.safe_load(new)["facts"]
    assert [fact["id"] for fact in facts] == ["founded", "price", "slogan", "ceo"]
    assert facts[2]["value"] == "Two\nlines\n"
    assert facts[3]["value"] == "Ann O'Neil: boss"
    assert facts[3]["from"] == date(2026, 1, 2)
    assert "# checked by Ann" in new


def test_a_list_without_indent_keeps_its_form():
    new = editing.put(FILE, "prompts", {"id": "best", "text": "Which is best?"})
    assert new.endswith('- {id: who, text: "Who is Acme?"}\n- id: best\n  text: Which is best?\n')


@pytest.mark.parametrize("before", ["", "facts: []\n", "facts:\n", "facts: [{id: z, value: 1}]\n"])
def test_a_section_that_is_empty_flowing_or_not_there_takes_a_row(before):
    source = f"brand: {{name: A}}\n{before}watch: [recall]\n" if before else "brand: {name: A}\nwatch: [recall]\n"
    new = yaml.safe_load(editing.put(source, "facts", {"id": "a", "value": "NO"}))
    assert new["facts"][-1] == {"id": "a", "value": "NO"}
    assert new["watch"] == ["recall"]
    assert new["brand"] == {"name": "A"}


def test_a_row_is_taken_out_and_one_that_is_not_there_is_told():
    new = editing.drop(FILE, "facts", "founded")
    assert [fact["id"] for fact in yaml.safe_load(new)["facts"]] == ["price", "slogan"]
    assert yaml.safe_load(editing.drop(FILE, "prompts", "who"))["prompts"] == []
    with pytest.raises(Mistake, match="no 'ceo' among its facts"):
        editing.drop(FILE, "facts", "ceo")


words = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=30)


@given(
    value=words | st.integers() | st.booleans() | st.lists(words, max_size=4),
    row_id=st.from_regex(r"[a-z]{1,8}", fullmatch=True),
)
def test_whatever_is_put_in_is_read_back(value, row_id):
    row = {"id": f"x-{row_id}", "value": value}
    new = editing.put(FILE, "facts", row)
    assert editing.row(new, "facts", f"x-{row_id}") == row
    again = editing.put(new, "facts", row)
    assert again == new
    back = yaml.safe_load(editing.drop(new, "facts", f"x-{row_id}"))
    assert back == yaml.safe_load(FILE)
