"""A section read key by key: what was wanted and is missing, what nobody asked for."""

from typing import TypeVar

from monitor.brandfile.mistakes import Findings, Unfit, shown
from monitor.brandfile.scalars import Reads, is_null
from monitor.brandfile.suggest import suggestion
from monitor.brandfile.yaml_nodes import Items, Node, Pairs, Scalar

T = TypeVar("T")

_SECRETS = ("api_key", "apikey", "key", "token", "password", "secret")


class Section:
    """One mapping. Each accessor takes its key, notes what is wrong with it and goes on with the default."""

    def __init__(self, pairs: Pairs, where: str, found: Findings) -> None:
        self.line = pairs.line
        self.where = where  # "facts", "brand": what a message calls it
        self.found = found
        self._values = {key.text: (key, value) for key, value in pairs.pairs}
        self._asked: set[str] = set()

    def line_of(self, key: str) -> int:
        return self._values[key][0].line if key in self._values else self.line

    def has(self, key: str) -> bool:
        """Whether the key stands in the file; `key:` without a value counts as absent."""
        self._asked.add(key)
        return key in self._values and not is_null(self._values[key][1])

    def read(self, key: str, reads: Reads[T], default: T) -> T:
        taken = self._take(self._values[key][1], key, reads) if self.has(key) else ()
        return taken[0] if taken else default

    def need(self, key: str, reads: Reads[T], default: T) -> T:
        if not self.has(key):
            line = self.line_of(key)
            self.found.wrong(line, f"{self.where} has no {key}", f"add {key}: and its value")
        return self.read(key, reads, default)

    def each(self, key: str, reads: Reads[T]) -> tuple[T, ...]:
        """Return the items of a list; a single value is a list of one."""
        return tuple(value for node in self._items(key) for value in self._take(node, key, reads))

    def part(self, key: str) -> "Section | None":
        """Return the section under a key; None where it is absent or no section."""
        return self._as_section(self._values[key][1], key) if self.has(key) else None

    def parts(self, key: str) -> list["Section"]:
        """Return the sections of a list."""
        return [part for node in self._items(key) if (part := self._as_section(node, key))]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def close(self) -> None:
        """Refuse every key that was not asked for."""
        for key, (written, _) in self._values.items():
            if key not in self._asked:
                self.found.wrong(written.line, f"{self.where} knows no key {shown(key)}", self._instead(key))

    def _instead(self, key: str) -> str:
        if key == "<<":
            return "merging is not allowed; write the values out"
        if key.lower() in _SECRETS:
            return "keys and passwords come from the environment only; remove it"
        return suggestion(key, self._asked)

    def _take(self, node: Node, key: str, reads: Reads[T]) -> tuple[T, ...]:
        """Return the value alone, or nothing where it does not fit."""
        try:
            return (reads(node),)
        except Unfit as unfit:
            line = node.line if isinstance(node, Scalar) else self.line_of(key)
            self.found.wrong(line, f"{key}: {unfit.what}", unfit.remedy)
            return ()

    def _items(self, key: str) -> tuple[Node, ...]:
        if not self.has(key):
            return ()
        node = self._values[key][1]
        return node.items if isinstance(node, Items) else (node,)

    def _as_section(self, node: Node, key: str) -> "Section | None":
        if isinstance(node, Pairs):
            return Section(node, _CALLED.get(key, key), self.found)
        self.found.wrong(
            node.line, f"{key}: keys and values are wanted here", f"write {_EXAMPLES.get(key, 'key: value')}"
        )
        return None


_CALLED = {
    "competitors": "this competitor",
    "facts": "this fact",
    "before": "this former value",
    "prompts": "this prompt",
    "assistants": "this assistant",
    "reports": "this report",
    "routes": "this route",
    "webhooks": "this webhook",
}
_EXAMPLES = {
    "brand": "name: and the brand's name below brand:",
    "competitors": "- {name: Wayfair}",
    "facts": "- {id: founded, kind: year, about: founding year, value: 1943}",
    "prompts": "- {id: best-sofa, text: Which shops sell the best sofas?}",
    "assistants": "- {id: gpt, use: openai, model: gpt-5}",
    "before": "- {value: 1942, until: 2017}",
    "routes": "- {severity: critical, to: [brand@example.com]}",
    "quiet_hours": '{from: "20:00", until: "07:00", timezone: Europe/Stockholm}',
    "digest": '{cron: "0 8 * * MON"}',
    "webhooks": "- {url_env: LIKENESS_WEBHOOK_URL, secret_env: LIKENESS_WEBHOOK_SECRET}",
    "reports": '- {cron: "0 8 * * MON", period: week}',
}
