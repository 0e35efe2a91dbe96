"""A rich sample of an invented brand: Tolvane makes electric bicycles; Brisken and Velmora compete."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from monitor.domain.alerts import Alert, AlertState, Change, Notice, NoticeReason, Quote, Signal, Voice
from monitor.domain.answers import Surface
from monitor.domain.brand import Fact, FormerValue, Severity
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series, Shift
from monitor.domain.portrait import (
    BarrenPrompt,
    CitedDomain,
    FactPortrait,
    Line,
    Panel,
    Point,
    Portrait,
    Statement,
)
from monitor.domain.readings import Owner, Span

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


@pytest.fixture
def make_change() -> Callable[..., Change]:
    return change


@pytest.fixture
def signals() -> dict[str, Signal]:
    return {"price": PRICE_SIGNAL, "recall": RECALL_SIGNAL, "chief": CHIEF_SIGNAL}


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


@pytest.fixture
def make_notice() -> Callable[..., Notice]:
    return notice


def _days(values: list[float | None], *, label: str, measure: Measure, assistant: str, subject: str = BRAND) -> Line:
    start = date(2026, 10, 24)
    points = tuple(
        Point(
            day=start + timedelta(days=number),
            estimate=None if value is None else estimate(measure, assistant, round(value * 40), 40, subject=subject),
        )
        for number, value in enumerate(values)
    )
    regimes = ((date(2026, 11, 10), "gpt-5.1 was served"),) if assistant == SEARCH else ()
    return Line(label=label, points=points, regimes=regimes)


def _wave(level: float, fall: float = 0.0) -> list[float | None]:
    wobble = (0.02, -0.03, 0.04, 0.0, -0.02, 0.03, -0.01)
    values: list[float | None] = [
        min(1.0, max(0.0, level + wobble[day % 7] - (fall if day > 17 else 0))) for day in range(30)
    ]
    values[8] = values[9] = values[10] = None
    return values


def _comparison(measure: Measure, shares: dict[str, tuple[float, float, float]], of: int = 90) -> tuple[Estimate, ...]:
    return tuple(
        estimate(measure, assistant, round(share * of), of, subject=name)
        for name, row in shares.items()
        for assistant, share in zip((SEARCH, MEMORY, CLAUDE), row, strict=True)
    )


def portrait() -> Portrait:
    visibility = {BRAND: (0.38, 0.45, 0.51), "Brisken": (0.61, 0.5, 0.48), "Velmora": (0.22, 0.3, 0.18)}
    voice_share = {BRAND: (0.31, 0.36, 0.43), "Brisken": (0.5, 0.4, 0.41), "Velmora": (0.19, 0.24, 0.16)}
    return Portrait(
        brand=BRAND,
        start=date(2026, 10, 24),
        end=date(2026, 11, 22),
        rounds_due=30,
        rounds_run=29,
        rounds_partial=1,
        answers=772,
        claims=410,
        checkable=318,
        panels=(
            Panel(
                assistant_id=SEARCH,
                label=LABELS[SEARCH],
                surface=Surface.API_SEARCH,
                models=("gpt-5-2026-08-07", "gpt-5.1-2026-11-10"),
                asked=270,
                answered=262,
                refused=3,
                missed=4,
                cut_off=1,
                searched=259,
                misses={"timeout": 3, "rate_limited": 1},
                cost=Decimal("11.20"),
            ),
            Panel(
                assistant_id=MEMORY,
                label=LABELS[MEMORY],
                surface=Surface.API,
                models=("gpt-5-2026-08-07",),
                asked=270,
                answered=268,
                refused=2,
                missed=0,
                cut_off=0,
                searched=0,
                cost=Decimal("3.90"),
            ),
            Panel(
                assistant_id=CLAUDE,
                label=LABELS[CLAUDE],
                surface=Surface.API,
                models=("claude-sonnet-4-5",),
                asked=270,
                answered=242,
                refused=0,
                missed=28,
                cut_off=0,
                searched=None,
                misses={"overloaded": 28},
                cost=Decimal("4.05"),
            ),
        ),
        accuracy=(
            estimate(Measure.ACCURACY, SEARCH, 96, 121, spread=0.07),
            estimate(Measure.ACCURACY, MEMORY, 88, 109, spread=0.08),
            estimate(Measure.ACCURACY, CLAUDE, 80, 88, spread=0.06),
        ),
        facts=(
            FactPortrait(
                fact=PRICE,
                supported=61,
                contradicted=24,
                outdated=9,
                unverified=12,
                by_assistant=(
                    estimate(Measure.WRONG_RATE, SEARCH, 27, 40, subject="price"),
                    estimate(Measure.WRONG_RATE, CLAUDE, 6, 30, subject="price"),
                ),
                quotes=PRICE_SIGNAL.quotes,
            ),
            FactPortrait(
                fact=CHIEF,
                supported=40,
                contradicted=0,
                outdated=19,
                unverified=3,
                by_assistant=(estimate(Measure.WRONG_RATE, MEMORY, 19, 28, subject="chief"),),
                quotes=CHIEF_SIGNAL.quotes,
            ),
            FactPortrait(fact=FOUNDED, supported=110, contradicted=2, outdated=0, unverified=8),
            FactPortrait(fact=WARRANTY, supported=0, contradicted=0, outdated=0, unverified=6),
            FactPortrait(
                fact=SUPPLIER,
                supported=1,
                contradicted=1,
                outdated=0,
                unverified=0,
                by_assistant=(estimate(Measure.WRONG_RATE, SEARCH, 1, 2, subject="supplier"),),
            ),
        ),
        statements=(Statement(topic="recall", answers=11, quotes=RECALL_SIGNAL.quotes),),
        visibility=_comparison(Measure.VISIBILITY, visibility),
        share_of_voice=_comparison(Measure.SHARE_OF_VOICE, voice_share, 120),
        recommended=_comparison(Measure.RECOMMENDED, {BRAND: (0.2, 0.24, 0.3), "Brisken": (0.4, 0.3, 0.2)}),
        net_stance=_comparison(Measure.NET_STANCE, {BRAND: (0.35, 0.5, -0.1), "Brisken": (0.2, 0.1, 0.4)}, 60),
        citation_rate=(
            estimate(Measure.CITATION_RATE, SEARCH, 90, 259),
            estimate(Measure.CITATION_RATE, MEMORY, 0, 0),
        ),
        lines={
            "visibility": (
                _days(
                    _wave(0.52, 0.14), label=f"{BRAND}, {LABELS[SEARCH]}", measure=Measure.VISIBILITY, assistant=SEARCH
                ),
                _days(_wave(0.45), label=f"{BRAND}, {LABELS[MEMORY]}", measure=Measure.VISIBILITY, assistant=MEMORY),
                _days(_wave(0.51), label=f"{BRAND}, {LABELS[CLAUDE]}", measure=Measure.VISIBILITY, assistant=CLAUDE),
                _days(
                    _wave(0.5, -0.12),
                    label=f"Brisken, {LABELS[SEARCH]}",
                    measure=Measure.VISIBILITY,
                    assistant=SEARCH,
                    subject="Brisken",
                ),
            ),
            "accuracy": (
                _days(_wave(0.9, 0.15), label=LABELS[SEARCH], measure=Measure.ACCURACY, assistant=SEARCH),
                _days(_wave(0.8), label=LABELS[MEMORY], measure=Measure.ACCURACY, assistant=MEMORY),
            ),
            "wrong_rate": (
                _days(_wave(0.4), label="supplier", measure=Measure.WRONG_RATE, assistant=SEARCH, subject="supplier"),
            ),
        },
        domains=(
            CitedDomain(
                domain="radblatt.example", owner=Owner.OTHER, entity="", citations=131, answers=92, retrieved_only=20
            ),
            CitedDomain(
                domain="tolvane.example", owner=Owner.OWN, entity=BRAND, citations=104, answers=90, retrieved_only=41
            ),
            CitedDomain(domain="brisken.example", owner=Owner.COMPETITOR, entity="Brisken", citations=77, answers=60),
        ),
        barren=(BarrenPrompt(prompt_id="cargo", text="What should I mind when buying a cargo bike?", answers=58),),
        shifts=(
            Shift(
                series=Series(
                    measure=Measure.VISIBILITY, assistant_id=SEARCH, surface=Surface.API_SEARCH, subject=BRAND
                ),
                before=estimate(Measure.VISIBILITY, SEARCH, 73, 140, spread=0.08),
                after=estimate(Measure.VISIBILITY, SEARCH, 46, 120, spread=0.08),
                since=date(2026, 11, 10),
                evidence=420.0,
                test="paired e-detector, same questions before and after",
                cause="since gpt-5.1 was served",
            ),
        ),
        alerts=tuple(
            change(signal, reason, number).alert
            for number, (signal, reason) in enumerate(
                (
                    (PRICE_SIGNAL, NoticeReason.OPENED),
                    (RECALL_SIGNAL, NoticeReason.OPENED),
                    (CHIEF_SIGNAL, NoticeReason.RESOLVED),
                ),
                start=1,
            )
        ),
        cost=Decimal("19.15"),
        notes=(
            "Every share is shown with its answers and an interval that allows for answers to one prompt being alike.",
            "Claims were held against the fact sheet by machine, as of each answer's date; nobody has reviewed them.",
            "An API's answer is not what a person sees in the vendor's app.",
        ),
    )


@pytest.fixture(name="portrait")
def portrait_fixture() -> Portrait:
    return portrait()


@pytest.fixture
def empty() -> Portrait:
    return Portrait(
        brand=BRAND, start=date(2026, 11, 16), end=date(2026, 11, 22), rounds_due=7, rounds_run=0, rounds_partial=0,
        answers=0, claims=0, checkable=0,
    )  # fmt: skip


@pytest.fixture
def one_point(empty: Portrait) -> Portrait:
    """One assistant, one day, one answer."""
    rate = estimate(Measure.VISIBILITY, SEARCH, 1, 1)
    single = replace(rate, interval=None)
    line = Line(label=BRAND, points=(Point(day=date(2026, 11, 16), estimate=single),))
    panel = Panel(
        assistant_id=SEARCH, label=LABELS[SEARCH], surface=Surface.API_SEARCH, models=(), asked=1, answered=1,
        refused=0, missed=0, cut_off=0, searched=1,
    )  # fmt: skip
    return replace(empty, rounds_run=1, answers=1, panels=(panel,), visibility=(single,), lines={"visibility": (line,)})


@pytest.fixture
def now() -> datetime:
    return NOW
