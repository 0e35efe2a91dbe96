"""Every command as a user types it."""

import csv
import io
import json
import sqlite3
from email import message_from_bytes, policy

FOUNDED_WRONG = "Veloria was founded in 1987."


def test_init_writes_a_file_that_check_accepts(workplace, likeness):
    assert likeness("init", "new.yaml", "--name", "Acme Skis").code == 0
    checked = likeness("check", "--brand", "new.yaml")
    assert checked.code == 0, checked.err
    assert "Next runs" in checked.out
    assert "Vendors' terms" in checked.out


def test_a_fact_whose_sentence_gives_another_value_is_told_by_check(workplace, likeness):
    assert "disagrees with itself" not in likeness("check").out
    text = (workplace / "brand.yaml").read_text()
    (workplace / "odd.yaml").write_text(text.replace("Veloria was founded in 2011.", "Veloria was founded in 2001."))
    told = likeness("check", "--brand", "odd.yaml")
    assert told.code == 0, told.err
    assert "Fact founded disagrees with itself: its sentence `says` 2001" in " ".join(told.out.split())


def test_init_does_not_overwrite(workplace, likeness):
    refused = likeness("init", "brand.yaml")
    assert refused.code == 2
    assert "exists already" in refused.err


def test_every_mistake_in_a_brand_file_is_told_with_its_line(workplace, likeness):
    (workplace / "bad.yaml").write_text("brand:\n  name: A\n  nmae: B\nfacts:\n  - {id: x, kind: yaer, value: 1}\n")
    refused = likeness("check", "--brand", "bad.yaml")
    assert refused.code == 2
    assert "bad.yaml:3" in refused.err
    assert "bad.yaml:5" in refused.err
    assert "Traceback" not in refused.err


def test_a_missing_brand_file_is_one_sentence(workplace, likeness):
    refused = likeness("run", "--brand", "nowhere.yaml")
    assert refused.code == 2
    assert "nowhere.yaml" in refused.err
    assert "Traceback" not in refused.err


def test_read_needs_no_database(workplace, likeness):
    rows = [{"id": "a", "text": FOUNDED_WRONG}, {"id": "b", "text": ""}]
    (workplace / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    read = likeness("read", "--answers", "in.jsonl", "--out", "out.jsonl")
    assert read.code == 0, read.err
    first, second = map(json.loads, (workplace / "out.jsonl").read_text().splitlines())
    assert [(claim["fact"], claim["verdict"]) for claim in first["claims"]] == [("founded", "contradicted")]
    assert second["outcome"] == "empty"
    assert not list(workplace.glob("*.db"))


def test_read_names_the_line_of_a_bad_answer(workplace, likeness):
    (workplace / "in.jsonl").write_text('{"id": "a", "text": "fine"}\n{"id": \n')
    refused = likeness("read", "--answers", "in.jsonl", "--out", "out.jsonl")
    assert refused.code == 2
    assert "in.jsonl:2" in refused.err


def test_a_round_is_asked_read_and_kept(workplace, likeness):
    ran = likeness("run")
    assert ran.code == 0, ran.err
    assert "complete" in ran.out
    with sqlite3.connect(workplace / "likeness.db") as store:
        assert store.execute("SELECT count(*) FROM answers").fetchone() == (8,)
        assert store.execute("SELECT count(*) FROM readings").fetchone() == (8,)


def mails(workplace):
    found = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(workplace.glob("mail/*.eml"))
    ]
    return [(str(mail["Subject"]), mail.get_body(("plain",)).get_content(), mail) for mail in found]


def test_the_first_round_sends_one_opening_mail(workplace, likeness, answers_turn_wrong):
    answers_turn_wrong()
    likeness("run")
    assert len(mails(workplace)) == 1
    likeness("run")
    assert len(mails(workplace)) == 1, "what stood at the opening is not told again the same day"


def test_a_wrong_fact_is_mailed_once_with_quote_and_truth(workplace, likeness, answers_turn_wrong):
    likeness("run")
    opening = mails(workplace)[0][0]
    answers_turn_wrong()
    likeness("run")
    likeness("run")
    told = [each for each in mails(workplace) if each[0] != opening]
    assert len(told) == 1
    subject, text, mail = told[0]
    html = mail.get_body(("html",)).get_content()
    assert "1987" in subject
    for part in (text, html):
        assert "founded in" in part
        assert "2011" in part
        assert "not reviewed" in part
    assert mail["To"] == "brand@veloria.example"


def test_reports_stand_alone(workplace, likeness):
    likeness("run")
    made = likeness("report", "--last", "7d", "--out", "reports")
    assert made.code == 0, made.err
    html = next(workplace.glob("reports/*.html")).read_text(encoding="utf-8")
    assert "Veloria" in html
    assert list(workplace.glob("reports/*.csv"))


def test_a_report_of_nothing_says_so(workplace, likeness):
    made = likeness("report", "--last", "7d", "--out", "reports")
    assert made.code == 0, made.err


def test_a_period_that_is_none_is_refused(workplace, likeness):
    assert "30d" in likeness("report", "--last", "soon").err
    assert likeness("report", "--from", "2026-02-01", "--to", "2026-01-01").code == 2


def test_exports_are_tables(workplace, likeness):
    likeness("run")
    for what in ("answers", "mentions", "citations", "claims"):
        rows = list(csv.DictReader(io.StringIO(likeness("export", what).out)))
        assert rows or what == "citations"
        lines = likeness("export", what, "--format", "jsonl").out.splitlines()
        assert len([json.loads(line) for line in lines]) == len(rows)


