"""Who is told, and how: alerts, reports, the optional second opinion."""

from monitor.brandfile.asking import told_cron
from monitor.brandfile.fields import Section
from monitor.brandfile.outside import CheckCron, Known
from monitor.brandfile.scalars import choice
from monitor.brandfile.words import mail, name, prose, variable, web_address
from monitor.domain.brand import AlertSettings, JudgeSettings, ReportPlan

PERIODS = ("day", "week", "month", "quarter")
FORMATS = ("html", "pdf", "csv")


def alerts(section: Section) -> AlertSettings:
    read = AlertSettings(
        to=tuple(dict.fromkeys(section.each("to", mail))),
        sender=section.read("from", mail, "likeness@localhost"),
        smtp=section.read("smtp", choice("env", "folder"), "env"),
    )
    if not section.has("to"):
        section.found.wrong(section.line, "alerts go to nobody", "add to: [brand@example.com]")
    section.close()
    return read


def report(section: Section, check_cron: CheckCron) -> ReportPlan:
    """Read one plan; its cron line will count in the zone of the schedule."""
    read = ReportPlan(
        cron=section.need("cron", prose, ""),
        period=section.read("period", choice(*PERIODS), "week"),
        to=tuple(dict.fromkeys(section.each("to", mail))),
        formats=tuple(dict.fromkeys(section.each("formats", choice(*FORMATS)))) or ("html",),
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
