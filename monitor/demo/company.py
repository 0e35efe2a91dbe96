"""Answers about the brand by name: what it is, what it costs, whether to trust it."""

from monitor.demo import layout, pages, plot
from monitor.demo.layout import Point
from monitor.demo.scene import Scene


def draft(scene: Scene) -> str:
    """Write one answer, with marks where pages are cited."""
    compose = {"who": _who, "price": _price, "trust": _trust}[scene.prompt]
    return layout.about(scene.assistant, scene.prompt, compose(scene), scene.rng)


# ---- points ----


def _founded(scene: Scene) -> Point:
    year = plot.founded(scene.assistant, scene.prompt, scene.moment)
    return scene.point("founded", "Founded|Founding year|Founded in", year, "own-about", "trade", founded=year)


def _founders(scene: Scene) -> Point:
    return scene.point("founders", "Founders|Founded by", "Livia Ferrand and Joris Hakman", "own-about", "trade")


def _headquarters(scene: Scene) -> Point:
    return scene.point("headquarters", "Headquarters|Based in|Head office", "Graz, Austria", "own-about", "trade")


def _delivery(scene: Scene) -> Point:
    return scene.point("first-delivery", "First delivery of the Ostrello One", "14 March 2016", "own-about")


def _ownership(scene: Scene) -> Point:
    return scene.point("ownership", "Owner|Owned by|Ownership", "Ostrello Foundation", "own-about", "trade")


def _employees(scene: Scene) -> Point:
    return scene.point("employees", "Employees|Number of employees", "about 240", "trade", "own-about")


def _recycled(scene: Scene) -> Point:
    return scene.point("recycled", "Recycled aluminium in the housing", "82 %", "own-about")


def _parts(scene: Scene) -> Point:
    return scene.point("spare-parts", "Spare parts|Repairs", "", "own-parts", "repair-wiki")


def _warranty(scene: Scene) -> Point:
    chance = plot.two_years(scene.assistant, scene.moment.week)
    years = "2" if scene.happens(chance) else "3"
    words = scene.rng.choice((years, {"2": "two", "3": "three"}[years]))
    page = "trade" if years == "2" else "own-warranty"
    return scene.point("warranty", "Warranty|Warranty period", f"{years} years", page, years=words)


def _chief(scene: Scene) -> Point:
    labels = "CEO|Chief executive|Managing director"
    if scene.happens(plot.former_ceo(scene.assistant)):
        return scene.point("ceo former", labels, "Anselm Torvik", "trade")
    if scene.assistant == "claude-memory":
        return scene.point("ceo unknown", "Leadership", "", "trade")
    return scene.point("ceo current", labels, "Hedda Brunvoll", "own-press", "own-press", "trade")


def _cost(scene: Scene) -> Point:
    price = plot.price(scene.assistant, scene.prompt, scene.moment)
    believes_old = price < plot.price("gpt-search", "price", scene.moment)
    page = "old-shop" if believes_old else "own-one"
    forms = (f"€{price}", f"{price} euros", f"{price} €", f"EUR {price}", f"€{price}.00")
    hedged = scene.assistant == "claude-memory" and scene.happens(0.3)
    euros = scene.rng.choice(forms[:4] if hedged else forms)
    return scene.point("price hedged" if hedged else "price", "Price|List price", euros, page, price=euros)


def _recall(scene: Scene) -> Point:
    sentence = scene.deck.draw("recall")
    return Point(label="News", sentence=sentence, cited=pages.mark("rumour"))


# ---- answers ----

_ABOUT = (
    (_founded, 0.85),
    (_founders, 0.6),
    (_headquarters, 0.85),
    (_delivery, 0.35),
    (_ownership, 0.5),
    (_employees, 0.45),
    (_recycled, 0.3),
    (_parts, 0.45),
    (_warranty, 0.4),
    (_chief, 0.85),
)
_CLOSERS = {"gpt-search": "gpt closer", "claude-memory": "claude closer", "gemini-search": "gemini closer"}


def closer(scene: Scene, otherwise: str) -> str:
    """End in the assistant's own way, or with another sentence on the subject."""
    own = _CLOSERS.get(scene.assistant)
    return scene.deck.draw(own) if own and scene.happens(0.5) else otherwise


def _who(scene: Scene) -> layout.Draft:
    points = [make(scene) for make, chance in _ABOUT if scene.happens(chance)]
    intro = scene.deck.draw("who intro") + scene.cited("own-about", "trade")
    first, second = scene.deck.several("who closer", 2)
    return layout.Draft(
        opener=f"{intro} {_now_and_then(scene, 'machine')}".strip(),
        heading="What is Ostrello?",
        points=(*(points or [_headquarters(scene)]), *_told(scene)),
        closer=f"{first} {closer(scene, second)}",
    )


def _now_and_then(scene: Scene, slot: str) -> str:
    return scene.deck.draw(slot) if scene.happens(0.5) else ""


def _told(scene: Scene) -> list[Point]:
    """Tell of the invented recall, where this assistant does."""
    chance = plot.recall(scene.assistant, scene.prompt, scene.moment.week)
    return [_recall(scene)] if scene.happens(chance) else []


def _price(scene: Scene) -> layout.Draft:
    first, second, third = scene.deck.several("box", 3)
    points = [
        _cost(scene),
        _warranty(scene),
        Point(label="Machine", sentence=scene.deck.draw("machine")),
        Point(label="Included", sentence=f"{first} {second}", cited=scene.cited("own-one", chance=0.3)),
        *_extras(scene),
    ]
    return layout.Draft(
        opener=scene.deck.draw("price intro"),
        heading="Ostrello One: price and warranty",
        points=tuple(points),
        closer=f"{scene.deck.draw('price advice')} {closer(scene, third)}",
    )


def _extras(scene: Scene) -> list[Point]:
    extras = (("price care", "Care plan", "own-care"), ("rival price", "In comparison", "review-value"))
    told = [scene.point(slot, label, "", page) for slot, label, page in extras if scene.happens(0.4)]
    return told + [_parts(scene)] * scene.happens(0.3)


def _trust(scene: Scene) -> layout.Draft:
    told = _told(scene)
    points = [
        Point(label="Reputation", sentence=" ".join(scene.deck.several("praise", 2)), cited=scene.cited("forum")),
        Point(label="Service", sentence=scene.deck.draw("service"), cited=scene.cited("forum", chance=0.3)),
        _chief(scene),
        *(make(scene) for make in (_ownership, _founded, _parts) if scene.happens(0.5)),
        Point(label="Criticism", sentence=scene.deck.draw("criticism"), cited=scene.cited("forum", "review-value")),
        *(told or [_no_news(scene)]),
    ]
    return layout.Draft(
        opener=scene.deck.draw("trust opener"),
        heading="Can you trust Ostrello?",
        points=tuple(points),
        closer=f"{scene.deck.draw('trust closer')} {closer(scene, scene.deck.draw('who closer'))}",
    )


def _no_news(scene: Scene) -> Point:
    slot = "no news" if scene.happens(0.4) else "no news plain"
    return Point(label="News", sentence=scene.deck.draw(slot), cited=scene.cited("trade", chance=0.4))
