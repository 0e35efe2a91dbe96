"""The portrait of Tolvane over a month, with something of everything."""

from datetime import date, timedelta
from decimal import Decimal

from monitor.domain.alerts import NoticeReason
from monitor.domain.answers import Surface
from monitor.domain.measures import Estimate, Measure, Series, Shift
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
from monitor.domain.readings import Owner
from tests.support.tolvane import (
    BRAND,
    CHIEF,
    CHIEF_SIGNAL,
    CLAUDE,
    FOUNDED,
    LABELS,
    MEMORY,
    PRICE,
    PRICE_SIGNAL,
    RECALL_SIGNAL,
    SEARCH,
    SUPPLIER,
    WARRANTY,
    change,
    estimate,
)


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
