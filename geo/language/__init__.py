"""One spaCy parse per article, shared by the resolver and the fact layer; the only importer of spaCy and thinc.

A `Parsed` article holds one `ParsedSegment` for each segment, whatever its role: headline, caption and related
link are parsed apart, because a parser that sees them glued together invents sentences. The text that is parsed
has the same length as the segment, character by character, so that `offset + token.idx` points into
`Article.text`. Two things are changed on the way to the parser only, each one character for one character: a
no-break space or a line break becomes a space, and a line in capitals is given the case of running text. Read a
token's wording from `Article.text`, not from the `Doc`, where the letters themselves matter.

`model` loads the package and runs its parts. Three of them it runs in a quicker way with the same answer, where they
have the make that it knows: `embedding` remembers what a word form looks like to the model, `names` finds the entities
of many texts at once, `classes` remembers which of the model's rules for parts of speech hold for a word. `runs` makes
words of what has no space for a hundred characters, which would take the tokenizer minutes.

Annotate with `Doc`, `Token` and `SentenceSpan` from here under `TYPE_CHECKING`; nothing else imports spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.language.capitals import truecase
from geo.language.model import MODEL_VARIABLE, ONE_THREAD, common_words, model_name, plain_words
from geo.language.parsing import PIECE, Parsed, ParsedSegment, parse

if TYPE_CHECKING:
    from geo.language.model import Doc as Doc
    from geo.language.model import SentenceSpan as SentenceSpan
    from geo.language.model import Token as Token

__all__ = [
    "MODEL_VARIABLE",
    "ONE_THREAD",
    "PIECE",
    "Parsed",
    "ParsedSegment",
    "common_words",
    "model_name",
    "parse",
    "plain_words",
    "truecase",
]
