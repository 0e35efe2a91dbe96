"""Why there is a mail: what is open is told the gravest first, and what is left out is counted."""

from monitor.alerts import why
from monitor.domain.alerts import Alert, AlertState, Signal
from monitor.domain.brand import Severity


def _alert(made, number, severity=Severity.MINOR):
    key = f"wrong_fact:{number}"
    signal = Signal(rule="wrong_fact", subject=str(number), key=key, severity=severity, headline=f"finding {number}")
    return Alert(id=key, brand="Q", key=key, state=AlertState.OPEN, opened_at=made.at(number), signal=signal)


def test_the_gravest_alert_is_never_the_one_that_is_left_out(made):
    found = [_alert(made, 0, Severity.CRITICAL), *(_alert(made, number) for number in range(1, 15))]
    lines = why.alerts(found).lines
    assert "finding 0" in lines[0]
    assert "finding 14" in lines[1], "then the latest"
    assert (len(lines), lines[-1]) == (13, "And 3 more alerts.")
    assert len(why.alerts(found[:3]).lines) == 3