def test_the_brand_file_comes_back_as_it_was(workplace, likeness):
    likeness("run")
    likeness("export", "brand", "--out", "back.yaml")
    base, _, rest = (workplace / "back.yaml").read_text().partition("\n")
    assert base.startswith("# likeness base: ")
    assert rest == (workplace / "brand.yaml").read_text()


def test_an_empty_table_has_its_header(workplace, likeness):
    header = likeness("export", "claims").out.splitlines()
    assert len(header) == 1
    assert "verdict" in header[0]


def test_an_exported_file_can_be_edited_and_applied(workplace, likeness):
    likeness("run")
    likeness("export", "brand", "--out", "edited.yaml")
    text = (workplace / "edited.yaml").read_text()
    (workplace / "edited.yaml").write_text(text.replace("value: 2011", "value: 2012"))
    applied = likeness("apply", "edited.yaml")
    assert applied.code == 0, applied.err
    assert "value: 2012" in likeness("export", "brand").out
    (workplace / "edited.yaml").write_text(text.replace("value: 2011", "value: 2013"))
    assert likeness("apply", "edited.yaml").code == 2, "somebody else's edit came in between"


def test_an_opening_balance_waits_for_answers(workplace, likeness):
    answers = (workplace / "answers.jsonl").read_text()
    (workplace / "answers.jsonl").write_text("")
    assert likeness("run").code == 3
    assert mails(workplace) == []
    (workplace / "answers.jsonl").write_text(answers)
    likeness("run")
    assert [subject for subject, _, _ in mails(workplace)] == ["How AI assistants portray Veloria: where we start"]


def test_a_mail_that_waits_is_not_called_sent(workplace, likeness, monkeypatch):
    text = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(text.replace(", smtp: folder", ""))
    monkeypatch.setenv("LIKENESS_SMTP_URL", "smtp://127.0.0.1:9")
    ran = likeness("run")
    assert "Mail to brand@veloria.example: waiting" in ran.out


def test_assistants_that_would_be_called_alike_carry_their_ids(workplace, likeness):
    text = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(text.replace("model: paper-2, search: false", "model: paper-1, search: true"))
    ran = likeness("run")
    assert "(one)" in ran.out
    assert "(two)" in ran.out


def test_apply_refuses_a_stale_base_and_shows_the_difference(workplace, likeness):
    assert likeness("apply", "brand.yaml").code == 0
    text = (workplace / "brand.yaml").read_text()
    (workplace / "edited.yaml").write_text(text.replace("value: 2011", "value: 2012"))
    refused = likeness("apply", "edited.yaml", "--base", "000000000000")
    assert refused.code == 2
    assert "+" in refused.err
    newest = refused.err.split("--base ")[1].split()[0]
    assert likeness("apply", "edited.yaml", "--base", newest).code == 0


def test_rereading_keeps_the_old_readings(workplace, likeness):
    likeness("run")
    text = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(text.replace("2011", "2012"))
    read = likeness("reread")
    assert read.code == 0, read.err
    with sqlite3.connect(workplace / "likeness.db") as store:
        assert store.execute("SELECT count(DISTINCT sheet) FROM readings").fetchone() == (2,)


def test_imports_are_read_and_never_mailed(workplace, likeness):
    rows = [
        {"response": FOUNDED_WRONG, "query_id": f"q{n}", "model": "some app", "meta": {"at": "2026-05-01T10:00:00Z"}}
        for n in range(5)
    ]
    (workplace / "captured.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    columns = ("text=response", "prompt_id=query_id", "assistant=model", "asked_at=meta.at")
    command = ["import", "captured.jsonl", *(part for column in columns for part in ("--column", column))]
    taken = likeness(*command)
    assert taken.code == 0, taken.err
    assert "5 answers" in taken.out
    assert "5 were there already" in likeness(*command).out
    assert mails(workplace) == []


def test_a_value_of_the_sheet_holds_by_the_days_of_the_brand_not_of_greenwich(workplace, likeness):
    last, first = "The Veloria City costs 990 euros.", "The Veloria City costs 990 euros now."
    told = {last: "2026-03-31T21:30:00Z", first: "2026-03-31T22:30:00Z"}  # 23:30 and 00:30 in Berlin
    rows = [{"text": text, "assistant": "app", "asked_at": at} for text, at in told.items()]
    (workplace / "captured.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert likeness("import", "captured.jsonl").code == 0
    with sqlite3.connect(workplace / "likeness.db") as store:
        found = store.execute("SELECT text, verdict FROM claims JOIN answers ON answers.id = answer_id").fetchall()
    assert dict(found) == {last: "supported", first: "outdated"}


def test_an_import_names_the_line_of_a_bad_row(workplace, likeness):
    (workplace / "captured.csv").write_text("text,question\nfine,why\n,\n")
    refused = likeness("import", "captured.csv")
    assert refused.code == 2
    assert "captured.csv:3" in refused.err


def test_a_store_in_a_folder_that_is_none_is_one_sentence(workplace, likeness, monkeypatch):
    monkeypatch.setenv("LIKENESS_DATABASE_URL", "sqlite:////nonexistent/folder/likeness.db")
    refused = likeness("run")
    assert refused.code == 2
    assert "Traceback" not in refused.err
