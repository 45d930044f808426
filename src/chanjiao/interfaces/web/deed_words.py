"""Deeds in words: what the name of an event says to a reader, and which of the three meanings it has."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chanjiao.apps.imports.kinds import KINDS
from chanjiao.core.models import Event
from chanjiao.core.permissions import SYSTEM
from chanjiao.interfaces.web.administration.words import value_word
from chanjiao.interfaces.web.wording import kind_word

EVENT_WORDS = {
    "organisation.registered": gettext_noop("Registered an organisation"),
    "consortium.founded": gettext_noop("Founded a consortium"),
    "document.accepted": gettext_noop("Accepted a founding document"),
    "member.applied": gettext_noop("Applied to join"),
    "member.joined": gettext_noop("Joined"),
    "member.declined": gettext_noop("Application declined"),
    "member.renewed": gettext_noop("Renewed a membership"),
    "member.left": gettext_noop("Left"),
    "member.expired": gettext_noop("Membership term over"),
    "staff.added": gettext_noop("Added staff"),
    "staff.ended": gettext_noop("Ended a post"),
    "need.posted": gettext_noop("Submitted a need"),
    "need.returned": gettext_noop("A need was returned to its writer"),
    "need.opened": gettext_noop("Published a need"),
    "need.closed": gettext_noop("Closed a need"),
    "need.renewed": gettext_noop("Renewed a need"),
    "need.expired": gettext_noop("A need expired"),
    "offer.posted": gettext_noop("Submitted an offer"),
    "offer.returned": gettext_noop("An offer was returned to its writer"),
    "offer.opened": gettext_noop("Published an offer"),
    "offer.closed": gettext_noop("Closed an offer"),
    "offer.renewed": gettext_noop("Renewed an offer"),
    "offer.expired": gettext_noop("An offer expired"),
    "match.proposed": gettext_noop("A match was proposed"),
    "match.accepted": gettext_noop("A match was accepted"),
    "match.declined": gettext_noop("A match was declined"),
    "matching.refused": gettext_noop("Refused automated matching"),
    "matching.resumed": gettext_noop("Takes part in automated matching again"),
    "weights.learned": gettext_noop("Weights of matching were learned from replies"),
    "weights.restored": gettext_noop("Weights of matching were taken back"),
    "list.published": gettext_noop("Published an official list"),
    "match.asked": gettext_noop("Asked about a match"),
    "match.date_proposed": gettext_noop("Proposed a date for a match"),
    "placement.planned": gettext_noop("Planned a placement round"),
    "placement.opened": gettext_noop("Opened a placement round for wishes"),
    "placement.run": gettext_noop("Ran an allocation"),
    "placement.published": gettext_noop("Published the places of a round"),
    "placement.corrected": gettext_noop("Corrected a result after an appeal"),
    "placement.accepted": gettext_noop("A student accepted a place"),
    "placement.declined": gettext_noop("A student declined a place"),
    "placement.joined": gettext_noop("A student came to the place"),
    "placement.closed": gettext_noop("Concluded a placement round"),
    "wishes.entered": gettext_noop("Entered wish lists"),
    "students.registered": gettext_noop("Registered students"),
    "appeal.made": gettext_noop("An appeal was made"),
    "appeal.decided": gettext_noop("An appeal was decided"),
    "need.retracted": gettext_noop("Took a need back"),
    "offer.retracted": gettext_noop("Took an offer back"),
    "organisation.retracted": gettext_noop("Took an organisation back"),
    "import.done": gettext_noop("Imported a file"),
    "import.undone": gettext_noop("Took an import back"),
    "agreement.proposed": gettext_noop("Proposed an agreement"),
    "agreement.signed": gettext_noop("Signed an agreement"),
    "agreement.in_force": gettext_noop("An agreement is in force"),
    "agreement.amended": gettext_noop("An agreement was changed"),
    "agreement.renewed": gettext_noop("An agreement was renewed"),
    "agreement.ended": gettext_noop("An agreement ended"),
    "agreement.declined": gettext_noop("An agreement was not concluded"),
    "price.publicised": gettext_noop("Publicised a price"),
    "price.objected": gettext_noop("An objection to a price was received"),
    "price.objection_answered": gettext_noop("An objection to a price was answered"),
    "price.publicity_passed": gettext_noop("The publicity of a price ended, no objection stands"),
    "price.publicity_stopped": gettext_noop("The publicity of a price was stopped"),
    "project.started": gettext_noop("Started a project"),
    "project.money_received": gettext_noop("A project received money"),
    "project.money_spent": gettext_noop("A project spent money"),
    "project.evaluated": gettext_noop("Evaluated a project"),
    "project.closed": gettext_noop("Concluded a project"),
    "project.stopped": gettext_noop("Stopped a project"),
    "milestone.planned": gettext_noop("Planned a milestone"),
    "milestone.dropped": gettext_noop("Dropped a milestone"),
    "milestone.discarded": gettext_noop("Took a milestone back"),
    "milestone.proved": gettext_noop("Proved a milestone"),
    "milestone.done": gettext_noop("A milestone is done"),
    "proof.handed_in": gettext_noop("Handed in a proof"),
    "proof.replaced": gettext_noop("Replaced a proof"),
    "proof.verified": gettext_noop("A proof was verified"),
    "proof.refused": gettext_noop("A proof was sent back"),
    "links.inferred": gettext_noop("Inferred where programmes lead"),
    "link.confirmed": gettext_noop("Confirmed where a programme leads"),
    "link.rejected": gettext_noop("Rejected where a programme would lead"),
    "link.entered": gettext_noop("Entered where a programme leads"),
    "challenge.published": gettext_noop("Put a technical problem out for a bounty"),
    "challenge.answered": gettext_noop("Answered a challenge"),
    "challenge.answer_withdrawn": gettext_noop("Took an answer to a challenge back"),
    "challenge.chosen": gettext_noop("An answer to a challenge was chosen"),
    "challenge.accepted": gettext_noop("The work for a challenge was accepted"),
    "challenge.withdrawn": gettext_noop("Withdrew a challenge"),
    "challenge.failed": gettext_noop("A challenge ended without result"),
    "contract.registered": gettext_noop("Registered a technology contract"),
    "contract.registration_struck": gettext_noop("Struck the registration of a contract"),
    "result.first_used": gettext_noop("A result was put to use for the first time"),
    "courses.kept": gettext_noop("Told the courses of a programme"),
    "plan.made": gettext_noop("Made a plan of intake"),
    "plan.stopped": gettext_noop("Ended the solving of a plan of intake early"),
    "dossier.completed": gettext_noop("Handed in a dossier on a programme"),
    "dossier.opinions_asked": gettext_noop("Asked for opinions on a dossier"),
    "dossier.opinion_given": gettext_noop("Gave an opinion on a dossier"),
    "dossier.ready": gettext_noop("Put a dossier to the vote"),
    "dossier.returned": gettext_noop("Sent a dossier back"),
    "dossier.approved": gettext_noop("A change of a programme was approved"),
    "dossier.refused": gettext_noop("A change of a programme was refused"),
    "dossier.carried_out": gettext_noop("Carried out a change of a programme"),
    "dossier.measured": gettext_noop("Measured the effect of a change"),
    "dossier.withdrawn": gettext_noop("Withdrew a dossier"),
    "demand.told": gettext_noop("Told figures of demand"),
    "headcount.told": gettext_noop("Told a headcount"),
    "programme.figures_told": gettext_noop("Told the figures of a year"),
    "shares.set": gettext_noop("Set where the graduates of a programme go"),
    "warning.issued": gettext_noop("Issued a warning card"),
    "warning_rules.loaded": gettext_noop("Loaded a rule set of early warning"),
    "warning.decided": gettext_noop("Decided over a warning card"),
    "project.discarded": gettext_noop("Took a project back"),
    "reference.updated": gettext_noop("Updated a code table"),
    "meeting.held": gettext_noop("Held a meeting"),
    "visit.made": gettext_noop("Made a visit"),
    "training.held": gettext_noop("Held a training"),
}
NOTED: dict[str, Callable[[str], str]] = {
    "warning.issued": lambda note: value_word("programmes.warningcard", "colour", note),
    "warning.decided": lambda note: value_word("programmes.warningcard", "decision", note),
    "need.closed": lambda note: value_word("exchange.need", "close_reason", note),
    "offer.closed": lambda note: value_word("exchange.offer", "close_reason", note),
    "match.declined": lambda note: value_word("matching.match", "decline_reason", note),
    "list.published": _,
    "import.done": lambda note: _(KINDS[note].label) if note in KINDS else note,
    "weights.learned": kind_word,
    "weights.restored": kind_word,
}
"""Event → what its note, a code or an English word, is called."""
TONES = {
    "agreement.in_force": "done",
    "agreement.declined": "bad",
    "price.objected": "waits",
    "price.publicity_passed": "done",
    "price.publicity_stopped": "bad",
    "milestone.done": "done",
    "proof.verified": "done",
    "proof.refused": "bad",
    "project.closed": "done",
    "challenge.chosen": "done",
    "challenge.accepted": "done",
    "challenge.failed": "bad",
    "contract.registered": "done",
    "result.first_used": "done",
    "dossier.ready": "waits",
    "dossier.returned": "bad",
    "dossier.approved": "done",
    "dossier.refused": "bad",
    "dossier.measured": "done",
    "match.accepted": "done",
    "member.joined": "done",
    "placement.accepted": "done",
    "placement.joined": "done",
    "placement.published": "done",
    "appeal.made": "waits",
    "match.declined": "bad",
    "member.declined": "bad",
    "member.expired": "waits",
}


def word_of(name: str) -> str:
    """An event's name in words; the name itself where it has none."""
    return _(EVENT_WORDS[name]) if name in EVENT_WORDS else name


def note_of(event: Event) -> str:
    """What an event notes: in words where it notes a code, else as somebody wrote it."""
    word = NOTED.get(event.name)
    return word(event.note) if word and event.note else event.note


def doer_of(actor_name: str) -> str:
    """Who did a deed: the name on record, in words where nobody but the site itself did it."""
    return _("System") if actor_name == SYSTEM.name else actor_name


def tone_of(name: str) -> str:
    """The meaning of an event: done, bad, waits, or none."""
    return TONES.get(name, "")
