"""How well a brand is read without what was learnt from it: `python -m tests.bench.left_out [FOLDER]`.

The vocabulary is what looking at answers adds to. For each labelled brand every word is taken away that occurs in the
answers about this brand and in those about no other; a word that only this brand can have taught is then unknown, and
so are words that stood in the vocabulary before and happen to occur in its answers alone: the figures are a lower
bound. The brand's answers are read with the whole vocabulary and with what is left, and the fall is printed. FOLDER
holds further labelled brands (a folder per brand: sheet.json, answers.jsonl, labels.jsonl).
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from monitor.analysis import lexicon, readings_file, topics
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


def falls(all_brands: Sequence[brands.Brand]) -> Iterator[tuple[str, int, brands.Score, brands.Score]]:
    """Yield for each brand (name, words taken away, figures with all words, figures without)."""
    seen: Mapping[str, frozenset[int]] = {brand.name: words_in(brand) for brand in all_brands}
    for brand in all_brands:
        others = frozenset[int]().union(*(words for name, words in seen.items() if name != brand.name))
        own = seen[brand.name] - others
        whole = brands.score(brand)
        with without(own):
            yield brand.name, len(own), whole, brands.score(brand)


def main() -> None:
    given = [brand for folder in sys.argv[1:] for brand in from_folder(Path(folder))]
    total = left = brands.Score()
    for name, words, whole, less in falls([*given, *brands.load_all()]):
        total, left = total + whole, left + less
        print(f"{name:12} all words     {whole.line}")
        print(f"{'':12} {words:3} left out  {less.line}")
    print(f"{'together':12} all words     {total.line}\n{'':12} left out      {left.line}")


if __name__ == "__main__":
    main()
