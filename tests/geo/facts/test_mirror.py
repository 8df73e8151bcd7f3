"""The mirror of a parse says what spaCy says."""

from geo.article import from_text
from geo.facts import read_facts
from geo.facts.mirror import mirrored
from geo.language import parse

TEXT = """The 3 envoys, who had met the rebels in Goma on Monday, didn't say "when" they'd leave; shelling, looting and

Russia's army (in the north) will pull out, Mr. Bako said.  A second sentence: it isn't over.
"""
LABELS = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "text_with_ws", "i", "idx")
FLAGS = ("is_punct", "is_space", "is_title", "like_num", "is_sent_start")
LINKS = ("head", "left_edge", "right_edge")
LISTS = ("children", "subtree", "ancestors", "conjuncts", "sent")


def pairs():
    parsed = parse(from_text(TEXT, id="a", published=None))
    return zip(mirrored(parsed).segments, parsed.segments, strict=True)


def test_every_word_has_the_same_labels_and_links():
    for ours, theirs in pairs():
        assert len(ours.doc) == len(theirs.doc)
        for word, token in zip(ours.doc, theirs.doc, strict=True):
            assert len(word) == len(token)
            for name in (*LABELS, *FLAGS):
                assert getattr(word, name) == getattr(token, name), (token, name)
            for name in LINKS:
                assert getattr(word, name).i == getattr(token, name).i, (token, name)
            for name in LISTS:
                assert [w.i for w in getattr(word, name)] == [t.i for t in getattr(token, name)], (token, name)


def test_stretches_are_the_same():
    for ours, theirs in pairs():
        assert ours.doc.text == theirs.doc.text
        assert [s.text for s in ours.sentences] == [s.text for s in theirs.sentences]
        for mine, its in zip(ours.sentences, theirs.sentences, strict=True):
            names = ("start", "end", "start_char", "end_char")
            assert [getattr(mine, n) for n in names] == [getattr(its, n) for n in names]
            assert mine.root.i == its.root.i
        assert ours.doc[2:5].text == theirs.doc[2:5].text
        assert ours.doc.char_span(4, 12, alignment_mode="expand").text == (
            theirs.doc.char_span(4, 12, alignment_mode="expand").text
        )
        assert ours.doc.char_span(5, 7) is None
        assert ours.doc[0].nbor(1).i == 1
        assert ours.doc[0].sent == ours.doc[1].sent
        assert ours.doc[0].sent != ours.doc[0:1]


def test_a_sentence_nested_a_thousand_deep_is_read():
    text = "Rebels shelled the house" + " of the king of the town" * 300 + "."
    parsed = parse(from_text(text, id="a", published=None))
    (ours,), (theirs,) = mirrored(parsed).segments, parsed.segments
    assert [w.left_edge.i for w in ours.doc] == [t.left_edge.i for t in theirs.doc]
    assert len(list(ours.doc[0].sent.root.subtree)) == len(ours.doc[0].sent)
    read_facts(parsed, published=None)
