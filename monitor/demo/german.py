"""The handful of answers that come in German, as happens to users in Austria."""

from monitor.demo import pages, plot
from monitor.demo.scene import Scene


def draft(scene: Scene) -> str:
    return {"who": _who, "price": _price, "small-kitchen": _small_kitchen}[scene.prompt](scene)


def _who(scene: Scene) -> str:
    facts = scene.deck.several("who facts", 4)
    lines = "\n".join(f"- {fact}" for fact in facts)
    return f"{scene.deck.draw('who')}{pages.mark('own-about')}\n\n{lines}\n\n{scene.deck.draw('who closer')}"


def _price(scene: Scene) -> str:
    price = str(plot.price(scene.assistant, scene.prompt, scene.moment))
    said = scene.deck.draw("price", price=price) + pages.mark("own-one" if price == "649" else "old-shop")
    return " ".join([said, scene.deck.draw("warranty"), *scene.deck.several("price closer", 3)])


def _small_kitchen(scene: Scene) -> str:
    picks = scene.deck.several("small-kitchen pick", 3)
    if scene.happens(plot.named(scene.assistant, scene.prompt, scene.moment.week)):
        picks.insert(0, scene.deck.draw("small-kitchen brand") + pages.mark("own-one"))
    lines = "\n".join(f"- {pick}" for pick in picks)
    closers = " ".join(scene.deck.several("small-kitchen closer", 2))
    return f"{scene.deck.draw('small-kitchen')}{pages.mark('magazine')}\n\n{lines}\n\n{closers}"
