"""What the load sends is the mix it says, the same at every run."""

from collections import Counter
from itertools import pairwise

from tests.bench.load.events import What, events

URL = "http://127.0.0.1:1/response"


def test_questions_are_most_and_one_event_in_twenty_comes_twice() -> None:
    sent = list(events(4000, "01", URL))
    whats = Counter(event.what for event in sent)
    assert whats[What.QUESTION] > 2600
    assert min(whats.values()) >= 40
    assert set(whats) == set(What)
    assert 150 < sum(event.repeats for event in sent) < 250


def test_a_repeat_is_the_event_before_it_again() -> None:
    sent = list(events(1000, "01", URL))
    for before, event in pairwise(sent):
        if event.repeats:
            assert (event.id, event.body) == (before.id, before.body)
    assert len({event.id for event in sent}) == sum(not event.repeats for event in sent)


def test_two_runs_of_one_name_send_the_same_and_of_two_names_never_the_same_message() -> None:
    first, again, other = (list(events(300, name, URL)) for name in ("01", "01", "02"))
    assert first == again
    assert not {event.body for event in first} & {event.body for event in other}
