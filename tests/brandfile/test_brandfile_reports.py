"""Regular reports: which edition, beside which days."""

FILE = "brand: {name: Acme}\nfacts: [{id: price, kind: money, unit: EUR, about: price, value: 5}]\nreports:\n"


def test_an_edition_and_a_comparison_are_read(read):
    row = '  - {cron: "0 8 1 * *", period: month, edition: leadership, compare: yes}\n'
    plan = read(FILE + row).settings.reports[0]
    assert (plan.edition, plan.compare) == ("leadership", True)
    assert read(FILE + '  - {cron: "0 8 1 * *", edition: evidence}\n').settings.reports[0].edition == "evidence"
    plain = read(FILE + '  - {cron: "0 8 1 * *"}\n').settings.reports[0]
    assert (plain.edition, plain.compare) == ("full", False)
