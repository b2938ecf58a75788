"""How a test asks for a refusal: the sentence that a person reads, and the field it is about."""

import pytest

from youthcourt.errors import RuleBroken


def refused(verb, *args, **kwargs):
    """The sentence with which a verb is refused. It fails the test when nothing stands in the way."""
    with pytest.raises(RuleBroken) as no:
        verb(*args, **kwargs)
    return no.value.message


def refused_beside(verb, *args, **kwargs):
    """The field that a refusal is about, and the sentence."""
    with pytest.raises(RuleBroken) as no:
        verb(*args, **kwargs)
    return no.value.field, no.value.message
