from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis.text import BlockKind, parse

PIECES = [*"ab Z.,!?*_`~[]()<>|#-\n\r\t\\&;:/1é日。", "https://a.b/", "[x](y)", "| - |\n", "- ", "\n\n"]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=200).map("".join)
ANY = st.text(max_size=300)


def shown(text, spans):
    return [text[span.start : span.end] for span in spans]


@settings(deadline=None)
@given(st.one_of(MARKUP, ANY))
def test_offsets_hold_whatever_the_text(text):
    document = parse(text)
    assert len(document.plain) == len(text)
    ends = [0]
    for block in document.blocks:
        assert ends[-1] <= block.start <= block.end <= len(text)
        ends.append(block.end)
    for spans in (document.sentences, document.clauses):
        for before, after in pairwise(spans):
            assert before.start < before.end <= after.start
        for span in spans:
            assert document.block_of(span.start) is not None
            assert text[span.start : span.end].strip()
    for link in document.links:
        assert 0 <= link.label.start <= link.label.end <= link.target.end <= len(text)


@settings(deadline=None)
@given(st.one_of(MARKUP, ANY))
def test_lookups_agree_with_the_lists(text):
    document = parse(text)
    for span in document.sentences:
        assert document.sentence_of(span.start) == document.sentence_of(span.end - 1) == span
    for block in document.blocks:
        assert set(document.sentences_in(block)) <= set(document.sentences)


def test_words_keep_their_places():
    text = "See **Acme** at [their _site_](https://acme.example/x) or `run`; &nbsp;done<br>."
    plain = parse(text).plain
    for word in ("See", "Acme", "their", "site", "or", "done"):
        assert plain.index(word) == text.index(word)
    for gone in ("*", "https", "run", "nbsp", "<"):
        assert gone not in plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ![1] b", "a ![1] b"),
        ("![a [b](c)", "![a  b    "),
        (r"\*a\* and \![b](c)", "  a   and         "),
        ("``a`b`` `c`", "``a`b``    "),
        ("_a_ a_b __c __", " a  a_b   c   "),
        ("wwww.x.com, www.x.com.", "wwww.x.com,          ."),
        ("HTTPS://A.B/c http: &nbsp;&", "              http:       &"),
        ("<b>x</b> <https://a.b> < <!-- c -->", "   x                   <           "),
        ("[1][2] [^n] 【3†x】 [citation: 4] 【", " " * 32 + "【"),
    ],
)
def test_only_whole_marks_are_blanked(text, expected):
    assert parse(text).plain == expected


def test_blocks_know_their_lists():
    text = "# Head\n\n3. one\n\n   more\n4. two\n   - sub\n\n> said\n\nend"
    found = [(b.kind, b.level, b.ordinal, b.item, b.leads, text[b.start : b.end]) for b in parse(text).blocks]
    assert found == [
        (BlockKind.HEADING, 1, None, None, True, "Head"),
        (BlockKind.ITEM, 1, 3, 1, True, "one"),
        (BlockKind.ITEM, 1, None, 1, False, "more"),
        (BlockKind.ITEM, 1, 4, 2, True, "two"),
        (BlockKind.ITEM, 2, None, 1, True, "sub"),
        (BlockKind.QUOTE, 0, None, None, True, "said"),
        (BlockKind.PARAGRAPH, 0, None, None, True, "end"),
    ]


def test_cells_know_their_row_and_column():
    text = "| a | b |\n|---|:-:|\n| x \\| y | **z** |\n"
    found = [(b.table, b.row, b.column, text[b.start : b.end]) for b in parse(text).blocks]
    assert found == [(0, 0, 0, "a"), (0, 0, 1, "b"), (0, 1, 0, "x \\| y"), (0, 1, 1, "**z**")]


def test_bullets_that_markdown_does_not_know():
    text = "Shops:\n• one\n• two"
    assert [(b.kind, b.item) for b in parse(text).blocks][1:] == [(BlockKind.ITEM, 1), (BlockKind.ITEM, 2)]


def test_code_is_no_prose():
    document = parse("before\n\n```py\nAcme = 1\n```\n\nafter")
    assert shown(document.text, document.blocks) == ["before", "after"]
    assert "Acme" not in document.plain


def test_sentences_end_where_a_reader_would_stop():
    text = "Acme Inc. sells 3.5 kg bags, e.g. of flour, in the U.S. since 1950. Yahoo! is a name. Dr. Low runs it! "
    text += "日本です。次です。"
    assert shown(text, parse(text).sentences) == [
        "Acme Inc. sells 3.5 kg bags, e.g. of flour, in the U.S. since 1950.",
        "Yahoo! is a name.",
        "Dr. Low runs it!",
        "日本です。",
        "次です。",
    ]


def test_german_dates_do_not_end_a_sentence():
    text = "Am 3. Mai 1950 begann es. Dann kam das Jahr 1960. Und so weiter."
    assert len(parse(text, "de").sentences) == 3


def test_clauses_part_at_contrast():
    text = "Acme is cheap, but Bolt is better; both ship fast."
    assert shown(text, parse(text).clauses) == ["Acme is cheap", "but Bolt is better", "both ship fast."]


def test_references_are_links_with_their_address():
    text = 'Old.([News][1])\n\n[1]: https://example.org/a "T"'
    (link,) = parse(text).links
    assert (link.url, link.ref, link.title, text[link.label.start : link.label.end]) == (
        "https://example.org/a",
        "1",
        "T",
        "News",
    )


def test_language_is_guessed_or_taken():
    assert parse("Der Laden ist in der Stadt und hat nicht viel.").lang == "de"
    assert parse("店は東京にあります。").lang == "ja"
    assert parse("Acme", "pt-BR").lang == "pt"
    assert parse("Acme").lang == ""


def test_only_the_first_million_characters_are_read():
    document = parse("a " * 600_000)
    assert len(document.plain) == 1_200_000
    assert not document.plain[1_000_000:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Looms last.[1] Oak is hard.[2][3] It dents.", ["Looms last.[1]", "Oak is hard.[2][3]", "It dents."]),
        (
            "It has 24 looms. ([a.example](https://a.example/x)) Delivery is free.",
            ["It has 24 looms. ([a.example](https://a.example/x))", "Delivery is free."],
        ),
        ("Made by Oakhaven Inc.[1] and sold online.", ["Made by Oakhaven Inc.[1] and sold online."]),
    ],
)
def test_citations_behind_a_sentence_belong_to_it(text, expected):
    assert [text[one.start : one.end] for one in parse(text).sentences] == expected


def test_what_never_ends_is_read_in_parts() -> None:
    text = "Acme was founded in 1976 and " * 200 + "lives."
    parts = parse(text).sentences
    assert len(parts) > 3
    assert " ".join(text[one.start : one.end] for one in parts) == text
