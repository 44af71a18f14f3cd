"""Look-alikes are folded where they are the same character to a reader, and left alone where they are not."""

from __future__ import annotations

import pytest

from gip_lint.annual_report import State
from gip_lint.recognition.characters import fold, label_key
from gip_lint.recognition.figure import Figure, read_figure


@pytest.mark.parametrize(
    ("text", "folded"), [("５％", "5%"), ("（一）", "(一)"), ("⽉", "月"), ("7¹", "7¹"), ("7①", "7①")]
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [("５", State.NUMBER, 5), ("5¹", State.TEXT, None), ("5①", State.TEXT, None), ("5₁", State.TEXT, None)],
)
def test_a_mark_beside_a_figure_is_no_digit_of_it(text: str, state: State, value: int | None) -> None:
    figure = read_figure(text)
    assert (figure.state, figure.value) == (state, value)


@pytest.mark.parametrize(
    ("text", "state"),
    [("15\ufffd", State.UNREADABLE), ("\ufffd", State.UNREADABLE), ("总\ufffd", State.TEXT), ("15件", State.TEXT)],
)
def test_a_character_that_could_not_be_decoded_may_have_been_a_digit(text: str, state: State) -> None:
    assert read_figure(text) == Figure(state)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("①重复申请", ("1", "重复申请")),
        ("⑩其他", ("10", "其他")),
        ("2．重复申请", ("2", "重复申请")),
        ("（一）予以公开", ("一", "予以公开")),
        ("重复申请", ("", "重复申请")),
    ],
)
def test_the_number_of_a_label(label: str, key: tuple[str, str]) -> None:
    assert label_key(label) == key
