"""The nine checks of a 90853 claim, as data: what each is called, what to ask, why it denies and how to fix it."""

from pydantic import BaseModel, ConfigDict, Field

from bot.policies.knowledge_files import BrokenFileError, parse_yaml, validated


class ChecklistItem(BaseModel):
    """One row of the checklist; `id` is a value of `bot.review.models.Item`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    label: str = Field(min_length=1, description="A few words, for a table row.")
    question: str = Field(min_length=1, description="What to ask the biller or the clinician.")
    why: str = Field(min_length=1, description="Why a claim is denied without it.")
    fix: str = Field(min_length=1, description="What to do before the claim goes out.")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    items: tuple[ChecklistItem, ...] = Field(min_length=1)


def parse_checklist(text: str) -> dict[str, ChecklistItem]:
    """The items by id, in order; raises BrokenFileError naming field and reason."""
    items = validated(_File, parse_yaml(text)).items
    by_id = {item.id: item for item in items}
    if len(by_id) < len(items):
        raise BrokenFileError("items", "an id stands twice")
    return by_id
