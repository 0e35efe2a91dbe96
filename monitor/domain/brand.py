"""What the brand team curates: who is watched, what is true, what is asked, of whom, when and for how much."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from monitor.domain.answers import Surface
from monitor.domain.keeping import KeepSettings, MaskSettings

# year: int; number, money, percent: int or float; flag: bool; date: ISO text "2020-12-10" (or "2020-12");
# person, place, text: str; set: tuple of str.
FactValue = int | float | str | bool | tuple[str, ...]


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"

    def reaches(self, least: "Severity") -> bool:
        """Whether it is at least as severe."""
        worst_first = list(Severity)
        return worst_first.index(self) <= worst_first.index(least)


@dataclass(frozen=True, kw_only=True)
class Entity:
    """The brand or one competitor."""

    name: str
    aliases: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()  # `not:` in brand.yaml: phrases that look like the name and are not it
    domains: tuple[str, ...] = ()  # registrable or sub-domains, lower case


@dataclass(frozen=True, kw_only=True)
class FormerValue:
    value: FactValue
    until: date | None = None  # the last day on which it held; "2017-09" is its last day, 30 September


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One row of the fact sheet."""

    id: str
    kind: str  # the name of a file in monitor/analysis/kinds
    about: str  # the attribute in words: "founding year"
    value: FactValue
    says: str = ""  # the fact as one sentence, shown beside what an assistant said
    before: tuple[FormerValue, ...] = ()
    severity: Severity = Severity.MAJOR
    source: str = ""  # address of the proof
    unit: str = ""  # ISO 4217 for money; a noun for numbers
    tolerance: float | None = None  # relative: 0.05 = within 5 %; None: the kind's own
    cues: tuple[str, ...] = ()  # further words by which an answer speaks of this attribute
    since: date | None = None  # `from:` in brand.yaml, the first day on which the value holds
    until: date | None = None  # the last day on which it holds
    applies_to: Mapping[str, str] = field(default_factory=dict)  # region, plan, language, ...
    approved_by: str = ""
    confidential: bool = False  # never leaves for a judge, a report to others, a correction kit
    confirmed: date | None = None  # the last day on which a person said that it is true


@dataclass(frozen=True, kw_only=True)
class FactSheet:
    """All the analyzer knows about a brand."""

    brand: Entity
    competitors: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    watch: tuple[str, ...] = ()  # topics of new statements
    as_of: date | None = None

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The brand first, then its competitors in the file's order."""
        return (self.brand, *self.competitors)

    def fact(self, fact_id: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.id == fact_id), None)


@dataclass(frozen=True, kw_only=True)
class Prompt:
    id: str
    text: str
    topic: str = "general"
    intent: str = "informational"
    names: frozenset[str] = frozenset()  # tracked entities that the prompt itself names; empty: a discovery prompt
    leading: bool = False  # put to provoke: its answers never enter a series
    paused: bool = False  # kept, with its past, and not asked


@dataclass(frozen=True, kw_only=True)
class Locale:
    country: str = ""  # ISO 3166-1 alpha-2
    language: str = ""  # ISO 639-1
    city: str = ""
    timezone: str = ""


@dataclass(frozen=True, kw_only=True)
class AssistantSettings:
    """One configured assistant: a vendor's model on one surface."""

    id: str
    use: str  # the name of a file in probes/assistants
    model: str
    search: bool = False
    locale: Locale = Locale()
    base_url: str = ""  # empty: the vendor's own; needed by openai_compatible
    key_env: str = ""  # overrides the vendor's usual variable
    max_tokens: int = 2048  # of an answer; reasoning counts inside it
    options: Mapping[str, str] = field(default_factory=dict)  # `file` for replay, search_context_size, ...

    @property
    def surface(self) -> Surface:
        return Surface.API_SEARCH if self.search else Surface.API


class CatchUp(StrEnum):
    SKIP = "skip"
    LATEST = "latest"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Schedule:
    cron: str = "0 6 * * *"
    timezone: str = "UTC"
    samples: int = 1  # per prompt and assistant in a round
    catch_up: CatchUp = CatchUp.LATEST


@dataclass(frozen=True, kw_only=True)
class Budget:
    per_month: Decimal | None = None  # None: no limit was stated
    per_round: Decimal | None = None
    currency: str = "USD"
    pace: bool = True  # scheduled rounds share the month's budget, so that its end is asked like its beginning


