"""What a value says of its fact: that it is right, was right once, or is wrong; or that nobody can tell."""

from monitor.analysis import history, misdated, scope
from monitor.analysis.folding import fold
from monitor.analysis.history import Told
from monitor.analysis.kind import Match
from monitor.analysis.relevance import choosing
from monitor.analysis.settling import Found
from monitor.domain.readings import Verdict


def verdict(one: Found, likely: float, *, doubted: bool) -> tuple[Verdict | None, int | None]:
    """Return the verdict, None where nothing is claimed, and which former value it speaks of."""
    told, former = _told(one)
    if told is None or likely >= choosing.least(one, told, doubted=doubted):
        return told, former
    return (Verdict.UNVERIFIED if likely >= choosing.least(one, Verdict.UNVERIFIED) else None), None


def _told(one: Found) -> tuple[Verdict | None, int | None]:
    fact, said, place = one.asked.fact, one.said, one.place
    compare = one.kind.compare
    if one.asked.kind != "flag" and scope.denied(place, said):
        return None, None
    now = compare(said, fact.value, one.asked)
    if now is Match.OTHER and _told_by_sheet(one):
        now = Match.NEAR
    ended = max((former.until for former in fact.before if former.until), default=None)
    if now is Match.SAME and one.asked.kind == "person" and misdated.held_before(place, said, ended):
        return Verdict.UNVERIFIED, None
    if now is Match.SAME:
        expected = one.asked.measured and scope.expected(place, said)
        return (Verdict.UNVERIFIED if expected else Verdict.SUPPORTED), None
    matches = [compare(said, former.value, one.asked) for former in fact.before]
    if Match.SAME in matches:
        return _of_former(one, matches.index(Match.SAME))
    if now is not Match.OTHER or Match.NEAR in matches:
        return Verdict.UNVERIFIED, None
    return Verdict.CONTRADICTED, None


def _told_by_sheet(one: Found) -> bool:
    """Whether the fact's own sentence names what the answer says: "Swords near Dublin"."""
    said = fold(one.said.shown.split(",")[0])
    return one.asked.kind in {"person", "place", "text"} and len(said) > 3 and said in fold(one.asked.fact.says)  # noqa: PLR2004


def _of_former(one: Found, former: int) -> tuple[Verdict | None, int | None]:
    lasting = one.asked.kind in {"person", "place", "text", "set"}
    until = one.asked.fact.before[former].until
    if one.asked.kind == "person" and misdated.ends_otherwise(one.place, one.said, until):
        return Verdict.CONTRADICTED, None
    if one.said.history is not None:
        return (Verdict.SUPPORTED if one.said.history else Verdict.OUTDATED), former
    told = history.told(one.place, one.said, until, lasting=lasting)
    if one.asked.kind == "flag" and told is Told.PAST:
        told = history.told(one.place, one.said, until, event=True)
        if told is Told.NOW:  # "1951: first catalogue" tells an event, not a state of things
            return None, None
    if told is Told.PAST:
        return Verdict.SUPPORTED, former
    return (Verdict.OUTDATED if told is Told.NOW else Verdict.UNVERIFIED), former
