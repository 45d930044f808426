"""English words for the facts of a founding document; the message catalogue holds the Chinese ones.

Without a framework, so that the command line shows a draft without a site.
"""

from __future__ import annotations

from chanjiao.apps.members.facts import FactKind
from chanjiao.engines.words import N_

KIND_WORDS: dict[FactKind, str] = {
    FactKind.CONSORTIUM: N_("Group and consortia"),
    FactKind.ORGANISATION: N_("Organisations"),
    FactKind.PERSON: N_("People and posts"),
    FactKind.EVENT: N_("Event"),
    FactKind.DOCUMENT: N_("Documents"),
    FactKind.GOAL: N_("Hopes, guarantees, lines of work"),
    FactKind.CREDIT: N_("Credits"),
}
SLOT_WORDS = {
    "name": N_("Name"),
    "kind": N_("Kind"),
    "park": N_("Zone"),
    "founding_document": N_("Founding document"),
    "type": N_("Type"),
    "roles": N_("Roles"),
    "consortia": N_("In which consortia"),
    "aliases": N_("Other names"),
    "credit_code": N_("Unified social credit code"),
    "organisation": N_("Organisation"),
    "title": N_("Title or post"),
    "actions": N_("What they did"),
    "date": N_("Date"),
    "place": N_("Place"),
    "attendance": N_("People present"),
    "action": N_("What was done with it"),
    "read_by": N_("Read by"),
    "text": N_("Text"),
    "by": N_("Stated by"),
    "label": N_("Kind of work"),
}
SLOT_HELP = {
    "consortia": N_("One a line; empty: in all of them"),
    "aliases": N_("One a line"),
    "date": N_("Year-month-day, such as 2026-04-17; --04-17 where the year is not known"),
    "park": N_("The zone that the consortium is built on"),
}
CONSORTIUM_KIND_WORDS = {
    "municipal": N_("Municipal consortium"),
    "industry": N_("Industry community"),
    "group": N_("Vocational education group"),
    "alliance": N_("Alliance"),
}
TYPE_WORDS = {
    "government": N_("Government department"),
    "party": N_("Party body"),
    "school_vocational": N_("Vocational school or college"),
    "university": N_("University"),
    "institute": N_("Research institute"),
    "association": N_("Industry association"),
    "enterprise": N_("Enterprise"),
    "park": N_("Zone"),
    "park_admin": N_("Zone committee"),
    "consortium": N_("Consortium"),
    "union": N_("Trade union"),
    "media": N_("Media"),
    "other": N_("Other"),
}
ROLE_WORDS = {
    "lead_school": N_("Lead college"),
    "lead_enterprise": N_("Lead enterprise"),
    "lead": N_("Lead unit"),
    "park": N_("Zone"),
    "guidance_committee": N_("Guidance committee"),
    "council_chair": N_("Council chair"),
    "council_vice": N_("Council vice-chair"),
    "council_member": N_("Council member"),
    "member": N_("Member"),
    "initiator": N_("Initiator"),
    "guidance": N_("Guidance"),
    "host": N_("Host"),
    "co_host": N_("Co-host"),
    "co_organizer": N_("Co-organiser"),
    "approver": N_("Approver"),
    "issuer": N_("Issuer of the notice"),
    "participant": N_("Took part"),
    "represented": N_("Represented"),
    "venue": N_("Venue"),
    "source": N_("Source of the story"),
    "founded": N_("Founded"),
    "signatory": N_("Signatory"),
    "speaker": N_("Spoke"),
}
OFFICE_WORDS = {
    "chair": N_("Chair of the council"),
    "vice_chair": N_("Vice-chair of the council"),
    "standing": N_("Standing council member"),
    "council": N_("Council member"),
    "secretary": N_("Secretary-general"),
}
PERSON_ACTION_WORDS = {
    "attend": N_("attended"),
    "host": N_("chaired"),
    "speak": N_("spoke"),
    "unveil": N_("unveiled"),
    "read_document": N_("read a document out"),
    "report": N_("reported"),
    "elected": N_("was elected"),
}
DOCUMENT_ACTION_WORDS = {
    "read": N_("read out"),
    "adopted": N_("adopted"),
    "announced": N_("announced"),
    "cited": N_("cited"),
}
GOAL_WORDS = {
    "hope": N_("Hope of the city"),
    "requirement": N_("Requirement"),
    "commitment": N_("Guarantee of the government"),
    "aspect": N_("Line of work"),
}
MEASURE_WORDS = {
    "depth": N_("Depth of integration"),
    "breadth": N_("Breadth of co-operation"),
    "speed": N_("Speed of transfer"),
    "precision": N_("Precision of skills"),
    "strength": N_("Strength of the brand"),
}
CERTAINTY_WORDS = {
    "sure": N_("read with certainty"),
    "likely": N_("likely"),
    "check": N_("to be checked"),
    "person": N_("set by a person"),
}
CHOICE_WORDS: dict[tuple[FactKind, str], dict[str, str]] = {
    (FactKind.CONSORTIUM, "kind"): CONSORTIUM_KIND_WORDS,
    (FactKind.ORGANISATION, "type"): TYPE_WORDS,
    (FactKind.ORGANISATION, "roles"): ROLE_WORDS,
    (FactKind.PERSON, "actions"): PERSON_ACTION_WORDS,
    (FactKind.DOCUMENT, "action"): DOCUMENT_ACTION_WORDS,
    (FactKind.GOAL, "kind"): GOAL_WORDS,
}
