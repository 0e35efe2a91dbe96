from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import checks, quoting
from monitor.alerts.checks import Finding
from monitor.domain.quoting import quote, sentence
from monitor.domain.readings import Span

_TEXTS = st.text(alphabet="ab .!?\n*)。é😀", min_size=1, max_size=700)


@given(_TEXTS, st.data())
def test_a_quote_is_a_piece_of_the_answer_that_holds_the_words(text, data):
    start = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    span = Span(start=start, end=data.draw(st.integers(min_value=start + 1, max_value=len(text))))
    around = sentence(text, span)
    assert 0 <= around.start <= span.start < span.end <= around.end <= len(text)


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("It is old. It costs $1.50 a day! Good.", "$1.50", "It costs $1.50 a day!"),
        ("- one\n- It costs $99\n- three", "$99", "- It costs $99"),
        ("「古い。価格は99ドルです。良い。」", "99", "価格は99ドルです。"),
        ("He said “it costs $99.” Then he left.", "$99", "He said “it costs $99.”"),
        ("The price is $99", "$99", "The price is $99"),
    ],
)
def test_it_ends_where_sentences_end(text, words, quoted):
    start = text.index(words)
    around = sentence(text, Span(start=start, end=start + len(words)))
    assert text[around.start : around.end] == quoted


def test_an_endless_sentence_is_cut():
    text = "word " * 1000
    around = sentence(text, Span(start=2500, end=2504))
    assert around.end - around.start < 500


def test_marks_outside_of_the_sentence_are_left_out(made):
    seen = made.observe(text="It costs $99. It was $89.")
    found = quote(seen, Span(start=9, end=12), [Span(start=9, end=12), Span(start=21, end=24)])
    assert found.marks == (Span(start=9, end=12),)
    assert quote(seen, Span(start=9, end=12)).marks == (Span(start=9, end=12),)


def test_each_assistant_is_heard_before_any_is_heard_twice(made):
    finding = Finding(span=Span(start=16, end=19), value="99")
    seen = [made.observe(number=n, assistant=a) for n, a in enumerate(["gpt", "claude", "gpt", "gpt", "sonar"])]
    held = [checks.Check(observation=observation, findings=(finding,)) for observation in seen]
    found = quoting.quotes(held, ["99"], most=4)
    assert [each.assistant_label.partition(", ")[2] for each in found] == ["sonar", "gpt", "claude", "gpt"]
    assert found[1].asked_at == made.at(3)


def test_a_citation_without_a_sentence_stands_where_it_stands(made):
    cited = replace(made.citation("blog.example"), start=5, end=8)
    far = replace(made.citation("far.example"), start=30, end=33)
    placeless = made.citation("nowhere.example")
    seen = made.observe(made.reading(citations=[cited, far, placeless]))
    assert quote(seen, Span(start=16, end=19)).cited == ("https://blog.example/page",)
