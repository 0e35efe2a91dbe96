"""Who is told, and how: alerts, reports, the optional second opinion."""

from collections.abc import Collection

from monitor.brandfile import delivering
from monitor.brandfile.asking import told_cron
from monitor.brandfile.fields import Section
from monitor.brandfile.outside import CheckCron, Known
from monitor.brandfile.scalars import choice, flag
from monitor.brandfile.words import mail, name, prose, variable, web_address
from monitor.domain.brand import AlertSettings, JudgeSettings, ReportPlan, Route, Severity

PERIODS = ("day", "week", "month", "quarter")
FORMATS = ("html", "pdf", "csv")
EDITIONS = ("full", "leadership", "evidence")


def alerts(section: Section, check_cron: CheckCron, topics: Collection[str]) -> AlertSettings:
    """Read who is told; `topics` are the names that a finding can be about."""
    read = AlertSettings(
        to=tuple(dict.fromkeys(section.each("to", mail))),
        sender=section.read("from", mail, "likeness@localhost"),
        smtp=section.read("smtp", choice("env", "folder"), "env"),
        routes=delivering.routes(section, topics),
        quiet_hours=delivering.quiet_hours(section),
        digest=delivering.digest(section, check_cron),
        webhooks=delivering.webhooks(section, topics),
    )
    if not any(section.has(key) for key in ("to", "routes", "webhooks")):
        section.found.wrong(section.line, "alerts go to nobody", "add to: [brand@example.com]")
    elif not (read.to or any(_takes_all(route) for route in read.routes)):
        remedy = "add to: for somebody who gets all of them, or a route without severity and topics"
        section.found.warn(section.line, "a finding that no route takes is told to nobody", remedy)
    section.close()
    return read


def _takes_all(route: Route) -> bool:
    return route.severity is Severity.MINOR and not route.topics


def report(section: Section, check_cron: CheckCron) -> ReportPlan:
    """Read one plan; its cron line will count in the zone of the schedule."""
    read = ReportPlan(
        cron=section.need("cron", prose, ""),
        period=section.read("period", choice(*PERIODS), "week"),
        to=tuple(dict.fromkeys(section.each("to", mail))),
        formats=tuple(dict.fromkeys(section.each("formats", choice(*FORMATS)))) or ("html",),
        edition=section.read("edition", choice(*EDITIONS), "full"),
        compare=section.read("compare", flag, False),
    )
    section.close()
    told_cron(section, "cron", check_cron(read.cron, "UTC") if read.cron else "")
    return read


def judge(section: Section, known: Known) -> JudgeSettings:
    read = JudgeSettings(
        use=section.need("use", choice(*known.assistants), ""),
        model=section.need("model", name, ""),
        base_url=section.read("base_url", web_address, ""),
        key_env=section.read("key_env", variable, ""),
    )
    section.close()
    return read
