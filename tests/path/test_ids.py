"""Ids: of nobody else, and standing together where they were made together."""

from monitor.service import alerts, build


def test_ids_of_an_hour_begin_alike_and_what_people_type_of_them_differs():
    made = [build.new_id() for _ in range(300)]
    assert {len(each) for each in made} == {32}
    assert len(set(made)) == len(made)
    assert len({each[:3] for each in made}) <= 2  # an hour may end in between
    assert len({each[: alerts.SHORT] for each in made}) > len(made) - 3
