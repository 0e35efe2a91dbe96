import pytest

from monitor.brandfile.named import Names
from monitor.domain.brand import Entity

ENTITIES = [
    Entity(name="IKEA", aliases=("Inter IKEA", "宜家"), lookalikes=("IKEA effect", "Ikeda")),
    Entity(name="Target"),
    Entity(name="Booking.com", aliases=("Booking",)),
    Entity(name="Yahoo!"),
    Entity(name="C++"),
    Entity(name=".NET"),
    Entity(name="O'Neil & <b>"),
    Entity(name="West Elm"),
    Entity(name="이케아"),
    Entity(name="X"),
]

NAMED = {
    "Is ikea any good?": {"IKEA"},
    "Is IKEA's quality good?": {"IKEA"},
    "Is IKEA’s quality good?": {"IKEA"},
    "IKEA-like shops, ikea": {"IKEA"},
    "ＩＫＥＡ in full width": {"IKEA"},
    "Inter  IKEA\nor Target": {"IKEA", "Target"},
    "宜家是什么": {"IKEA"},
    "IKEA是什么": {"IKEA"},
    "이케아는 어때요?": {"이케아"},
    "What is the Ikea effect?": set(),
    "What is the IKEA effect, says IKEA?": {"IKEA"},
    "Who is Ikeda?": set(),
    "ikeaish or myikea or ikea2": set(),
    "targets and retargeting": set(),
    "booking.com or booking": {"Booking.com"},
    "bookings": set(),
    "Yahoo! news": {"Yahoo!"},
    "Yahoo news": set(),
    "Is C++ better than C?": {"C++"},
    "What is .net?": {".NET"},
    "Who is o'neil & <b>?": {"O'Neil & <b>"},
    "west elm, westelm": {"West Elm"},
    "XXL sizes on X": {"X"},
    "XXL sizes": set(),
    "": set(),
}


@pytest.mark.parametrize("text", NAMED)
def test_a_prompt_names_whom_it_names_as_a_word(text):
    assert Names(ENTITIES).within(text) == NAMED[text]
