"""What the trained model says where no rule found an opinion: news is told without opinion words."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from monitor.analysis.grouping import within
from monitor.analysis.spans import Span
from monitor.analysis.text import BlockKind, Document
from monitor.analysis.valence import lexicon
from monitor.domain.readings import Mention

if TYPE_CHECKING:
    from monitor.analysis.stance_model import Model
    from monitor.analysis.targeting import Sight

# Above it nine of ten held-out sentences of news are right; plain facts of an answer are no news.
_SURE = 0.93
_MOST = 3  # sentences per answer
_SHORTEST = 5  # words of a sentence that can say something
_NAME = "\0"  # stands for the name, so that only the wording counts
_COMPOUND = re.compile(r"\b([^\W_]+)-(?=[^\W_])")
_KINDS = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def heard(document: Document, mentions: Sequence[Mention], entity: str) -> Iterator[tuple[Span, int]]:
    """Yield sentence and side (1 praise, -1 blame) where the model is sure about an entity; English only."""
    chosen = list(islice(_sentences(document, mentions, entity), _MOST)) if document.lang in {"en", ""} else []
    if chosen:
        model = _model()
        odds = model.odds([_sight(model, document, mentions, mention, sentence) for mention, sentence in chosen])
        for (_, sentence), (against, _, praise) in zip(chosen, odds, strict=True):
            if max(against, praise) >= _SURE:
                yield sentence, 1 if praise > against else -1


@cache
def _model() -> "Model":
    """Read the model when it is first asked: many answers never do, and numpy alone takes a tenth of a second."""
    model: Model = import_module("monitor.analysis.stance_model").load()
    return model


def _sentences(document: Document, mentions: Sequence[Mention], entity: str) -> Iterator[tuple[Mention, Span]]:
    """Yield the sentences of running text that name it and nobody else, each with its first naming there."""
    behind = -1
    for mention in mentions:
        sentence, block = document.sentence_of(mention.start), document.block_of(mention.start)
        if mention.entity == entity and mention.start >= behind and sentence and block and block.kind in _KINDS:
            behind = sentence.end
            words = document.plain[sentence.start : sentence.end].split()
            alone = all(other.entity == entity for other in within(mentions, sentence))
            if alone and len(words) >= _SHORTEST and not words[-1].endswith("?"):
                yield mention, sentence


def _sight(model: "Model", document: Document, mentions: Sequence[Mention], of: Mention, sentence: Span) -> "Sight":
    pieces, at, start = [], sentence.start, 0
    for mention in within(mentions, sentence):
        pieces.append(_wording(document.plain[at : mention.start]))
        if mention == of:
            start = sum(map(len, pieces))
        pieces.append(_NAME)
        at = mention.end
    text = "".join([*pieces, _wording(document.plain[at : sentence.end])])
    return model.vocabulary.sight(text, start, start + 1)


def _wording(text: str) -> str:
    """Return the text without judging words that only begin a compound: a poor-box is a box.

    >>> _wording("a poor-box in a sea-side town")
    'a box in a sea-side town'
    """
    return _COMPOUND.sub(lambda found: "" if found[1].lower() in lexicon() else found[0], text)
