"""Words of the funnels: their stages, what each means, how needs are grouped."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from chanjiao.apps.matching.funnel import BountyStage, Stage

STAGE_WORDS: dict[str, dict[int, object]] = {
    "need": {
        Stage.POSTED: gettext_lazy("Need published"),
        Stage.MATCHED: gettext_lazy("Matched or put out"),
        Stage.ANSWERED: gettext_lazy("Reply received"),
        Stage.ACCEPTED: gettext_lazy("Accepted by both"),
        Stage.AGREED: gettext_lazy("Agreement in force"),
        Stage.STARTED: gettext_lazy("Project started"),
        Stage.PROVED: gettext_lazy("Milestone proved"),
    },
    "challenge": {
        BountyStage.PUT_OUT: gettext_lazy("Put out for a bounty"),
        BountyStage.ANSWERED: gettext_lazy("Challenge answered"),
        BountyStage.CHOSEN: gettext_lazy("Answer chosen"),
        BountyStage.CONTRACTED: gettext_lazy("Contract in force"),
        BountyStage.REGISTERED: gettext_lazy("Contract registered"),
        BountyStage.USED: gettext_lazy("First used"),
    },
}
DEFINITIONS: dict[str, dict[int, object]] = {
    "need": {
        Stage.POSTED: gettext_lazy("Needs that were published in the period"),
        Stage.MATCHED: gettext_lazy("A match was proposed and not withdrawn, or the problem was put out for a bounty"),
        Stage.ANSWERED: gettext_lazy(
            "Some side accepted, declined, asked or proposed a date, or a challenge was answered"
        ),
        Stage.ACCEPTED: gettext_lazy("Both sides accepted a match, or an answer to a challenge was chosen"),
        Stage.AGREED: gettext_lazy("An agreement made from a match or a challenge of the need is in force"),
        Stage.STARTED: gettext_lazy("A project carries out that agreement"),
        Stage.PROVED: gettext_lazy("A milestone of that project has its proof"),
    },
    "challenge": {
        BountyStage.PUT_OUT: gettext_lazy("Technical problems published in the period and put out for a bounty"),
        BountyStage.ANSWERED: gettext_lazy("Somebody answered the challenge"),
        BountyStage.CHOSEN: gettext_lazy("One answer was chosen"),
        BountyStage.CONTRACTED: gettext_lazy(
            "All have signed the contract, and its price was publicised where the law asks for it"
        ),
        BountyStage.REGISTERED: gettext_lazy("The seller has registered the contract"),
        BountyStage.USED: gettext_lazy("What was delivered was put to use for the first time"),
    },
}
WAYS = {"need": gettext_lazy("All needs"), "challenge": gettext_lazy("Challenges")}
GROUPING_WORDS = {
    "kind": gettext_lazy("By kind"),
    "zone": gettext_lazy("By zone"),
    "member": gettext_lazy("By member"),
}
