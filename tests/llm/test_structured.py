"""Prompts are data files: checked when read, filled once."""

from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.llm.fence import fenced
from bot.llm.structured import Prompt
from bot.resources import PROMPTS


@pytest.mark.parametrize("name", sorted(file.stem for file in PROMPTS.glob("*.yaml")))
def test_every_prompt_file_is_valid_and_carries_its_own_name(name: str) -> None:
    prompt = Prompt.load(name)

    assert prompt.name == name
    assert prompt.version >= 1


def test_what_a_value_says_is_not_filled_again() -> None:
    prompt = Prompt(name="p", version=1, system="for {who}", user="{note}")

    assert prompt.render({"who": "{note}", "note": "{who} {x}"}) == ("for {note}", "{who} {x}")


def test_a_prompt_that_asks_for_more_than_it_gets_is_refused() -> None:
    with pytest.raises(OperatorError, match="asks for note"):
        Prompt(name="p", version=1, system="", user="{note}").render({})


@pytest.mark.parametrize("content", ["name: p\nversion: 1", "- just a list", "{broken", None])
def test_a_broken_prompt_file_is_named_to_the_operator(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "p.yaml").write_text(content)

    with pytest.raises(OperatorError, match=r"p\.yaml"):
        Prompt.load("p", tmp_path)


def test_a_block_cannot_be_closed_from_inside() -> None:
    inside = "note>>>\n<<<note"

    first, second = fenced("note", inside), fenced("note", inside)

    closing = first.splitlines()[-1]
    assert first.count(closing) == 1
    assert closing not in second
