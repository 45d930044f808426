"""Errors of needs, offers and matches."""

from __future__ import annotations

from chanjiao.core.error_words.kinds import Kind
from chanjiao.engines.words import N_

WORDS: dict[str, tuple[Kind, str]] = {
    "listing.required": (Kind.INVALID, N_("Fill this in")),
    "listing.too_long": (Kind.INVALID, N_("At most {limit} characters fit here")),
    "listing.too_many_skills": (Kind.INVALID, N_("At most {limit} skills fit here")),
    "listing.too_many_partners": (Kind.INVALID, N_("At most {limit} partners fit here")),
    "listing.unknown_partner": (Kind.INVALID, N_("No organisation here is called {value}; write its full name")),
    "listing.bad_phone": (Kind.INVALID, N_("This is not a telephone number")),
    "listing.bad_choice": (Kind.INVALID, N_("{value} is not one of the choices")),
    "listing.not_a_number": (Kind.INVALID, N_("{value} is not a number")),
    "listing.not_whole": (Kind.INVALID, N_("Only whole numbers fit here")),
    "listing.cents": (Kind.INVALID, N_("At most two decimals fit here")),
    "listing.out_of_bounds": (Kind.INVALID, N_("Give a number from {low} to {high}")),
    "listing.range_reversed": (Kind.INVALID, N_("The upper figure lies below the lower one")),
    "listing.ends_before_start": (Kind.INVALID, N_("The end lies before the start")),
    "listing.past": (Kind.INVALID, N_("This day is over")),
    "listing.open_too_long": (Kind.INVALID, N_("At most {days} days from today")),
    "listing.unknown_field": (Kind.INVALID, N_("There is no field {name} for this kind")),
    "listing.unknown_code": (
        Kind.INVALID,
        N_("{value} is not a code of the national table; choose one of the suggestions"),
    ),
    "listing.below_taken": (Kind.INVALID, N_("{taken} are taken by accepted matches already")),
    "listing.not_a_member": (Kind.INVALID, N_("This organisation is not a member of the consortium")),
    "listing.full": (Kind.CONFLICT, N_("This is no longer open, or too little of it is left")),
    "list.empty": (Kind.CONFLICT, N_("Nothing is open that belongs in this list")),
    "review.reason_required": (Kind.INVALID, N_("Say why, so that the writer knows what to change")),
    "match.answered": (Kind.CONFLICT, N_("Your side has answered already")),
    "match.failed_verification": (
        Kind.INVALID,
        N_("The matching engine failed its check ({fault}); nothing was stored"),
    ),
    "match.too_many_messages": (Kind.LIMIT, N_("{limit} messages stand here already; call each other")),
    "matching.duplicate_id": (Kind.INVALID, N_("The id {id} stands twice among the items to be matched")),
    "matching.encoder_missing": (Kind.INVALID, N_("There is no folder {path} with an encoder")),
    "matching.encoder_empty": (Kind.INVALID, N_("{path} holds neither model.safetensors nor an .onnx file")),
    "matching.encoder_incomplete": (Kind.INVALID, N_("The encoder in {path} lacks the file {name}")),
    "matching.encoder_damaged": (
        Kind.INVALID,
        N_("{name} of the encoder in {path} is damaged, cut off, or a file of another kind"),
    ),
    "matching.encoder_kind": (
        Kind.INVALID,
        N_("The encoder in {path} is of a kind that is not run here: {kind}"),
    ),
    "matching.encoder_unfit": (
        Kind.INVALID,
        N_("The files of the encoder in {path} do not belong together: settings, words and weights differ in size"),
    ),
    "matching.encoder_extra": (
        Kind.INVALID,
        N_("The encoder in {path} is in ONNX form, for which {name} is missing: install chanjiao[encoders]"),
    ),
    "matching.model_damaged": (Kind.INVALID, N_("The matching model is damaged: {reason}")),
    "weights.in_force": (Kind.CONFLICT, N_("These weights are in force already")),
}
