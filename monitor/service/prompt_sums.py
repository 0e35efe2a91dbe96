"""What each wording of a prompt measured, round by round."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from monitor import pipeline
from monitor.domain.brand import Prompt
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Estimate, Measure, Rate, Series
from monitor.drift import regimes
from monitor.drift.estimates import pooled
from monitor.pipeline import House
from storage import digests

Wording = tuple[str, str]  # a prompt's id, and the version of its words


def wording(prompt: Prompt) -> Wording:
    return prompt.id, regimes.words(prompt.text)


@dataclass
class Rounds:
    """The sums of one series of a prompt. Its answers vary between rounds, which are its clusters."""

    rounds: dict[str, tuple[float, float]] = field(default_factory=dict)  # hits, of
    answers: int = 0

    def add(self, round_id: str, hits: float, of: float, answers: float) -> None:
        before = self.rounds.get(round_id, (0.0, 0.0))
        self.rounds[round_id] = before[0] + hits, before[1] + of
        self.answers += int(answers)

    @property
    def whole(self) -> Rate:
        return Rate(hits=sum(hits for hits, _ in self.rounds.values()), of=sum(of for _, of in self.rounds.values()))

    def estimate(self, series: Series) -> Estimate:
        return pooled(series, [Rate(hits=each[0], of=each[1]) for _, each in sorted(self.rounds.items())], self.answers)


Measured = dict[Series, Rounds]  # of one prompt


def of_wordings(house: House, start: date, end: date, *measures: Measure) -> dict[Wording, Measured]:
    """Return what was measured of each wording of a prompt, the oldest first."""
    pipeline.catch_up(house)
    found: dict[Wording, Measured] = defaultdict(dict)
    with house.store.snapshot() as tx:
        for digest in digests.sums(tx, house.settings.brand, start, end, only=measures):
            for columns in digest.columns:
                for sums in columns.sums:
                    _add(found, digest.round_id, columns, sums)
    return found


def _add(found: dict[Wording, Measured], round_id: str, columns: Columns, sums: Sums) -> None:
    alike = {
        topic: Series(
            measure=sums.measure,
            assistant_id=columns.assistant_id,
            surface=columns.surface,
            subject=sums.subject,
            topic=topic,
        )
        for topic in set(columns.topics)
    }
    cells = zip(columns.prompts, columns.words, columns.topics, sums.hits, sums.of, sums.answers, strict=True)
    for prompt, words, topic, hits, of, answers in cells:
        if of:
            own, series = found[prompt, words], alike[topic]
            if series not in own:
                own[series] = Rounds()
            own[series].add(round_id, hits, of, answers)
