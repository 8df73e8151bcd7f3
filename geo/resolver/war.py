"""What a report of fighting says around a town's name: *planes bombed Homs*, *the fall of Sirte*, *Shushi was hit*.

Newspapers' corpora, from which the recogniser learned, are poor in such sentences, and their parser takes many towns
for people. These cues are of the language of war in general: verbs whose object is a place, nouns that lead to one by
a preposition, and what is said of a place that is the subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer.folding import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Verbs whose object is a place, never or seldom a person.
_PLACE_VERBS = word_set(
    "bombed bomb bombs bombing shelled shell shells shelling bombarded bombarding pounded pounding besieged "
    "besieging encircled encircling surrounded entered enter enters entering reentered stormed storming overran "
    "overrun reached reaching retook retake recaptured recapture reconquered liberated occupied occupying occupy "
    "raided raiding looted looting torched evacuated evacuating invaded invading fled fleeing left leaving "
    "vacated defended defending fortified demined rocked levelled leveled flattened razed blockaded controlled "
    "controls control patrolled infiltrated garrisoned crossed abandoned"
)
#: Verbs whose object may as well be a person.
_OTHER_VERBS = word_set(
    "attacked attack attacking hit hits hitting struck strike strikes striking captured capture capturing seized "
    "seize seizing took take taking taken lost lose losing held hold holding targeted target targeting threatened "
    "ambushed covers covered regained gained secured cleared"
)
#: Nouns and verbs that lead to a place by a preposition.
_LEADS = word_set(
    "shelling bombing bombardment siege fall capture recapture seizure liberation occupation evacuation battle "
    "battles fight fighting fights clashes clash offensive offensives assault assaults strike strikes airstrike "
    "airstrikes raid raids attack attacks advance advances advanced advancing push pushed pushing march marched "
    "control outskirts town city village villages port suburb district mayor residents people road roads withdrew "
    "withdrawal withdraw retreated retreat pulled fell fired landed displaced evacuated fled escaped moved troops "
    "fighters forces rebels militants soldiers clashed fought holed besieged ceasefire truce hospital market "
    "school camp airport base bridge hospitals ambush ambushed blast explosion explosions massacre killings "
    "killed wounded injured positions checkpoint frontline"
)
#: Of these, the words that a text of peace has as well.
_PEACEFUL = word_set(
    "port town city village villages district mayor residents people road roads push pushed pushing school market "
    "hospital hospitals base bridge control fall moved pulled fell march suburb camp airport withdraw injured"
)
#: Words that tell a text of war.
_CONTEXT = (_LEADS - _PEACEFUL) | word_set(
    "mined fired attacked army armies shells shelled bombed bombs bomb mortar mortars artillery rocket rockets "
    "missile missiles drone drones warplanes jets tanks tank troops soldiers gunmen jihadists jihadist insurgents "
    "insurgent militia militias militiamen rebel junta snipers sniper mines landmine landmines captured seized "
    "retook recaptured besieged encircled overran stormed withdrew invaded occupied frontlines front-line "
    "ceasefires truces war civilians paramilitaries regime airstrikes barrel commander commanders militant "
    "guerrillas warlord"
)
#: What stands between a measure or a direction and the place that it is counted from.
_BEARINGS = word_set(
    "north south east west north-east north-west south-east south-west northeast northwest southeast southwest"
) | word_set("parts countryside outskirts suburbs edge km kilometres kilometers miles")
#: Nouns behind a name that make it a place's.
_UNITS = word_set("governorate province countryside oblast raion suburbs outskirts")
_BEFORE_PLACE = word_set("of in on for against towards toward near around from to into at over outside inside through")
_TELLS = word_set("was were is are has had remains lies")
_LINKS = word_set("was were is are has had have been being came come comes under again also now")
_FATES = word_set(
    "fell fallen falls hit struck shelled bombed bombarded captured seized retaken recaptured liberated besieged "
    "encircled surrounded attacked overrun stormed evacuated occupied levelled leveled flattened razed destroyed "
    "pounded raided looted torched fire shelling attack bombardment siege control"
)
_OF_PEOPLE = word_set("hit struck captured seized attacked surrounded attack control falls fell fallen evacuated")
_FATES_AT_ONCE = word_set("fell falls fallen changed remains burns burned")
_WINDOW = 8
_TAIL = 4


def object_cue(lower: Sequence[str], first: int) -> float:
    """Return 1 where the words before call for a place, a half where a person may stand there too, else 0."""
    before = _before(lower, first)
    word = before[0] if before else ""
    if word in _PLACE_VERBS:
        return 1.0
    if word in _OTHER_VERBS:
        return 0.5
    if word in {"of", "from"} and before[1:2] and before[1] in _BEARINGS:
        return 1.0
    leads = [each for each in before[1:3] if each in _LEADS] if word in _BEFORE_PLACE else []
    return 0.5 * bool(leads) + 0.5 * any(each not in _PEACEFUL for each in leads)


def _before(lower: Sequence[str], first: int) -> list[str]:
    """Return up to four words before, the nearest first, without articles."""
    return [word for word in reversed(lower[max(0, first - 5) : first]) if word not in {"the", "a", "nearby"}][:4]


def subject_cue(lower: Sequence[str], last: int) -> float:
    """Return 1 where the words behind speak of a place (*fell*, *was shelled*), a half where perhaps of a person."""
    after = [word for word in lower[last + 1 : last + 2 + _TAIL] if word not in {"'s", "’s"}][:_TAIL]
    if not after:
        return 0.0
    if after[0] in _FATES_AT_ONCE or _of_unit(after):
        return 1.0
    fates = [word for word in after[1:] if word in _FATES] if after[0] in _LINKS else []
    return 0.5 * bool(fates) + 0.5 * any(word not in _OF_PEOPLE for word in fates)


def is_told_of(lower: Sequence[str], last: int) -> bool:
    """Return whether a form of *be* or *have* follows: something is told of the name before it."""
    return last + 1 < len(lower) and lower[last + 1] in _TELLS


def _of_unit(after: Sequence[str]) -> bool:
    """*Hama governorate*, *Hama's northern countryside*."""
    return after[0] in _UNITS or (after[0].endswith("ern") and after[1:2] != [] and after[1] in _UNITS)


def of_war(lower: Sequence[str], first: int, last: int) -> bool:
    """Return whether the words around are those of a report of fighting."""
    around = (*lower[max(0, first - _WINDOW) : first], *lower[last + 1 : last + 1 + _WINDOW])
    return any(word in _CONTEXT for word in around)
