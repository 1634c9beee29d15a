"""A text made ready for finding payers: its words, the states it names, and the state it is known to be about."""

from dataclasses import dataclass, field

from bot.policies.states import StateSpan, find_states
from bot.policies.tokens import Token, adjoining, tokenize


@dataclass(frozen=True)
class PlacedState:
    """A state with the range of words it takes up, `first` to `last` without the last."""

    code: str
    first: int
    last: int
    sure: bool


@dataclass(frozen=True)
class Page:
    """The text under reading; `hint` is a state known from elsewhere (an option, the thread)."""

    text: str
    hint: str
    tokens: tuple[Token, ...]
    states: tuple[PlacedState, ...]
    shouting: bool
    folded: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, text: str, hint: str = "") -> "Page":
        tokens = tuple(tokenize(text))
        states = tuple(_placed(span, tokens) for span in find_states(text))
        letters = [letter for letter in text if letter.isalpha()]
        shouting = len(letters) > 12 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)
        return cls(text, hint, tokens, states, shouting, tuple(token.folded for token in tokens))

    def joined(self, left: int) -> bool:
        """True when word `left` and the next stand together with nothing between that ends a name."""
        return left + 1 < len(self.tokens) and adjoining(self.text, self.tokens[left], self.tokens[left + 1])

    def state_ending_at(self, last: int) -> PlacedState | None:
        return next((state for state in self.states if state.last == last), None)

    def state_starting_at(self, first: int) -> PlacedState | None:
        return next((state for state in self.states if state.first == first), None)

    def state_codes(self) -> list[str]:
        """The states the text surely names, each once, in order; the hint where it names none."""
        named = list(dict.fromkeys(state.code for state in self.states if state.sure))
        return named or ([self.hint] if self.hint else [])

    def slice(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def _placed(span: StateSpan, tokens: tuple[Token, ...]) -> PlacedState:
    inside = [at for at, token in enumerate(tokens) if token.start < span.end and token.end > span.start]
    return PlacedState(span.code, inside[0], inside[-1] + 1, span.sure)
