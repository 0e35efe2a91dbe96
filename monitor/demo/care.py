"""Answers on descaling: useful, and hardly ever a name in them."""

from monitor.demo import plot
from monitor.demo.scene import Scene


def draft(scene: Scene) -> str:
    deck, rng = scene.deck, scene.rng
    opener = deck.draw("opener") + scene.cited("water", "care-guide")
    reason = deck.draw("reason") + scene.cited("care-guide", chance=0.4)
    steps = deck.in_order("step", rng.choice((3, 4, 5)))
    ending = [deck.draw("warning") + scene.cited("care-guide", chance=0.4), deck.draw("tip"), *_names(scene)]
    return "\n\n".join([f"{opener} {reason}", _steps(scene.assistant, steps), " ".join(ending)])


def _names(scene: Scene) -> list[str]:
    chance = max(plot.named(scene.assistant, scene.prompt, scene.moment.week), 0.04)
    return [scene.deck.draw("brand")] if scene.happens(chance) else []


def _steps(assistant: str, steps: list[str]) -> str:
    marks = {"gpt-search": "{n}. {step}", "gemini-search": "*   {step}"}
    if assistant not in marks:
        return " ".join(steps)
    return "\n".join(marks[assistant].format(n=n, step=step) for n, step in enumerate(steps, 1))
