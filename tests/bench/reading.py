"""How long a reading takes, as ratios taken in one run: only those mean something on a machine one does not know."""

import multiprocessing
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import spacy
from markdown_it import MarkdownIt

from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet

_URL = re.compile(r"https?://\S+")
_ROUNDS = 15
_BATCH = 100  # readings of one process
_FORK = multiprocessing.get_context("fork")
_SYLLABLES = ("ka", "lor", "ven", "mi", "tas", "qui", "dro", "bel", "sun", "per", "zo", "fin", "gar", "hul", "ney")

_ITEM = (
    "{n}. **{name}** – Sells flat-packed desks from {n}0 workshops, was founded in 19{n}7 by Ada Quill and employs"
    " about {n},400 people. Delivery is quick, but the prices went up by {n} % last year ([Desk Review][{n}]).\n"
)
_TABLE = (
    "| | {a} | {b} |\n|---|---|---|\n| Founded | 1961 | 1987 |\n| Seat | Leeds | Porto |\n| Price | $149 | €180 |\n"
)

_TOLD = (
    "{b} was founded in 19{n}1 by Ada Quill, opened its first shop on 3 May 19{n}4 and is led by Ada Quills today.",
    "The company employs about {n},400 people and runs {n}00 shops in {n}2 countries.",
    "It is based in Leeds and is not listed on any exchange.",
    "{b} sells its basic desk for €14{n} and charges a delivery fee of €15{n}.",
    "Its annual revenue came to €{n}50 million, and {n}5 % of the wood it uses is recycled.",
    "Customers draw their desks with Deskmaker, the configurator of {b}, and pay a membership fee of €15{n} a year.",
    "The group has three units: Desks, Chairs and Lamps.",
)


def name(number: int) -> str:
    """Return an invented name, different for each number."""
    made = ""
    while number or not made:
        number, rest = divmod(number, len(_SYLLABLES))
        made += _SYLLABLES[rest]
    return made.capitalize() + "desk"


