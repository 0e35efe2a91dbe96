"""Statements on watched topics that no fact speaks of."""

import pytest

from monitor.analysis import text
from monitor.analysis.mentions import Finder
from monitor.analysis.reader import Reader
from monitor.analysis.statements import Watcher
from monitor.analysis.watchwords import words_for
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet
from monitor.domain.readings import NewStatement

SHEET = FactSheet(
    brand=Entity(name="Tavelle"),
    competitors=(Entity(name="Brixo"),),
    watch=("recall", "lawsuit", "data breach", "layoffs", "insolvency", "palm oil"),
)


def find(words: str, lang: str = "en", sheet: FactSheet = SHEET) -> tuple[NewStatement, ...]:
    document = text.parse(words, lang)
    answer = Answer(id="a", text=words, question="What is Tavelle?", lang=lang)
    return Watcher(sheet).find(document, Finder(sheet.entities).find(document), answer, ())


@pytest.mark.parametrize(
    ("lang", "words", "topic"),
    [
        ("en", "In May 2026 Tavelle recalled 40,000 kettles after several burns.", "recall"),
        ("en", "Tavelle makes kettles. The company was sued by former dealers.", "lawsuit"),
        ("en", "Tavelle is being sued by two suppliers.", "lawsuit"),
        ("en", "A class action against Tavelle was filed in May.", "lawsuit"),
        ("en", "Former dealers sued Tavelle over kettles.", "lawsuit"),
        ("en", "Tavelle faces a lawsuit.", "lawsuit"),
        ("en", "A class action accuses Tavelle of false advertising.", "lawsuit"),
        ("en", "Tavelle settled a lawsuit with its dealers.", "lawsuit"),
        ("en", "Customers of Tavelle filed a lawsuit over burns.", "lawsuit"),
        ("en", "Tavelle suffered a data breach in which customer records leaked.", "data breach"),
        ("en", "Tavelle laid off a tenth of its staff in spring.", "layoffs"),
        ("en", "Tavelle filed for bankruptcy in March.", "insolvency"),
        ("en", "Tavelle uses palm oil in its soaps.", "palm oil"),
        ("de", "Tavelle hat im Mai Wasserkocher zurückgerufen.", "recall"),
        ("de", "Tavelle meldete im März Insolvenz an.", "insolvency"),
        ("fr", "Tavelle a licencié deux cents salariés.", "layoffs"),
        ("es", "Tavelle sufrió una filtración de datos en mayo.", "data breach"),
    ],
)
def test_a_statement_about_the_brand_is_found_in_its_sentence(lang: str, words: str, topic: str) -> None:
    found = find(words, lang)
    assert [one.topic for one in found] == [topic]
    assert "Tavelle" in words[found[0].start : found[0].end] or "company" in words[found[0].start : found[0].end]


@pytest.mark.parametrize(
    "words",
    [
        "Brixo recalled 40,000 kettles.",
        "Unlike Brixo, which was sued by its dealers, Tavelle is quiet.",
        "There have been no recalls at Tavelle.",
        "Tavelle has never been sued.",
        "Tavelle sued the government over a tariff.",
        "In spring Tavelle filed a lawsuit against a copycat.",
        "Tavelle won a class action against its landlord.",
        "Has Tavelle recalled any kettles?",
        "If Tavelle were to recall a kettle, you would get your money back.",
        "Tavelle could face a lawsuit one day.",
        "It is a myth that Tavelle recalled its kettles.",
        "I recall that Brixo is older.",
        "Tavelle makes fine kettles.",
    ],
)
def test_what_is_denied_asked_imagined_or_told_of_others_is_none(words: str) -> None:
    assert find(words) == ()


