"""Where a sign-in leads: a page of a closed list, named by a word. An address that comes with a request is never followed."""

from collections.abc import Mapping
from dataclasses import dataclass

PARAMETER = "vers"
"""Of the addresses and forms of the doors; its value is a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    pages: Mapping[str, str]
    """Word → the route that it leads to."""
    leading_to: Mapping[str, str]
    """Route asked for → the word of the page to come back to, when it is another one: a button has no page of its own."""

    def word(self, route: str) -> str:
        """Empty when that route is not of the list: the sign-in will lead to the usual page."""
        if route in self.leading_to:
            return self.leading_to[route]
        return next((word for word, page in self.pages.items() if page == route), "")

    def known(self, word: str | None) -> str:
        """What came with a request, if it is of the list."""
        return word if word is not None and word in self.pages else ""
