"""How well a brand is read without what was learnt from it: `python -m tests.bench.left_out [FOLDER]`.

The vocabulary is what looking at answers adds to. For each labelled brand every word is taken away that occurs in the
answers about this brand and in those about no other; a word that only this brand can have taught is then unknown, and
so are words that stood in the vocabulary before and happen to occur in its answers alone: the figures are a lower
bound. The brand's answers are read with the whole vocabulary and with what is left, and the fall is printed. FOLDER
holds further labelled brands (a folder per brand: sheet.json, answers.jsonl, labels.jsonl).

Many of the words so taken away are common ones that a brand need not teach: "equipaje" and "Batterie" go because each
brand has one or two answers in Spanish and in German, "sets up" because others are "set up". A thesaurus gives a word
with its family, which is what a line of the vocabulary holds. A third line therefore takes away whole families: those
of which no word in that language occurs in the answers about another brand, with all of their words, found or not. It
tells how a brand is read of whose trade nothing was collected. The words of words/topics.toml and
words/families.toml, which are looked for only where a sheet asks for them, stay in all three lines. So do the nets of
`monitor/analysis/relevance`, which have learnt from these brands: tests/bench/relevance.py leaves brands out of them.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.analysis import families, lexicon, readings_file, topics
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter, Word
from tests.bench import accuracy, brands


def from_folder(folder: Path) -> Iterator[brands.Brand]:
    """Yield the labelled brands of a folder."""
    for path in sorted(folder.glob("*/sheet.json")):
        labels = {row["id"]: row for row in accuracy.rows(path.parent / "labels.jsonl")}
        answers = readings_file.read_answers(path.parent / "answers.jsonl")
        labelled = tuple(
            brands.Labelled(answer=answer, labels=tuple(_labels(labels[answer.id])))
            for answer in answers
            if answer.id in labels
        )
        yield brands.Brand(name=path.parent.name, sheet=accuracy.sheet(path), answers=labelled)


def _labels(row: accuracy.Row) -> Iterator[brands.Label]:
    for one in row["claims"]:
        yield brands.Label(start=one["start"], end=one["end"], fact=one["fact"], verdict=one["verdict"])
    for one in row.get("optional_claims", []):
        yield brands.Label(start=one["start"], end=one["end"], fact=one["fact"], verdict="optional")


def words_in(brand: brands.Brand) -> frozenset[int]:
    """The words of the vocabulary that occur in the answers about a brand, each by its place in the vocabulary."""
    numbered = Spotter(
        Word(text=one.text, concept=str(number), open_end=one.open_end, longest_tail=one.longest_tail, lang=one.lang)
        for number, one in enumerate(lexicon.general().words)
    )
    found: set[int] = set()
    for labelled in brand.answers:
        text = fold(labelled.answer.text)
        found.update(int(hit.concept) for hit in numbered.find(text, labelled.answer.lang))
    return frozenset(found)


Family = tuple[str, str]  # a concept of the vocabulary, in one language


def families_of(words: frozenset[int]) -> frozenset[Family]:
    """The families that these words of the vocabulary belong to."""
    vocabulary = lexicon.general().words
    return frozenset((vocabulary[number].concept, vocabulary[number].lang) for number in words)


def members(wanted: frozenset[Family]) -> frozenset[int]:
    """All words of these families, whether they occur anywhere or not."""
    words = enumerate(lexicon.general().words)
    return frozenset(number for number, one in words if (one.concept, one.lang) in wanted)


@contextmanager
def without(words: frozenset[int]) -> Iterator[None]:
    """Read with a vocabulary that lacks these words."""
    whole = lexicon.general
    kept = tuple(one for number, one in enumerate(whole().words) if number not in words)
    less = replace(whole(), words=kept)
    lexicon.general = lambda: less  # type: ignore[assignment]
    _forget()
    try:
        yield
    finally:
        lexicon.general = whole
        _forget()


def _forget() -> None:
    """Let sheets and answers be read with one vocabulary: what was made of another is made anew."""
    lexicon.general_spotter.cache_clear()
    topics.reader.cache_clear()
    families.reader.cache_clear()


@dataclass(frozen=True, kw_only=True)
class Fall:
    """A brand read with all words, without those that it alone has, and without the families that it alone has."""

    name: str
    words: int  # taken away for `less`
    families: int  # taken away for `unseen`
    whole: brands.Score
    less: brands.Score
    unseen: brands.Score

    def __str__(self) -> str:
        return (
            f"{self.name:12} all words     {self.whole.line}\n"
            f"{'':12} {self.words:3} left out  {self.less.line}\n"
            f"{'':12} {self.families:3} families  {self.unseen.line}"
        )


def falls(all_brands: Sequence[brands.Brand]) -> Iterator[Fall]:
    """Yield the figures of each brand."""
    seen: Mapping[str, frozenset[int]] = {brand.name: words_in(brand) for brand in all_brands}
    for brand in all_brands:
        others = frozenset[int]().union(*(words for name, words in seen.items() if name != brand.name))
        own = seen[brand.name] - others
        lost = families_of(own) - families_of(others)
        with without(own):
            less = brands.score(brand)
        with without(members(lost)):
            unseen = brands.score(brand)
        whole = brands.score(brand)
        yield Fall(name=brand.name, words=len(own), families=len(lost), whole=whole, less=less, unseen=unseen)


def main() -> None:
    given = [brand for folder in sys.argv[1:] for brand in from_folder(Path(folder))]
    whole = less = unseen = brands.Score()
    words = lost = 0
    for one in falls([*given, *brands.load_all()]):
        print(one)
        whole, less, unseen = whole + one.whole, less + one.less, unseen + one.unseen
        words, lost = words + one.words, lost + one.families
    print(Fall(name="together", words=words, families=lost, whole=whole, less=less, unseen=unseen))


if __name__ == "__main__":
    main()
