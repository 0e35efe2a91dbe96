"""Writes the demo's recorded answers: `python -m monitor.demo.compose`. The same file every time."""

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from monitor.demo import care, choosing, company, german, pages, phrases, plot
from monitor.demo.scene import Scene

RECORDINGS = Path(__file__).with_name("answers.jsonl")
Row = dict[str, object]
Stock = Mapping[str, phrases.Deck]
_SEED = "likeness"
_QUERIES = {
    "small-kitchen": "best compact espresso machine 2026",
    "under-700": "best espresso machine under 700 euros test",
    "beginner": "espresso machine for beginners recommendation",
    "repair": "most repairable espresso machine brands",
    "descale": "how often descale espresso machine water hardness",
    "who": "Ostrello company espresso",
    "price": "Ostrello One price warranty",
    "trust": "Ostrello news CEO reviews",
}


def rows() -> Iterator[Row]:
    """Yield every recording, round by round."""
    stocks = {assistant: _stock(assistant) for assistant in plot.ASSISTANTS}
    for moment in plot.moments():
        for assistant in plot.ASSISTANTS:
            for prompt in plot.PROMPTS:
                yield _row(_scene(assistant, prompt, moment, stocks[assistant]))


def _dice(*key: object) -> random.Random:
    return random.Random("/".join(map(str, (_SEED, *key))))  # noqa: S311  -- a story, not a secret


def _stock(assistant: str) -> Stock:
    slots = {name: phrases.read(name) for name in ("choosing", "company", "care", "german")}
    ending = {"gpt-search": "gpt closer", "claude-memory": "claude closer"}.get(assistant, "gemini closer")
    slots["choosing"]["closer"] = slots["company"][ending]
    return {name: phrases.Deck(said, _dice(assistant, name)) for name, said in slots.items()}


def _scene(assistant: str, prompt: str, moment: plot.Moment, stock: Stock) -> Scene:
    name = "choosing" if prompt in plot.CHOOSING else "care" if prompt == "descale" else "company"
    deck = stock["german" if (assistant, prompt, moment.day.isoformat()) in plot.GERMAN else name]
    rng = _dice(assistant, prompt, moment.day)
    return Scene(assistant=assistant, prompt=prompt, moment=moment, deck=deck, rng=rng)


def _draft(scene: Scene) -> str:
    if scene.key in plot.GERMAN:
        return german.draft(scene)
    if scene.prompt in plot.CHOOSING:
        return choosing.draft(scene)
    return care.draft(scene) if scene.prompt == "descale" else company.draft(scene)


def _row(scene: Scene) -> Row:
    searched = scene.assistant != "claude-memory" and scene.happens(0.95)
    cited = pages.settle(_draft(scene), scene.assistant if searched else "")
    if searched:
        cited.retrieve(pages.PAGES[scene.rng.choice(("forum", "magazine", "trade"))])
    row: Row = {
        "assistant": scene.assistant,
        "prompt": scene.prompt,
        "sample": 0,
        "asked_at": scene.moment.at.isoformat(),
        "model": plot.served_model(scene.assistant, scene.moment.week),
        "searched": searched,
        "queries": [_QUERIES[scene.prompt]] if searched else [],
        "finish": "complete",
        "text": cited.text,
        "citations": cited.citations,
        "sources": cited.sources,
    }
    return row | _mishap(scene, cited)


def _mishap(scene: Scene, cited: pages.Cited) -> Row:
    """Say what replaces the answer where it was refused, cut off or empty."""
    nothing: Row = {"citations": [], "sources": [], "searched": False, "queries": []}
    if scene.key in plot.REFUSALS:
        return nothing | _refusal(plot.REFUSALS[scene.key], scene.deck.draw("refusal"))
    if scene.key in plot.EMPTY or (scene.assistant, scene.moment.day.isoformat()) == plot.SILENT_DAY:
        return nothing | {"text": "", "finish": "empty"}
    return _cut(cited) if scene.key in plot.CUT_OFF else {}


def _refusal(finish: str, words: str) -> Row:
    if finish == "filtered":
        return {"text": "", "finish": finish, "refusal": "SAFETY"}
    return {"text": words, "finish": finish, "refusal": words if finish == "refused" else ""}


def _cut(cited: pages.Cited) -> Row:
    """Keep the answer up to the middle of a word; what pointed behind it is gone."""
    end = len(cited.text) * 11 // 20
    kept = [citation for citation in cited.citations if isinstance(citation["end"], int) and citation["end"] <= end]
    return {"text": cited.text[:end], "citations": kept, "finish": "truncated"}


def write(path: Path) -> int:
    """Write the recordings as JSON Lines; return their number."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    write(RECORDINGS)
