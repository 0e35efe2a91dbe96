from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from monitor.domain.alerts import Notice, NoticeState
from reports import mail
from reports.delivery import Folder

NAME = "2026-11-22-gpt-5-with-search-openai-api-says-the-tolvane-one-costs-1990"


@pytest.fixture
def notice(make_notice: Callable[..., Notice]) -> Notice:
    return make_notice()


def test_a_mail_becomes_a_file_named_by_day_and_subject(tmp_path: Path, notice: Notice) -> None:
    message = mail.compose(notice, sender="likeness@tolvane.example")
    delivered = Folder(tmp_path / "mails").send(message)
    [file] = (tmp_path / "mails").iterdir()
    assert file.name == f"{NAME}.eml"
    assert delivered.state is NoticeState.SENT
    assert str(file) in delivered.detail
    assert message_from_bytes(file.read_bytes())["Message-ID"] == notice.message_id


def test_the_same_message_again_is_the_same_file_and_another_one_is_not(tmp_path: Path, notice: Notice) -> None:
    other = replace(notice, recipient="second@tolvane.example", message_id="<n-2@tolvane.example>")
    for each in (notice, other, notice, other):
        Folder(tmp_path).send(mail.compose(each, sender="likeness@tolvane.example"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{NAME}-2.eml", f"{NAME}.eml"]


def test_a_folder_that_cannot_be_written_waits(tmp_path: Path, notice: Notice) -> None:
    (tmp_path / "mails").write_text("a file where the folder should be")
    delivered = Folder(tmp_path / "mails").send(mail.compose(notice, sender="likeness@tolvane.example"))
    assert delivered.state is NoticeState.WAITING
    assert delivered.retry_after
    assert "could not be written" in delivered.detail
