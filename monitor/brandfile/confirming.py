"""How a serious finding is asked for again before anybody is told of it."""

from monitor.brandfile.fields import Section
from monitor.brandfile.scalars import amount, member, whole
from monitor.domain.brand import ConfirmSettings, Severity

MOST_SAMPLES = 50
MOST_SIBLINGS = 20
MOST_PROBES = 500


def confirm(section: Section) -> ConfirmSettings:
    usual = ConfirmSettings()
    read = ConfirmSettings(
        samples=section.read("samples", whole(0, MOST_SAMPLES), usual.samples),
        siblings=section.read("siblings", whole(0, MOST_SIBLINGS), usual.siblings),
        per_round=section.read("per_round", whole(0, MOST_PROBES), usual.per_round),
        budget=section.read("budget", amount, None),
        severity=section.read("severity", member(Severity), usual.severity),
    )
    if read.samples == 1:
        line = section.line_of("samples")
        section.found.wrong(line, "one more sample cannot show that a finding recurs", "write 2 or more, or 0 for none")
    section.close()
    return read