def sheet(aliases: int) -> FactSheet:
    """Return a sheet of twenty facts with so many names on it."""
    rivals = tuple(Entity(name=name(i), aliases=(f"{name(i)} Group",)) for i in range(1, aliases // 2))
    facts = [
        Fact(id=f"year{i}", kind="year", about=about, value=1950 + i, says=f"{about} in {1950 + i}.")
        for i, about in enumerate(
            ("founding year", "year of the first shop", "year of the listing", "year of the merger")
        )
    ]
    facts += [
        Fact(id=f"number{i}", kind="number", about=about, value=400 * (i + 1), unit=unit)
        for i, (about, unit) in enumerate((("employees", "people"), ("shops", "shops"), ("countries", "countries")))
    ]
    facts += [
        Fact(id=f"money{i}", kind="money", about=about, value=149 + i, unit="EUR")
        for i, about in enumerate(("price of the basic desk", "annual revenue", "delivery fee", "membership fee"))
    ]
    facts += [
        Fact(id=f"person{i}", kind="person", about=about, value=f"Ada Quill{'s' * i}")
        for i, about in enumerate(("founder", "chief executive", "finance chief"))
    ]
    facts += [
        Fact(id="seat", kind="place", about="headquarters", value="Leeds"),
        Fact(id="listed", kind="flag", about="publicly listed", value=False),
        Fact(id="units", kind="set", about="business units", value=("Desks", "Chairs", "Lamps")),
        Fact(id="share", kind="percent", about="share of recycled wood", value=85),
        Fact(id="opened", kind="date", about="first shop opened", value="1961-05-03"),
        Fact(id="hub", kind="text", about="name of the configurator", value="Deskmaker"),
    ]
    brand = Entity(name=name(0), aliases=(f"{name(0)} Ltd",), domains=("example.com",))
    return FactSheet(brand=brand, competitors=rivals, facts=tuple(facts))


def answer(length: int = 3_900) -> str:
    """Return an answer of about so many characters, with lists, a table, links and figures."""
    definitions = "".join(f"[{n}]: https://example.org/desks/{n}?utm_source=chatgpt.com\n" for n in range(1, 10))
    body = f"Here are the best desk makers of the year. {name(0)} leads the field; others are cheaper.\n\n"
    section = "### More makers\n\n" + "".join(_ITEM.format(n=n, name=name(n)) for n in range(1, 10))
    section += "\n" + _TABLE.format(a=name(0), b=name(1)) + f"\nThe company says that {name(0)}'s seat is in Leeds.\n\n"
    while len(body) + len(definitions) < length:
        body += section
    return body[: max(0, length - len(definitions))].rstrip() + "\n\n" + definitions


def dense(length: int = 3_900) -> str:
    """Return an answer of about so many characters in which every sentence tells facts of the brand."""
    told = "# About {b}\n\n"
    number = 0
    while len(told) < length:
        number = number % 9 + 1
        told += " ".join(_TOLD).format(b=name(0), n=number) + "\n\n"
    return told[:length].format(b=name(0)).rstrip()


def timed(*works: Callable[[], object], rounds: int = _ROUNDS) -> list[float]:
    """Return the median processor seconds of one call of each, taken in turns: what else runs here counts less."""
    found: list[list[float]] = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, times in zip(works, found, strict=True):
            start = time.process_time()
            work()
            if turn:
                times.append(time.process_time() - start)
    return [median(times) for times in found]


def wall(text: str) -> Callable[[], object]:
    """Return the work that a reader built on these libraries would do first: parse, tokenize without addresses."""
    markdown, words = MarkdownIt("commonmark").enable("table"), spacy.blank("en")
    return lambda: (markdown.parse(text), words.make_doc(_URL.sub("", text)))


def reads(reader: Reader, text: str) -> Callable[[], object]:
    return lambda: reader.read(Answer(id="a", text=text))


def rows() -> list[tuple[str, str]]:
    """Measure and return (what, figure) lines."""
    text = answer()
    few, many = Reader(sheet(50)), Reader(sheet(5_000))
    floor, reading, crowded = timed(wall(text), reads(few, text), reads(many, text))
    long, longest, marks = timed(
        reads(few, answer(100_000)), reads(few, answer(1_000_000)), reads(few, "!" * 20_000), rounds=2
    )
    claims, told = dense(), len(few.read(Answer(id="a", text=dense())).claims)
    bare, full = timed(wall(claims), reads(few, claims), rounds=5)
    short = reading / len(text)
    return [
        (f"markdown-it parse + spaCy tokenizing of {len(text)} characters", f"{floor * 1e3:.2f} ms"),
        ("full reading, 50 aliases, 20 facts (at most 1.5)", f"{reading * 1e3:.2f} ms = {reading / floor:.2f} times"),
        (
            f"full reading of {len(claims)} characters that make {told} claims",
            f"{full * 1e3:.2f} ms = {full / bare:.2f} times",
        ),
        ("the same with 5,000 aliases (at most 1.5)", f"{crowded * 1e3:.2f} ms = {crowded / reading:.2f} times that"),
        ("reading 100,000 characters, per character", f"{long / 100_000 / short:.2f} times the short one"),
        ("reading 1,000,000 characters, per character", f"{longest / 1_000_000 / short:.2f} times the short one"),
        ("20,000 exclamation marks (under 1 s)", f"{marks:.3f} s"),
        ("two processes (at least 1.8)", f"{_doubled(few, text):.2f} times one"),
        ("peak memory of 5,000 aliases and 1,000,000 characters (under 300 MB)", f"{_peak():.0f} MB"),
    ]


def _doubled(reader: Reader, text: str) -> float:
    """How much more two processes read than one in the same time; the best of three, as others use the cores too."""
    shares = []
    for _ in range(3):
        alone = _elapsed(reader, text, 1)
        shares.append(2 * alone / _elapsed(reader, text, 2))
    return max(shares)


def _elapsed(reader: Reader, text: str, processes: int) -> float:
    work = reads(reader, text)
    running = [_FORK.Process(target=_repeat, args=(work,)) for _ in range(processes)]
    start = time.perf_counter()
    for one in running:
        one.start()
    for one in running:
        one.join()
    return time.perf_counter() - start


def _repeat(work: Callable[[], object]) -> None:
    for _ in range(_BATCH):
        work()


def _peak() -> float:
    """Megabytes that a fresh process takes at most for a large sheet and the longest answer that is read."""
    code = (
        f"import sys, resource; sys.path.insert(0, {str(Path(__file__).parent)!r}); import reading as bench;"
        "reader = bench.Reader(bench.sheet(5_000)); bench.reads(reader, bench.answer())();"
        "bench.reads(reader, bench.answer(1_000_000))();"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024
