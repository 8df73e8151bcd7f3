"""Questions that the dependency parse answers about one word: its subject, what it hangs on, how its clause opens.

Labels are those of spaCy's English models (CLEAR style); words are looked at only where grammar needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facts import lexicon as lex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.language import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
WITH = frozenset({"with", "without"})
_QUESTIONS = frozenset({"how", "why", "what", "when", "where", "which", "who"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "such"})
_ADDING = frozenset({"accuse", "say", "add", "blame", "warn", "claim", "call", "urge", "describe", "cite", "note"}) | {
    "denounce",
    "insist",
    "announce",
}
_LIKE_INFINITIVES = frozenset(
    {"lay", "fell", "found", "bore", "put", "cut", "let", "set", "hit", "shut", "quit", "hurt"}
)
_MAX_DEPTH = 12
_OWN_TOKENS = 4


def own_subject(token: Token) -> Token | None:
    """Return the subject that hangs on this very word, or None."""
    found = [c for c in token.children if c.dep_ in SUBJECTS]
    return next((c for c in reversed(found) if c.i < token.i), found[0] if found else None)


def subject_of(token: Token) -> Token | None:
    """Return a clause's subject: its own, that of the verb it is joined to, or that of the verb which governs it."""
    for _ in range(_MAX_DEPTH):
        subject = own_subject(token)
        if subject is not None and subject.tag_ not in {"WDT", "WP"}:
            return subject
        if token.dep_ == "relcl":
            return token.head
        if token.dep_ in {"conj", "xcomp", "advcl", "ccomp"} and token.head.pos_ in VERBAL:
            token = governor_of(token)
            continue
        return token.head if token.dep_ == "acl" else None
    return None


def governor_of(token: Token) -> Token:
    """Return the word that a clause hangs on, mended where the parser hangs a second saying on what was said first.

    In *denied that they had fired, accusing the coalition of …* the accuser is who denied, not who fired.
    """
    head = token.head
    if is_resumed(token):
        return next((a for a in head.ancestors if is_tensed(a)), head)
    added = token.dep_ == "advcl" and token.tag_ == "VBG" and token.i > head.i and token.lemma_ in _ADDING
    reported = head.dep_ == "ccomp" and head.head.i < head.i and head.head.pos_ in VERBAL
    return head.head if added and reported and token.left_edge.i and token.left_edge.nbor(-1).text == "," else head


def is_resumed(token: Token) -> bool:
    """*Agreed to let food in and released seventy*: a past tense joined to an infinitive goes on with the main verb."""
    finite = token.tag_ in {"VBD", "VBZ"} and token.dep_ == "conj" and token.lower_ not in _LIKE_INFINITIVES
    accusing = token.dep_ == "conj" and token.lemma_ in _ADDING and token.tag_ in {"VBD", "VBN", "VBZ"}
    if accusing and token.head.dep_ == "ccomp" and token.head.tag_ == "VBG" and not has(token, "auxpass"):
        return any(is_tensed(a) for a in token.head.ancestors)  # *denied that they were attacking and accused him*
    return finite and token.head.tag_ == "VB" and any(is_tensed(a) for a in token.head.ancestors)


def is_cut_off(token: Token) -> bool:
    """Tell whether a semicolon parts a clause from the word that the parser hung it on: two statements, not one."""
    first, last = sorted((token.i, token.head.i))
    joined = token.dep_ in {"ccomp", "parataxis", "conj", "advcl"} and ";" in token.doc.text
    return joined and any(t.text == ";" for t in token.doc[first:last])


