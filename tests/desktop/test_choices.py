"""What is wanted of a photograph, as plain data."""

from __future__ import annotations

import pytest

from desktop.choices import Choices, FaceChoice
from engine.methods import infos

PORTRAIT = FaceChoice(portrait="anna.jpg")


@pytest.mark.parametrize(
    ("choices", "method"),
    [
        (Choices(faces=(FaceChoice(),)), "identity"),
        (Choices(faces=(FaceChoice(), PORTRAIT)), "ented"),
        (Choices(faces=(FaceChoice(on=False, portrait="anna.jpg"),)), "identity"),
        (Choices(method="identity", faces=(PORTRAIT,)), "identity"),
    ],
)
def test_a_portrait_brings_the_method_that_uses_it_unless_one_was_chosen(choices, method):
    assert choices.method_among(infos()) == method
    assert Choices(faces=(PORTRAIT,)).method_among(infos()[:1]) == "identity"
    assert not Choices().method_among(())
