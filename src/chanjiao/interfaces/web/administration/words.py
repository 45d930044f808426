"""Actions, kinds of object and columns in the reader's words."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ACTION_WORDS = {
    "accept_founding": gettext_noop("Accepted a founding"),
    "accept_match": gettext_noop("Accepted a match"),
    "add_bot": gettext_noop("Set up a group bot"),
    "end_bot": gettext_noop("Ended a group bot"),
    "name_contact": gettext_noop("Named a contact for replies"),
    "set_reply_term": gettext_noop("Set the time for a reply"),
    "write_on_match": gettext_noop("Wrote on a match"),
    "publish_list": gettext_noop("Published an official list"),
    "set_rhythm": gettext_noop("Set how to be told"),
    "add_alias": gettext_noop("Added another name"),
    "add_programme_point": gettext_noop("Added a programme"),
    "add_seat": gettext_noop("Entered a seat group"),
    "add_staff": gettext_noop("Gave a post"),
    "adopt_rerun": gettext_noop("Adopted a re-run"),
    "answer_offer": gettext_noop("Answered an offered place"),
    "apply_for_membership": gettext_noop("Applied to join a consortium"),
    "appoint_administrator": gettext_noop("Appointed an administrator"),
    "approve_membership": gettext_noop("Admitted a member"),
    "change_password": gettext_noop("Changed the password"),
    "close_listing": gettext_noop("Closed a listing"),
    "close_rankings": gettext_noop("Closed rankings"),
    "close_round": gettext_noop("Concluded a round"),
    "close_wishes": gettext_noop("Closed wishes"),
    "commit_lottery": gettext_noop("Committed to the lottery"),
    "correct_founding": gettext_noop("Corrected a founding draft"),
    "decide_appeal": gettext_noop("Decided an appeal"),
    "decline_match": gettext_noop("Declined a match"),
    "decline_membership": gettext_noop("Declined an application"),
    "delete_student": gettext_noop("Deleted a student's data"),
    "discard_founding": gettext_noop("Discarded a founding draft"),
    "edit_listing": gettext_noop("Edited a listing"),
    "edit_organisation": gettext_noop("Edited an organisation"),
    "edit_profile": gettext_noop("Edited their particulars"),
    "edit_programme_point": gettext_noop("Edited a programme"),
    "edit_round": gettext_noop("Edited a round"),
    "edit_seat": gettext_noop("Edited a seat group"),
    "edit_student": gettext_noop("Edited a student"),
    "end_account": gettext_noop("Closed an account"),
    "end_staff": gettext_noop("Took back a post"),
    "enrol_member": gettext_noop("Enrolled a member"),
    "expire_listing": gettext_noop("Let a listing expire"),
    "expire_membership": gettext_noop("Let a membership expire"),
    "expire_offer": gettext_noop("Let an offer expire"),
    "fill_listing": gettext_noop("Took up part of a listing"),
    "final_run": gettext_noop("Made the final run"),
    "found_consortium": gettext_noop("Set up a consortium"),
    "give_consent": gettext_noop("Gave consent"),
    "give_log_in": gettext_noop("Gave a student a log-in"),
    "give_points": gettext_noop("Gave points"),
    "learn_weights": gettext_noop("Learned weights from replies"),
    "leave_membership": gettext_noop("Ended a membership"),
    "make_appeal": gettext_noop("Made an appeal"),
    "make_token": gettext_noop("Made a token"),
    "offer_next": gettext_noop("Offered a place to the next in line"),
    "open_wishes": gettext_noop("Opened wishes"),
    "plan_round": gettext_noop("Planned a round"),
    "post_listing": gettext_noop("Drafted a listing"),
    "publish_results": gettext_noop("Published results"),
    "publish_run": gettext_noop("Published a run"),
    "agree_to_training": gettext_noop("Agreed that corrections are kept"),
    "withdraw_training": gettext_noop("Took back the consent to keep corrections"),
    "enter_visit": gettext_noop("Entered a need after a visit"),
    "answer_visit": gettext_noop("Answered what was entered after a visit"),
    "read_document": gettext_noop("Read a document"),
    "settle_part": gettext_noop("Settled a part of a document"),
    "read_founding": gettext_noop("Read a founding document"),
    "record_joining": gettext_noop("Noted that a student came"),
    "record_post": gettext_noop("Noted an office holder"),
    "register_organisation": gettext_noop("Entered an organisation"),
    "register_person": gettext_noop("Gave an account"),
    "register_student": gettext_noop("Registered a student"),
    "remove_seat": gettext_noop("Took a seat group away"),
    "renew_listing": gettext_noop("Renewed a listing"),
    "renew_membership": gettext_noop("Extended a membership"),
    "reopen_account": gettext_noop("Opened an account again"),
    "replace_offer": gettext_noop("Replaced an offer by a better place"),
    "replace_run": gettext_noop("Replaced a published run"),
    "reset_password": gettext_noop("Reset a password"),
    "restore_weights": gettext_noop("Took weights back"),
    "reveal_seed": gettext_noop("Revealed the seed"),
    "review_listing": gettext_noop("Reviewed a listing"),
    "revoke_token": gettext_noop("Revoked a token"),
    "run_allocation": gettext_noop("Ran the allocation"),
    "run_matching": gettext_noop("Ran the matching"),
    "save_wishes": gettext_noop("Saved wishes"),
    "set_goal": gettext_noop("Set a goal"),
    "set_internship_rule": gettext_noop("Set a rule of internships"),
    "set_preference": gettext_noop("Chose how matching treats them"),
    "set_travel_times": gettext_noop("Set travel times"),
    "store_edition": gettext_noop("Stored an edition of a code table"),
    "submit_listing": gettext_noop("Sent a listing for review"),
    "take_points": gettext_noop("Took points back"),
    "withdraw_consent": gettext_noop("Withdrew consent"),
    "withdraw_match": gettext_noop("Withdrew a match"),
}
TASK_WORDS = {
    "exchange.expire": gettext_noop("Let listings expire that are past their day"),
    "matching.learn": gettext_noop("Learn weights from replies"),
    "matching.run": gettext_noop("Match needs with offers"),
    "members.expire": gettext_noop("Let memberships expire that are past their term"),
    "placement.expire": gettext_noop("Pass on places whose offer ran out"),
    "placement.remind": gettext_noop("Remind of deadlines of placement"),
    "placement.run": gettext_noop("Allocate places to students"),
    "placement.tell": gettext_noop("Tell students that a result is out"),
    "matching.clock": gettext_noop("Follow matches that wait for an answer"),
    "notices.deliver": gettext_noop("Send letters and messages that are due"),
}


def action_word(action: str) -> str:
    """An action in words; its name where it has none."""
    return _(ACTION_WORDS[action]) if action in ACTION_WORDS else action


def task_word(task: str) -> str:
    """A background task in words; its name where it has none."""
    return _(TASK_WORDS[task]) if task in TASK_WORDS else task


def kind_of_object(object_type: str) -> str:
    """What kind of object a label such as `members.membership` names."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type


def column_word(object_type: str, column: str) -> str:
    """A column's name in words."""
    return str(getattr(_field(object_type, column), "verbose_name", column))


def value_word(object_type: str, column: str, value: Any) -> str:
    """A recorded value in words: the label of a choice, a time in the site's zone, yes or no, else as it is."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    field = _field(object_type, column)
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else value
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value, value))


def _field(object_type: str, column: str) -> object:
    try:
        return apps.get_model(object_type)._meta.get_field(column.removesuffix("_id"))
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