@dataclass(frozen=True, kw_only=True)
class AskingSettings:
    """How hard, and how often again."""

    retry_unknown: bool = False  # ask again what may have been charged, and whose answer was lost
    requests_per_minute: int | None = None  # of every assistant that says nothing of its own
    tokens_per_minute: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """When nobody wants mail, by the clock on the recipient's wall."""

    begins: time  # `from:` in brand.yaml, local
    ends: time  # `until:`, local; not after `begins`: the next day
    timezone: str
    besides: Severity | None = Severity.CRITICAL  # `except:` findings at least as severe come at once; None: none do


@dataclass(frozen=True, kw_only=True)
class Route:
    """Who is told of a part of the findings, besides those who are told of all."""

    to: tuple[str, ...]
    severity: Severity = Severity.MINOR  # the least severe findings that take it
    topics: tuple[str, ...] = ()  # facts, watched topics, topics of prompts; empty: all
    quiet_hours: QuietHours | None = None  # None: those of the alerts section


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What can wait is told together."""

    cron: str
    timezone: str = ""  # empty: the schedule's
    severity: Severity = Severity.MINOR  # findings of this severity and below wait for it


class Network(StrEnum):
    """Where a webhook may be."""

    PUBLIC = "public"
    LOOPBACK = "loopback"  # or on this machine
    PRIVATE = "private"  # or on this machine or in a private network


@dataclass(frozen=True, kw_only=True)
class WebhookSettings:
    url_env: str  # the variable that holds the address: it is a secret
    secret_env: str = ""  # the variable that holds what signs; empty: not signed
    severity: Severity = Severity.MAJOR  # the least severe findings that are sent
    topics: tuple[str, ...] = ()
    network: Network = Network.PUBLIC


@dataclass(frozen=True, kw_only=True)
class AlertSettings:
    to: tuple[str, ...] = ()  # told of every finding
    sender: str = "likeness@localhost"  # `from:` in brand.yaml
    smtp: str = "env"  # "env": LIKENESS_SMTP_URL; "folder": .eml files
    routes: tuple[Route, ...] = ()
    quiet_hours: QuietHours | None = None
    digest: Digest | None = None  # None: minor findings are told like the others
    webhooks: tuple[WebhookSettings, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportPlan:
    cron: str
    period: str = "week"  # day, week, month, quarter
    to: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html",)
    edition: str = "full"  # or leadership: two pages; or evidence: every wrong sentence with its hashes
    compare: bool = False  # with the period before


@dataclass(frozen=True, kw_only=True)
class JudgeSettings:
    use: str
    model: str
    base_url: str = ""
    key_env: str = ""  # overrides the vendor's usual variable


@dataclass(frozen=True, kw_only=True)
class ConfirmSettings:
    """How a serious finding is asked for again before it is told."""

    samples: int = 6  # more askings of the same prompt and assistant; 0: nothing is asked again
    siblings: int = 2  # further prompts of the same topic, each asked half as often
    per_round: int = 20  # probes that one round may cause
    budget: Decimal | None = None  # US dollars that one round's extra samples may cost; None: the month's budget alone
    severity: Severity = Severity.CRITICAL  # the least severe facts that are asked for again


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A whole brand.yaml, read and checked."""

    sheet: FactSheet
    site: str = ""
    logo: str = ""  # a PNG or JPEG beside the brand file, for reports
    prompts: tuple[Prompt, ...] = ()
    assistants: tuple[AssistantSettings, ...] = ()
    schedule: Schedule | None = None
    budget: Budget = Budget()
    alerts: AlertSettings | None = None
    reports: tuple[ReportPlan, ...] = ()
    judge: JudgeSettings | None = None
    confirm: ConfirmSettings = ConfirmSettings()
    asking: AskingSettings = AskingSettings()
    keep: KeepSettings = field(default_factory=KeepSettings)
    mask: MaskSettings = field(default_factory=MaskSettings)
    source: str = ""  # the file's text as it was read; its hash is the version
    version: str = ""  # first 12 hex digits of the SHA-256 of `source`

    @property
    def brand(self) -> str:
        return self.sheet.brand.name

    @property
    def zone(self) -> str:
        """The time zone in which days and months begin."""
        return self.schedule.timezone if self.schedule else "UTC"

    @property
    def asked(self) -> tuple[Prompt, ...]:
        """The prompts that a round puts."""
        return tuple(prompt for prompt in self.prompts if not prompt.paused)


@dataclass(frozen=True, kw_only=True)
class SettingsVersion:
    """A brand file that was used at some time."""

    brand: str
    version: str
    source: str
    first_used: datetime
    written_by: str = ""  # who made it at a page; empty: it came from a file
