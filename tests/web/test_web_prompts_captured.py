"""Prompts that others asked are shown with what they brought, though nobody asks them here."""

import html
import json
import re


def test_imported_prompts_are_shown_and_lead_to_their_answers(browser, stand):
    api = f"/api/v1{stand.home.replace('/b/', '/brands/')}/answers"
    rows = [
        {"text": f"Quarn, or Fennick {day}.", "prompt": "Which <b>coat</b>?", "assistant": "Some app", "asked_at": day}
        for day in ("2026-03-06T06:00:00Z", "2026-03-07T06:00:00Z")
    ]
    assert browser.post(api, content="\n".join(map(json.dumps, rows))).json()["added"] == 2
    text = browser.get(f"{stand.home}/prompts?last=30d").text
    part = text[text.index('id="others"') :]
    assert "Which &lt;b&gt;coat&lt;/b&gt;?" in part
    assert "in 2 of 2 answers" in re.sub(r"<[^>]+>", "", part)
    (address,) = re.findall(r'<h3 class="small"><a href="([^"]+)"', part)
    assert browser.get(html.unescape(address)).text.count("<article") == 2


def test_without_any_there_is_nothing_about_them(browser, stand):
    assert "Not asked from here" not in browser.get(f"{stand.home}/prompts?last=30d").text
