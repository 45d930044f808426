"""English words for every code that a match carries; the catalogue translates them, interfaces fill them in.

The words are templates, filled in by `core.words.filled`. `FACTOR_WORDS` name a factor, `EVIDENCE_WORDS` say what
stands behind it ({need} and {offer} are the two sides' own words or the names of codes), `SAME_WORDS` where both say
the same. `FIELD_WORDS` name what is to be filled in for a factor, `GAP_WORDS` say what is missing and `SHORT_WORDS`
what of a factor does not fit and would raise the score, `CONDITION_WORDS` why a pair was left out.
"""

from __future__ import annotations

from chanjiao.engines.words import N_

FACTOR_WORDS = {
    "title": N_("Same subject"),
    "text": N_("Descriptions agree"),
    "skills": N_("Skills asked for are offered"),
    "occupation": N_("Occupation fits"),
    "programme": N_("Programme fits"),
    "industry": N_("Industry fits"),
    "place": N_("Place"),
    "level": N_("Education level"),
    "dates": N_("Dates fit"),
    "quantity": N_("Numbers fit"),
    "money": N_("Pay or price fits"),
    "terms": N_("Form and conditions fit"),
    "wishes": N_("Asked for by name"),
    "replies": N_("Answers when asked"),
    "letters": N_("Wording"),
    "synonyms": N_("Same meaning in other words"),
    "domain": N_("Same occupational field"),
    "meaning": N_("Close in meaning"),
    "codes": N_("Codes agree"),
    "encoder": N_("Similar by the language model"),
}

EVIDENCE_WORDS = {
    "word": N_("both say “{need}”"),
    "synonym": N_("“{need}” and “{offer}” mean the same kind of thing"),
    "related": N_("“{need}” is close to “{offer}”"),
    "occupation": N_("{need} and {offer} are the same or neighbouring occupations"),
    "inferred": N_("judging by the wording, both belong to {need}"),
    "link": N_("the official standard of the programme {offer} names {need}"),
    "programme": N_("{need} and {offer} are the same or related programmes"),
    "industry": N_("{need} and {offer} are in the same branch"),
    "neighbour": N_("{offer} is a similar programme and officially leads there; courses in common: {need}"),
    "skill": N_("“{need}” is asked for, “{offer}” is offered"),
    "skill_in_part": N_("“{need}” is asked for; “{offer}” comes near it and counts in part"),
    "course": N_("“{need}” is asked for, the programme teaches “{offer}”"),
    "place": N_("needed in {need}, offered in {offer}"),
    "level": N_("{need} is asked for, {offer} is offered"),
    "date": N_("needed {need}, available {offer}"),
    "number": N_("{need} needed, {offer} available"),
    "money": N_("up to {need} is paid, {offer} is asked"),
    "choice": N_("{need} is wanted, {offer} is offered"),
    "wish": N_("each side asked for the other by name"),
    "wish_of_need": N_("the side in need asked for this partner by name"),
    "wish_of_offer": N_("the side that offers asked for this partner by name"),
    "replies_of_need": N_("the side in need answered {offer} of {need:# match|# matches}"),
    "replies_of_offer": N_("the side that offers answered {offer} of {need:# match|# matches}"),
    "replies_of_none": N_("neither side has been asked about a match before, so half is given"),
}

SAME_WORDS = {
    "occupation": N_("both: {need}"),
    "programme": N_("both: {need}"),
    "industry": N_("both belong to {need}"),
    "place": N_("both in {need}"),
    "level": N_("both: {need}"),
    "choice": N_("both chose {need}"),
    "skill": N_("“{need}” is asked for and offered"),
    "date": N_("the same dates: {need}"),
}

FIELD_WORDS = {
    "title": N_("Title"),
    "text": N_("Description"),
    "skills": N_("Skills"),
    "occupation": N_("Occupation"),
    "programme": N_("Programme"),
    "industry": N_("Industry"),
    "place": N_("Place"),
    "level": N_("Education level"),
    "dates": N_("Dates"),
    "quantity": N_("Quantity"),
    "money": N_("Pay or price"),
    "terms": N_("Form and conditions"),
}

GAP_WORDS = {
    "missing": N_(
        "Nothing is said about “{factor}” by the {side}; filling it in can add up to {gain:# point|# points}"
    ),
    "skills": N_("Not offered yet: {names}; up to {gain:# point|# points}"),
}

SHORT_WORDS = {
    "title": N_(
        "The titles differ in wording; where they mean the same, the usual name adds up to {gain:# point|# points}"
    ),
    "text": N_(
        "The descriptions share little: telling methods, equipment and requirements adds up to {gain:# point|# points}"
    ),
    "skills": N_("The skills agree in part only: {gain:# point|# points} less"),
    "occupation": N_("The occupations are close, not the same: {gain:# point|# points} less"),
    "programme": N_("The programmes are not the same: {gain:# point|# points} less"),
    "industry": N_("The branches differ: {gain:# point|# points} less"),
    "place": N_("Not in the same district: {gain:# point|# points} less"),
    "level": N_("The level is above what is asked for: {gain:# point|# points} less"),
    "dates": N_("The dates cover a part only: covering all adds {gain:# point|# points}"),
    "quantity": N_("The number does not suffice: the rest adds {gain:# point|# points}"),
    "money": N_("Pay or price is not what is expected: meeting it adds {gain:# point|# points}"),
    "terms": N_("Form and conditions differ in part: agreeing adds {gain:# point|# points}"),
}

CONDITION_WORDS = {
    "kind": N_("The kinds differ: {need} and {offer}"),
    "consent": N_("One side has refused automated matching"),
    "own": N_("Need and offer are of the same organisation"),
    "confidentiality": N_("One side has not opened this to the other"),
    "partner": N_("One side does not want the other as a partner"),
    "region": N_("The place is outside what is accepted: {need} and {offer}"),
    "level": N_("{need} is asked for, only {offer} is offered"),
    "term": N_("The dates do not meet: {need} and {offer}"),
    "capacity": N_("Nothing is left"),
    "engagement": N_("The form differs: {need} is wanted, {offer} is offered"),
    "licence": N_("A licence is needed that is not held: {offer}"),
    "expired": N_("No longer open"),
}
