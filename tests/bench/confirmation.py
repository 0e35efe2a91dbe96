"""How soon a wrong critical fact is mailed, and how seldom a slip is: simulated rounds through the real rules.

Each simulated answer says the price right or wrong by chance. The rounds are decided on as the pipeline does it: what
is new is asked for again at once, as `likeness` would plan it, and the samples are answered by the same chance.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from scipy import stats

from monitor.alerts import questions, rules, suspecting
from monitor.domain.answers import Surface
from monitor.domain.brand import ConfirmSettings, Entity, Fact, FactSheet, Prompt, Severity
from monitor.domain.confirming import Confirmation, ConfirmationState
from monitor.domain.measures import Rate
from monitor.domain.readings import Claim, Outcome, Reading, Verdict
from monitor.domain.rounds import AttemptState, Observation, Round, RoundKind
from monitor.domain.views import RoundView
from monitor.drift import intervals
from monitor.pipeline.confirming import askings

PRICE = Fact(id="price", kind="money", unit="USD", about="price", value=79, severity=Severity.CRITICAL)
SHEET = FactSheet(brand=Entity(name="Quillmark"), facts=(PRICE,))
START = datetime(2026, 3, 2, 6, tzinfo=UTC)
TEXT = "Quillmark costs $99 today."
RUNS = 1000

# Whether the answer of this number, from 0 on, says it wrong; extra samples have the number -1.
Wrong = Callable[[int], bool]


@dataclass
class World:
    """One assistant that is asked `prompts` times `samples` questions a round."""

    wrong: Wrong
    prompts: int = 3
    samples: int = 3
    confirm: ConfirmSettings = field(default_factory=ConfirmSettings)

    def __post_init__(self) -> None:
        self.asked = 0  # ordinary answers
        self.extra = 0
        self.seen: list[Observation] = []
        self.confirmations: list[Confirmation] = []
        self.panel = [
            Prompt(id=f"q{number}", text=f"Question {number}?", topic="price") for number in range(self.prompts)
        ]

    def round(self, number: int) -> bool:
        """Run one round and what it asks for again; whether it mails."""
        at = START + timedelta(days=number)
        for prompt in self.panel:
            for sample in range(self.samples):
                self._answer(f"r{number}", prompt, sample, at, wrong=self.wrong(self.asked))
                self.asked += 1
        view = self._view(number, at)
        asked = [question for rule in rules.ALL.values() for question in rule.questions(view)]
        for one in suspecting.suspicions(view, asked):
            self._ask_again(number, one, at)
        view = self._view(number, at + timedelta(minutes=5))
        by_key = {(question.rule, question.subject): question for question in asked}
        waiting = [one for one in self.confirmations if one.state is ConfirmationState.ASKED]
        for one in waiting:
            ended = suspecting.settled(view, by_key[one.suspicion.rule, one.suspicion.subject], one)
            self.confirmations[self.confirmations.index(one)] = ended
        return bool(questions.signals(self._view(number, at + timedelta(minutes=5)), asked))

    def _ask_again(self, number, suspicion, at) -> None:
        wanted = askings(self.confirm, suspicion)[: self.confirm.per_round]
        name = f"c{number}"
        for sample, (prompt, _) in enumerate(wanted):
            self._answer(name, prompt, 100 + sample, at, wrong=self.wrong(-1), kind=RoundKind.CONFIRMING)
        self.extra += len(wanted)
        self.confirmations.append(
            Confirmation(
                id=f"{name}-{len(self.confirmations)}",
                brand="Quillmark",
                round_id=f"r{number}",
                asked_in=name,
                suspicion=suspicion,
                state=ConfirmationState.ASKED,
                planned=len(wanted),
                opened_at=at,
            )
        )

    def _answer(self, round_id, prompt, sample, at, *, wrong, kind=RoundKind.SCHEDULED) -> None:
        verdict, value = (Verdict.CONTRADICTED, "99 USD") if wrong else (Verdict.SUPPORTED, "79 USD")
        claim = Claim(start=16, end=19, fact="price", verdict=verdict, value=value)
        name = f"{round_id}-{prompt.id}-{sample}"
        self.seen.append(
            Observation(
                probe_id=name,
                answer_id=name,
                round_id=round_id,
                kind=kind,
                asked_at=at,
                prompt=prompt,
                assistant_id="gpt",
                assistant_label="OpenAI API, gpt-5",
                surface=Surface.API,
                state=AttemptState.ANSWERED,
                text=TEXT,
                reading=Reading(answer_id=name, outcome=Outcome.ANSWER, claims=(claim,)),
            )
        )

    def _view(self, number: int, now: datetime) -> RoundView:
        return RoundView(
            round=Round(
                id=f"r{number}",
                brand="Quillmark",
                kind=RoundKind.SCHEDULED,
                key=str(number),
                opened_at=START + timedelta(days=number),
            ),
            sheet=SHEET,
            observations=tuple(one for one in self.seen if one.round_id == f"r{number}"),
            history=tuple(one for one in self.seen if one.round_id != f"r{number}"),
            interval=intervals.rate_interval,
            now=now,
            confirm=self.confirm if self.confirm.samples else None,
            confirmations=tuple(self.confirmations),
        )


def mailed_within(world: World, rounds: int) -> bool:
    """Whether one of the first rounds mails."""
    return any(world.round(number) for number in range(rounds))


def present(rate: float, runs: int, *, rounds: int = 2, seed: int = 0, **panel: object) -> Rate:
    """In how many runs a fact that is wrong in this share of the answers is mailed within so many rounds."""
    hits = 0
    for run in range(runs):
        rng = random.Random(f"{seed}-{rate}-{run}")  # noqa: S311 -- a simulation
        hits += mailed_within(World(wrong=lambda _, rng=rng: rng.random() < rate, **panel), rounds)
    return Rate(hits=hits, of=runs)


def slip(runs: int, *, seed: int = 0, answers: int = 200, **panel: object) -> Rate:
    """In how many runs exactly one wrong answer among `answers` is mailed."""
    world = World(wrong=lambda _: False, **panel)
    rounds = -(-answers // (world.prompts * world.samples))
    hits = 0
    for run in range(runs):
        place = random.Random(f"{seed}-{run}").randrange(answers)  # noqa: S311 -- a simulation
        hits += mailed_within(World(wrong=lambda number, place=place: number == place, **panel), rounds)
    return Rate(hits=hits, of=runs)


def told(of: Rate) -> str:
    interval = stats.binomtest(int(of.hits), int(of.of)).proportion_ci(method="wilson")
    low, high = 100 * interval.low, 100 * interval.high
    return f"{100 * (of.value or 0):5.1f} %  (95 % interval {low:.1f} to {high:.1f} %, {int(of.of)} runs)"


def rows(runs: int = RUNS) -> Iterator[tuple[str, str]]:
    """Each figure with its name."""
    off = ConfirmSettings(samples=0)
    yield "wrong in 30 % of answers: mailed within two rounds of 9 (>= 95 %)", told(present(0.3, runs))
    yield "... within the first round", told(present(0.3, runs, rounds=1))
    yield "... of 4 answers a round (2 prompts x 2)", told(present(0.3, runs, prompts=2, samples=2))
    yield "... of 9, without confirmation", told(present(0.3, runs, confirm=off))
    yield "wrong in every answer: within the first round", told(present(1.0, runs // 10, rounds=1))
    yield "wrong once in 200 answers: mailed (<= 1 %)", told(slip(runs // 2, prompts=4, samples=5))
    yield (
        "... each of 200 answers by chance 1 in 200",
        told(present(1 / 200, runs // 4, rounds=10, prompts=4, samples=5)),
    )
    yield (
        "... the same without confirmation",
        told(present(1 / 200, runs // 4, rounds=10, prompts=4, samples=5, confirm=off)),
    )
