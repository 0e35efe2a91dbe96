"""Answers to the prompts that ask what to buy, without naming anybody."""

from monitor.demo import layout, pages, plot
from monitor.demo.scene import Scene

MACHINES = {
    "ostrello": "Ostrello One",
    "tavarizza": "Tavarizza Nona",
    "brunnholt": "Brunnholt Kompakt",
    "kafnaro": "Kafnaro Pico",
    "lumetrino": "Lumetrino Arco",
    "norrbrygg": "Norrbrygg Lilla",
}
_PRICES = {"tavarizza": 589, "brunnholt": 479, "kafnaro": 399, "lumetrino": 699, "norrbrygg": 629}
_PAGES = {
    "ostrello": "own-one",
    "tavarizza": "tavarizza-nona",
    "brunnholt": "brunnholt-kompakt",
    "kafnaro": "kafnaro-pico",
    "lumetrino": "lumetrino-arco",
    "norrbrygg": "norrbrygg-lilla",
}
_HARD_TO_REPAIR = {"kafnaro", "lumetrino"}  # named last there, if at all
_FEWEST = 3  # names in an answer


def draft(scene: Scene) -> str:
    """Write one answer, with marks where pages are cited."""
    chosen = _entities(scene)
    parts = layout.Draft(
        opener=scene.deck.draw(f"opener {scene.prompt}"),
        heading=scene.deck.draw(f"heading {scene.prompt}"),
        column="Brand" if scene.prompt == "repair" else "Machine",
        picks=tuple(_pick(scene, entity) for entity in chosen),
        aside=scene.deck.draw("aside repair" if scene.prompt == "repair" else "aside"),
        tip=scene.deck.draw(f"tip {scene.prompt}"),
        contrast=_contrast(scene, chosen),
        verdict=_verdict(scene, chosen),
        closer=scene.deck.draw("closer"),
    )
    return layout.choosing(scene.assistant, parts, scene.rng)


def _entities(scene: Scene) -> list[str]:
    """List who is named, in the order of naming."""
    chances = dict.fromkeys(plot.OTHERS, plot.RIVAL_NAMED)
    chances[plot.BRAND] = plot.named(scene.assistant, scene.prompt, scene.moment.week)
    chances[plot.RISING] = plot.rising_named(scene.assistant, scene.moment.week)
    chosen = [entity for entity, chance in chances.items() if scene.happens(chance)]
    spare = [entity for entity in plot.OTHERS if entity not in chosen]
    chosen += scene.rng.sample(spare, max(0, _FEWEST - len(chosen)))
    return sorted(chosen, key=lambda entity: -_pull(scene, entity) * scene.rng.random())


def _pull(scene: Scene, entity: str) -> float:
    """Weigh how far to the front a name tends to stand."""
    if scene.prompt == "repair" and entity in _HARD_TO_REPAIR:
        return 0.01
    if plot.faded(scene.assistant, scene.moment.week):
        return {plot.RISING: 4.0}.get(entity, 1.0)
    return {plot.BRAND: 2.0, plot.RISING: 0.8}.get(entity, 1.0)


def _pick(scene: Scene, entity: str) -> layout.Pick:
    slot = f"{entity} {scene.prompt}"
    return layout.Pick(
        label=_name(scene, entity),
        note=_note(scene, entity),
        trait=scene.deck.draw(f"trait {slot}"),
        sentence=scene.deck.draw(f"sentence {slot}"),
        cited=scene.cited(_PAGES[entity], *pages.reviews(scene.prompt), chance=0.4),
    )


def _name(scene: Scene, entity: str) -> str:
    return entity.capitalize() if scene.prompt == "repair" else MACHINES[entity]


def _note(scene: Scene, entity: str) -> str:
    """Give the price in brackets, where prices are asked for."""
    price = _PRICES.get(entity) or plot.price(scene.assistant, scene.prompt, scene.moment)
    form = scene.rng.choice((f" (€{price})", f" ({price} euros)", f" (about €{price})", f" (around {price} €)"))
    return form if scene.happens({"under-700": 0.75, "small-kitchen": 0.2}.get(scene.prompt, 0.0)) else ""


def _contrast(scene: Scene, chosen: list[str]) -> str:
    """Compare the first two, or warn of the weakest; now and then."""
    if "kafnaro" in chosen[2:] and scene.prompt != "repair" and scene.happens(0.25):
        return scene.deck.draw("avoid")
    first, second, *_ = (_name(scene, entity) for entity in chosen)
    slot = "compare repair" if scene.prompt == "repair" else "compare"
    return scene.deck.draw(slot, first=first, second=second) if scene.happens(0.35) else ""


def _verdict(scene: Scene, chosen: list[str]) -> str:
    if scene.happens(0.3):
        return scene.deck.draw("balance repair" if scene.prompt == "repair" else "balance")
    first, second, *_ = (_name(scene, entity) for entity in chosen)
    return scene.deck.draw("verdict repair" if scene.prompt == "repair" else "verdict", first=first, second=second)