RISKS = FactSheet(
    brand=Entity(name="Tavelle"),
    competitors=(Entity(name="Brixo"),),
    watch=(
        "recall", "lawsuit", "layoffs", "fine", "strike", "fraud", "child labour", "closure", "takeover",
        "contamination", "discontinued", "investigation", "outage",
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words", "topic"),
    [
        ("de", "Im Mai 2026 rief Tavelle die Greiflinge zurück.", "recall"),
        ("de", "Tavelle streicht 300 Stellen.", "layoffs"),
        ("de", "Tavelle hat 300 Mitarbeiter entlassen.", "layoffs"),
        ("de", "Tavelle schließt 40 Filialen.", "closure"),
        ("de", "Tavelle wurde 2025 von Brixo übernommen.", "takeover"),
        ("de", "Brixo übernimmt Tavelle.", "takeover"),
        ("fr", "Tavelle va supprimer 300 emplois.", "layoffs"),
        ("fr", "Les biberons Tavelle ont été retirés de la vente.", "recall"),
        ("fr", "Tavelle a été rachetée par Brixo.", "takeover"),
        ("fr", "Tavelle est poursuivie en justice par d'anciens salariés.", "lawsuit"),
        ("es", "Tavelle despedirá a 400 empleados.", "layoffs"),
        ("es", "Tavelle retiró 20.000 teteras del mercado.", "recall"),
        ("en", "Tavelle will cut some 300 jobs.", "layoffs"),
        ("en", "Tavelle pulled the kettle from shelves over a loose lid.", "recall"),
        ("en", "Tavelle closed 40 stores in 2025.", "closure"),
        ("en", "Brixo sued Tavelle in 2023.", "lawsuit"),
        ("en", "Brixo acquired Tavelle in 2021.", "takeover"),
        ("en", "Unlike Brixo, Tavelle was fined 2 million euros.", "fine"),
        ("en", "The site of Tavelle was down for three days.", "outage"),
    ],
)
def test_a_risk_is_seen_however_its_words_are_spread(lang: str, words: str, topic: str) -> None:
    assert [one.topic for one in find(words, lang, RISKS)] == [topic]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Customers recalled how quiet the Tavelle kettle was."),
        ("en", "Tavelle strikes a balance between price and weight."),
        ("en", "Tavelle offers a fine selection of teas."),
        ("en", "Tavelle is fine for beginners."),
        ("en", "Tavelle bans child labour in its supply chain."),
        ("en", "Tavelle sells fraud detection software."),
        ("en", "Every Tavelle kettle is tested for traces of lead."),
        ("en", "Tavelle acquired Brixo in 2021."),
        ("en", "Brixo was acquired by Tavelle in 2021."),
        ("en", "Brixo, unlike Tavelle, was fined 2 million euros."),
        ("en", "Rumours of layoffs at Tavelle were never confirmed."),
        ("de", "Schließlich bietet Tavelle auch Zubehör an."),
        ("de", "Der Deckel von Tavelle lässt sich leicht schließen."),
        ("de", "Tavelle verpflichtet sich gegen Kinderarbeit."),
        ("de", "Tavelle hat neue Mitarbeiter eingestellt."),
        ("de", "Untersuchungen zeigen, dass Tavelle hält."),
        ("fr", "Le style de Tavelle rappelle les années 80."),
        ("fr", "Tavelle interdit le travail des enfants."),
        ("es", "La demanda de teteras Tavelle crece."),
        ("es", "Tavelle prohíbe el trabajo infantil."),
    ],
)
def test_a_word_in_another_sense_or_a_risk_guarded_against_is_none(lang: str, words: str) -> None:
    assert find(words, lang, RISKS) == ()


def test_a_topic_that_the_sheet_speaks_of_is_not_new() -> None:
    fact = Fact(id="recall", kind="flag", about="whether a kettle was recalled in 2026", value=True)
    sheet = FactSheet(brand=SHEET.brand, watch=("recall",), facts=(fact,))
    assert find("Tavelle recalled 40,000 kettles.", sheet=sheet) == ()


def test_what_the_sheet_says_never_was_is_new_where_no_verdict_is_told() -> None:
    never = Fact(id="breach", kind="flag", about="whether it has had a data breach", value=False)
    sheet = FactSheet(brand=SHEET.brand, watch=("breach",), facts=(never,))
    reading = Reader(sheet).read(Answer(id="a", text="In 2022, Tavelle had a data breach."))
    told = [claim.verdict for claim in reading.claims if claim.verdict.wrong]
    assert [one.topic for one in reading.new_statements] == ([] if told else ["breach"])
    assert Reader(sheet).read(Answer(id="a", text="Tavelle has never had a data breach.")).new_statements == ()


def test_statements_of_one_content_share_their_gist() -> None:
    one = find("Tavelle recalled 40,000 kettles after several burns.")[0]
    two = find("After several burns, 40,000 kettles were recalled by Tavelle.")[0]
    other = find("Tavelle recalled all its toasters in Norway.")[0]
    assert one.gist == two.gist
    assert one.gist != other.gist


def test_without_topics_nothing_is_looked_for() -> None:
    assert find("Tavelle recalled kettles.", sheet=FactSheet(brand=SHEET.brand)) == ()


def test_a_topic_is_known_by_its_other_names() -> None:
    assert set(words_for("Product recall")) >= {" recalled"} or any(
        "recalled" in one for one in words_for("Product recall")
    )
    assert words_for("palm oil") == ("palm oil",)
