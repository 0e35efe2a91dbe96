"""An invented brand: Tolvane makes electric bicycles; Brisken and Velmora compete. What is found and told of it."""

from datetime import UTC, date, datetime, timedelta

from monitor.domain.alerts import Alert, AlertState, Change, Notice, NoticeReason, Quote, Signal, Voice
from monitor.domain.answers import Surface
from monitor.domain.brand import Fact, FormerValue, Severity
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series
from monitor.domain.readings import Span

BRAND = "Tolvane"


SEARCH, MEMORY, CLAUDE = "gpt5-search", "gpt5-memory", "claude-memory"


LABELS = {
    SEARCH: "OpenAI API, gpt-5 with search",
    MEMORY: "OpenAI API, gpt-5 without search",
    CLAUDE: "Anthropic API, claude-sonnet-4-5 without search",
}


NOW = datetime(2026, 11, 22, 8, 10, tzinfo=UTC)


PRICE = Fact(
    id="price",
    kind="money",
    about="price of the Tolvane One",
    value=2490,
    says="The Tolvane One has cost 2,490 euros since 1 May 2026; it cost 2,190 euros before.",
    before=(FormerValue(value=2190, until=date(2026, 4, 30)),),
    severity=Severity.CRITICAL,
    source="https://tolvane.example/one/price",
    unit="EUR",
)


FOUNDED = Fact(id="founded", kind="year", about="founding year", value=2009, says="Tolvane was founded in 2009.")


CHIEF = Fact(
    id="chief",
    kind="person",
    about="chief executive",
    value="Ida Solmark",
    says="Ida Solmark has led Tolvane since March 2025.",
)


WARRANTY = Fact(id="warranty", kind="number", about="warranty", value=5, says="The frame has a warranty of 5 years.")


SUPPLIER = Fact(
    id="supplier",
    kind="text",
    about="battery supplier",
    value="Quellmark",
    says="The cells come from Quellmark.",
    confidential=True,
)


def surface_of(assistant: str) -> Surface:
    return Surface.API_SEARCH if assistant == SEARCH else Surface.API


def estimate(
    measure: Measure, assistant: str, hits: float, of: float, *, subject: str = BRAND, spread: float = 0.11
) -> Estimate:
    value = hits / of if of else 0
    floor = -1.0 if measure is Measure.NET_STANCE else 0.0
    within = Interval(low=max(floor, value - spread), high=min(1, value + spread)) if of else None
    series = Series(measure=measure, assistant_id=assistant, surface=surface_of(assistant), subject=subject)
    return Estimate(series=series, rate=Rate(hits=hits, of=of), interval=within, answers=int(of), prompts=12)


def marked(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(start=text.index(word), end=text.index(word) + len(word)) for word in words)


def quote(text: str, *words: str, assistant: str = SEARCH, cited: tuple[str, ...] = (), question: str = "") -> Quote:
    return Quote(
        answer_id="a-17",
        text=text,
        marks=marked(text, *words),
        question=question or "What does a Tolvane One cost?",
        assistant_label=LABELS[assistant],
        surface=surface_of(assistant),
        model="gpt-5-2026-08-07",
        asked_at=NOW - timedelta(hours=2),
        cited=cited,
    )


def voice(assistant: str, hits: int, of: int, low: float, high: float) -> Voice:
    return Voice(
        assistant_id=assistant,
        label=LABELS[assistant],
        surface=surface_of(assistant),
        model="gpt-5-2026-08-07" if assistant != CLAUDE else "claude-sonnet-4-5",
        rate=Rate(hits=hits, of=of),
        interval=Interval(low=low, high=high),
        first_seen=NOW - timedelta(days=2),
        last_clean=NOW - timedelta(days=4) if assistant == SEARCH else None,
    )


PRICE_QUOTE = (
    "The Tolvane One is the most affordable of the three: it sells for 1,990 euros at most dealers, "
    "which undercuts the Brisken Tour by a wide margin."
)


PRICE_SIGNAL = Signal(
    rule="wrong_fact",
    subject="price",
    key="wrong_fact:price",
    severity=Severity.CRITICAL,
    headline="gpt-5 with search (OpenAI API) says the Tolvane One costs 1,990 euros: it is 2,490 euros since 1 May",
    said="1,990 euros",
    truth=PRICE.says,
    truth_source=PRICE.source,
    voices=(voice(SEARCH, 7, 10, 0.397, 0.892), voice(CLAUDE, 2, 9, 0.06, 0.55)),
    quotes=(
        quote(
            PRICE_QUOTE,
            "1,990 euros",
            cited=("https://radblatt.example/tolvane-one-test", "https://shop.example/bikes/tolvane-one?ref=list"),
        ),
        quote(
            "Expect to pay about 1,990 euros for the entry model.",
            "1,990 euros",
            assistant=CLAUDE,
            question="Is Tolvane expensive?",
        ),
    ),
    advice=(
        "Check the price on your own page and in the feeds that dealers take it from.",
        "Ask the cited pages to correct it; radblatt.example is cited beside 5 of the 7 wrong answers.",
        "If the price on your sheet is the one that is out of date, correct it: stored answers are read again.",
    ),
)


RECALL_QUOTE = "In October Tolvane recalled 4,000 batteries after reports of overheating."


RECALL_SIGNAL = Signal(
    rule="new_statement",
    subject="recall",
    key="new_statement:recall",
    severity=Severity.MAJOR,
    headline="claude-sonnet-4-5 (Anthropic API) says that Tolvane recalled batteries: this is not on your sheet",
    said="a recall of 4,000 batteries",
    truth="Not on your sheet.",
    voices=(voice(CLAUDE, 3, 9, 0.12, 0.65),),
    quotes=(quote(RECALL_QUOTE, "recalled 4,000 batteries", assistant=CLAUDE, question="Is Tolvane safe?"),),
    advice=("Find out whether it is true, then add it to the sheet or answer it publicly.",),
)


CHIEF_SIGNAL = Signal(
    rule="outdated_fact",
    subject="chief",
    key="outdated_fact:chief",
    severity=Severity.MAJOR,
    headline="gpt-5 without search (OpenAI API) names Per Lundeby as chief executive: it is Ida Solmark since 2025",
    said="Per Lundeby",
    truth=CHIEF.says,
    voices=(voice(MEMORY, 9, 10, 0.6, 0.98),),
    quotes=(
        quote(
            "Tolvane is led by its founder Per Lundeby.", "Per Lundeby", assistant=MEMORY, question="Who runs Tolvane?"
        ),
    ),
    advice=("Models without search learn slowly: make sure that the pages they learn from name Ida Solmark.",),
)


def change(signal: Signal = PRICE_SIGNAL, reason: NoticeReason = NoticeReason.OPENED, number: int = 1) -> Change:
    resolved = reason is NoticeReason.RESOLVED
    alert = Alert(
        id=f"al-{number}",
        brand=BRAND,
        key=signal.key,
        state=AlertState.RESOLVED if resolved else AlertState.OPEN,
        opened_at=NOW - timedelta(days=2),
        resolved_at=NOW if resolved else None,
        signal=signal,
    )
    return Change(reason=reason, alert=alert)


def notice(
    *changes: Change, reason: NoticeReason | None = None, recipient: str = "brand@tolvane.example", brand: str = BRAND
) -> Notice:
    changes = changes or (change(),)
    return Notice(
        id="n-1",
        brand=brand,
        recipient=recipient,
        reason=reason or changes[0].reason,
        changes=changes,
        created_at=NOW,
        message_id="<n-1.4f2a9c@tolvane.example>",
    )
