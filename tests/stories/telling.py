"""What the stories expect of an answer, said once."""

from __future__ import annotations

from httpx import Response


def refusal_says(answer: Response, *words: str) -> None:
    """The step was refused because of the case itself, and the Chinese sentence names these words."""
    assert answer.status_code == 409, answer.text
    for word in words:
        assert word in answer.json()["detail"]
