"""Words of texts that have very long runs of characters without a space.

spaCy's tokenizer takes the marks off a run one by one, from both ends, and for each it searches all of the rest for
one that ends it: of 18,000 exclamation marks it makes words in half a minute. Here the search begins near the end of
the run, where what it looks for must stand; the words are the same. And nothing so long is taken for a web address that
no browser would take it: to make sure, the pattern for addresses goes through the rest once for each colon.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from geo.language.model import Doc, Model

    Search = Callable[..., re.Match[str] | None]

#: Characters without a space from which on the search is worth the care; a long address has as many.
LONG = 100
#: Characters at the end of a run in which a mark is looked for. Only rows of full stops are longer.
REACH = 32
#: The longest web address.
LONGEST = 2_000


def word_maker(nlp: Model) -> Callable[[str], Doc]:
    """Return what makes words of a text, as the model's own tokenizer does."""
    if not _is_known(nlp.tokenizer):
        return nlp.make_doc
    quick = cache(lambda: _quick(nlp))  # made when the first such text comes: it takes as long as two reports

    def words(text: str) -> Doc:
        return quick()(text) if has_long_run(text) else nlp.make_doc(text)

    return words


def has_long_run(text: str) -> bool:
    """Return whether so many characters of a text stand together without a space."""
    return len(max(text.split(), key=len, default="")) >= LONG


def near_the_end(search: Search) -> Search:
    """Return a search for what ends a text, which looks at no more of it than it must."""

    def suffix(text: str) -> re.Match[str] | None:
        reach = REACH
        while True:
            start = max(len(text) - reach, 0)
            match = search(text, start)
            if not start or match is None or match.start() > start:
                return match
            reach *= 4  # it may begin farther to the left

    return suffix


def unless_too_long(match: Search) -> Search:
    """Return a match of addresses that takes no text for one that is too long."""

    def address(text: str) -> re.Match[str] | None:
        return match(text) if len(text) <= LONGEST else None

    return address


def _is_known(tokenizer: Any) -> bool:  # noqa: ANN401  whatever a model's package brings
    """Return whether a tokenizer is spaCy's own, with a search for suffixes that can be told where to begin."""
    from spacy.tokenizer import Tokenizer

    try:
        tokenizer.suffix_search("", 0)
    except (AttributeError, TypeError):
        return False
    return type(tokenizer) is Tokenizer


def _quick(nlp: Model) -> Callable[[str], Doc]:
    from spacy.tokenizer import Tokenizer

    own: Any = nlp.tokenizer
    quick: Callable[[str], Doc] = Tokenizer(
        nlp.vocab,
        rules=own.rules,
        prefix_search=own.prefix_search,
        suffix_search=near_the_end(own.suffix_search),
        infix_finditer=own.infix_finditer,
        token_match=own.token_match,
        url_match=own.url_match and unless_too_long(own.url_match),
        faster_heuristics=own.faster_heuristics,
    )
    return quick
