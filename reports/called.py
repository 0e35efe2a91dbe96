"""What measures, surfaces, verdicts and reasons are called, the same in every mail, report and table."""

from monitor.domain.alerts import NoticeReason
from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.readings import Outcome, Verdict
from monitor.domain.rounds import MissReason, RoundKind

_SURFACES = {
    Surface.API: "asked through the API, without web search",
    Surface.API_SEARCH: "asked through the API, with web search",
    Surface.APP: "seen in the app",
    Surface.SERP: "seen on the results page",
}

_MEASURES = {
    Measure.VISIBILITY: "visibility",
    Measure.RECOMMENDED: "recommendation rate",
    Measure.FIRST_CHOICE: "first-choice rate",
    Measure.POSITION: "order of first mention",
    Measure.LIST_RANK: "rank in lists",
    Measure.SHARE_OF_VOICE: "share of voice",
    Measure.CITATION_RATE: "rate of answers citing it",
    Measure.CITATION_SHARE: "share of citations",
    Measure.CITED: "rate of answers citing it",
    Measure.LEAD: "lead over a competitor",
    Measure.NET_STANCE: "net stance",
    Measure.WRONG_RATE: "wrong answers",
    Measure.CONTRADICTED_RATE: "contradicted answers",
    Measure.OUTDATED_RATE: "outdated answers",
    Measure.ACCURACY: "accuracy",
    Measure.REFUSAL_RATE: "refusals",
    Measure.MISS_RATE: "misses",
    Measure.CUT_OFF_RATE: "cut-off answers",
}

_MISSES: dict[str, str] = {
    MissReason.NO_KEY: "no key was set",
    MissReason.KEY_REFUSED: "the key was refused",
    MissReason.QUOTA: "the account's quota is used up",
    MissReason.RATE_LIMITED: "asked too fast",
    MissReason.MODEL_GONE: "the model is gone",
    MissReason.BAD_REQUEST: "the request was rejected",
    MissReason.SERVER_ERROR: "an error at the vendor",
    MissReason.OVERLOADED: "the vendor was overloaded",
    MissReason.CONNECT: "no connection",
    MissReason.TIMEOUT: "no answer in time",
    MissReason.DROPPED: "the connection broke",
    MissReason.NOT_AN_ANSWER: "what came back was not an answer",
    MissReason.TOO_LARGE: "the answer was too large",
    MissReason.REDIRECTED: "redirected elsewhere",
    MissReason.BUDGET: "the budget did not allow it",
    MissReason.STOPPED: "the round was stopped",
    MissReason.NOT_RECORDED: "no recording",
    Outcome.EMPTY: "an answer without a text",
}

_VERDICTS = {
    Verdict.SUPPORTED: "Right",
    Verdict.CONTRADICTED: "Wrong",
    Verdict.OUTDATED: "Out of date",
    Verdict.UNVERIFIED: "Not checkable",
}

_REASONS = {
    NoticeReason.OPENING_BALANCE: "this was the first round; you get an overview of this kind once",
    NoticeReason.OPENED: "a finding was opened",
    NoticeReason.WORSENED: "an open finding became worse",
    NoticeReason.REOPENED: "a finding that was resolved is back",
    NoticeReason.REMINDER: "a finding is still open",
    NoticeReason.PASSED: "a finding came and went before you could be told of it",
    NoticeReason.RESOLVED: "a finding was resolved",
}


_KINDS = {
    RoundKind.SCHEDULED: "scheduled",
    RoundKind.MANUAL: "run by hand",
    RoundKind.CONFIRMING: "asked again to confirm a finding",
    RoundKind.IMPORTED: "imported",
    RoundKind.WATCH: "an hour of a watch",
}

_OUTCOMES = {
    Outcome.ANSWER: "answered",
    Outcome.REFUSAL: "refused",
    Outcome.ABSENCE: "knows nothing of it",
    Outcome.EMPTY: "came back empty",
}


def kind(of: RoundKind) -> str:
    return _KINDS[of]


def outcome(of: Outcome) -> str:
    return _OUTCOMES[of]


def surface(of: Surface) -> str:
    return _SURFACES[of]


def measure(of: Measure) -> str:
    return _MEASURES[of]


def miss(reason: str) -> str:
    """Return why no answer came; a reason that is not known is shown as it is."""
    return _MISSES.get(reason, reason.replace("_", " "))


def verdict(of: Verdict) -> str:
    return _VERDICTS[of]


def reason(of: NoticeReason) -> str:
    return _REASONS[of]