def misread_saying(token: Token) -> Token | None:
    """Return the verb of *…, the three countries announced on Tuesday*, which the parser reads as a description.

    The words after the last comma are then a noun phrase with a participle: `token` is its noun.
    """
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in SUBJECTS or token.i + 1 >= len(token.doc):
        return None
    follows = token.nbor(1).dep_ == "acl" or (token.nbor(1).text == "," and has(token, "appos"))
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i and follows else None
    if before is None or before.text not in {",", "”", '"'} or before.i < token.sent.start:
        return None
    said = next((c for c in token.children if c.dep_ == "acl" and c.tag_ in {"VBN", "VBD"} and c.i > token.i), None)
    if said is not None and _is_named_after(token, said):
        return said  # *…, the minister, Jan Kay, announced during a visit*
    closes = said is not None and token.sent[-1].i - token.right_edge.i <= 1
    plain = said is not None and not any(c.dep_ in {"agent", "auxpass", "dobj"} for c in said.children)
    return said if closes and plain and said is not None and said.nbor(-1) == token else None


def _is_named_after(token: Token, said: Token) -> bool:
    name = next((c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    return name is not None and name.i < said.i and said.tag_ == "VBD" and not has(said, "dobj")


def is_tensed(token: Token) -> bool:
    """Tell whether a verb has a tense of its own or an auxiliary that has one."""
    return token.tag_ in {"VBD", "VBZ", "VBP"} or any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in token.children
    )


def is_condition(token: Token) -> bool:
    """Tell whether a clause is opened by *if*, *unless*, *in case*, *provided* …."""
    marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod", "prep"} and c.i < token.i}
    return bool(marks & lex.CONDITIONS)


def is_inverted(token: Token) -> bool:
    """Tell whether a clause is a condition by word order: *should Assad mount*, *had they agreed*, *were he to*."""
    moved = [c for c in token.children if c.dep_ in {"aux", "auxpass"} and c.lower_ in {"should", "had", "were"}]
    subject = own_subject(token) if moved else None
    opens = moved and subject is None and token.dep_ == "advcl" and moved[0].i == token.left_edge.i
    fronted = subject is not None and moved[0].i < subject.left_edge.i
    if token.tag_ == "MD" or not (opens or fronted):
        return False
    return "?" not in token.sent.text[-2:] and not any(t.tag_ in RELATIVE_TAGS for t in token.subtree if t.i < token.i)


def is_inserted(token: Token) -> bool:
    """*The truce, meant to let them swap prisoners, took effect*: a verb never has its subject right before a comma.

    The parser takes such a description for a clause of its own.
    """
    subject = own_subject(token)
    parted = subject is not None and subject.right_edge.i == token.i - 1 and token.nbor(-1).text == ","
    return parted and token.dep_ in {"parataxis", "ccomp", "advcl"} and token.tag_ in {"VBD", "VBN"}


def is_called_for(token: Token) -> bool:
    """*Called for the measures to be scrapped*: who is to do what is asked for."""
    marked = any(c.dep_ == "mark" and c.lower_ == "for" for c in token.children)
    return marked and token.dep_ == "advcl" and token.head.lemma_ in {"call", "appeal", "ask", "plead", "push", "press"}


def is_in_return(token: Token) -> bool:
    """*In return for 215 men*, *in exchange for them*, by its *for*."""
    noun = token.head
    return token.lower_ == "for" and noun.lower_ in {"return", "exchange"} and noun.head.lower_ == "in"


def is_aim(token: Token) -> bool:
    """*The truce, meant to let them swap prisoners*: what a thing is for."""
    aims = token.dep_ == "acl" and token.lemma_ in {"mean", "intend", "design", "aim"}
    return aims and any(c.dep_ in {"xcomp", "prep"} and any(True for _ in c.children) for c in token.children)


def is_predicate(token: Token) -> bool:
    """*Damascus was prepared to talk*: an adjective with a helping verb of its own, where one expects *was* to head."""
    helped = any(c.dep_ in {"aux", "auxpass"} for c in token.children)
    return token.pos_ == "ADJ" and helped and own_subject(token) is not None


def is_misread(token: Token) -> bool:
    """Tell whether a participle on a noun is the verb of a clause whose subject is the noun.

    *…, and no civilians left*: the noun is joined to a verb; *youths resorted to stones, officials said*: the verb of
    saying has two subjects; or the noun stands for the sentence and its participle has an object.
    """
    noun = token.head
    if token.dep_ != "acl" or token.tag_ not in {"VBN", "VBD"}:
        return False
    if noun.dep_ == "ROOT":
        return not has(token, "agent") and (token.tag_ == "VBD" or has(token, "dobj"))
    if noun.dep_ == "nsubj" and noun.head.i > token.i:
        return sum(c.dep_ == "nsubj" for c in noun.head.children) > 1
    return noun.dep_ == "conj" and noun.head.pos_ in VERBAL


def is_no_verb(token: Token) -> bool:
    """*Said that plainclothes police have …*: a *that* clause has a subject, or the parser took a noun for its verb."""
    marked = token.dep_ == "ccomp" and any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)
    inner = child_of(token, "ccomp")
    return marked and own_subject(token) is None and inner is not None and own_subject(inner) is not None


