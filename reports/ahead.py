"""By how much another is named more often than the brand."""

from monitor.domain.measures import Estimate


def points(lead: Estimate) -> str:
    """Return by how much another is named more often, out of the brand's lead over it.

    >>> from monitor.domain.answers import Surface
    >>> from monitor.domain.measures import Interval, Measure, Rate, Series
    >>> s = Series(measure=Measure.LEAD, assistant_id="a", surface=Surface.API, subject="B")
    >>> within = Interval(low=-0.85, high=-0.2)
    >>> points(Estimate(series=s, rate=Rate(hits=-6, of=10), interval=within, answers=10, prompts=5))
    '60 points more (95 % interval 20 to 85)'
    """
    more = f"{round(-(lead.rate.value or 0) * 100)} points more"
    if lead.interval is None:
        return more
    level = f"{round(lead.interval.level * 100)} % interval"
    return f"{more} ({level} {round(-lead.interval.high * 100)} to {round(-lead.interval.low * 100)})"