def first_conjunct(token: Token) -> Token:
    """Return the first verb of a chain of joined ones."""
    while token.dep_ == "conj" and token.head.pos_ in VERBAL:
        token = governor_of(token) if is_resumed(token) else token.head
    return token


def is_question(token: Token) -> bool:
    """*Has not said how many died*, *to explain why it gave up*: asked, not told."""
    before = [t for t in token.subtree if t.i < token.i and t.tag_ in RELATIVE_TAGS]
    return token.dep_ == "ccomp" and any(t.lower_ in _QUESTIONS and not _is_described_by(t, token) for t in before)


def _is_described_by(token: Token, above: Token) -> bool:
    """*The hospital, which they looted, would close*: the word belongs to a description within the clause."""
    return any(a.dep_ == "relcl" and a.i > above.left_edge.i and above.is_ancestor(a) for a in token.ancestors)


def content_of(token: Token) -> Token | None:
    """Return what a verb of saying says: a clause, or in a headline a noun."""
    for child in token.children:
        denied = child.tag_ == "VBG" and token.lemma_ == "deny"
        clause = child.dep_ == "ccomp" or (child.dep_ == "xcomp" and (own_subject(child) is not None or denied))
        content = clause or (child.dep_ == "advcl" and child.i < token.i)
        if content and not is_inverted(child):
            return child
    return next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i and c.pos_ != "PRON"), None)


def is_known(token: Token) -> bool:
    """*The talks*, *this attack*, *his assault*: spoken of before, no news by themselves unless they say more."""
    return any(c.dep_ in {"det", "poss"} and c.lower_ in _DEFINITE for c in token.children)


def says_more(token: Token) -> bool:
    """Tell whether a noun is described at all."""
    return any(c.dep_ in {"prep", "poss", "amod", "acl", "relcl", "nummod"} for c in token.children)


def hyphenated(token: Token) -> Iterator[Token]:
    """Yield a word and what is joined to its front by a hyphen (*rebel-held*)."""
    yield token
    if token.i > 1 and token.nbor(-1).text in {"-", "‑", "–"}:
        yield token.nbor(-2)


def edges(token: Token) -> tuple[int, int]:
    """Return the indices of the first and the last word of a token's subtree."""
    return token.left_edge.i, token.right_edge.i


def child_of(token: Token, dep: str) -> Token | None:
    """Return the first child with a dependency label, or None."""
    return next((c for c in token.children if c.dep_ == dep), None)


def has(token: Token, dep: str) -> bool:
    """Tell whether a child with a dependency label hangs on a word."""
    return any(c.dep_ == dep for c in token.children)


def has_to(token: Token) -> bool:
    """Tell whether a verb stands with *to*."""
    return any(c.tag_ == "TO" for c in token.children)


def is_long(token: Token) -> bool:
    """Tell whether a clause has words enough to be quoted by itself."""
    return sum(1 for _ in token.subtree) >= _OWN_TOKENS
