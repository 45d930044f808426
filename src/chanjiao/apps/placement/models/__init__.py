"""Tables of placement: the round and its seats, the students and their wishes, runs and what follows from them."""

from chanjiao.apps.placement.models.answers import Appeal, AppealState, OfferState, PlacementOffer, WaitingPlace
from chanjiao.apps.placement.models.rounds import (
    InternshipRule,
    LotteryCommitment,
    PlacementRound,
    SeatGroup,
    SeatReserve,
    TravelTime,
)
from chanjiao.apps.placement.models.runs import Placement, PlacementRun, RunKind, SeatResult
from chanjiao.apps.placement.models.students import Consent, FirmRanking, Student, Wish, WishList
from chanjiao.apps.placement.rules.states import RoundState

__all__ = [
    "Appeal", "AppealState", "Consent", "FirmRanking", "InternshipRule", "LotteryCommitment", "OfferState",
    "Placement", "PlacementOffer", "PlacementRound", "PlacementRun", "RoundState", "RunKind", "SeatGroup",
    "SeatReserve", "SeatResult", "Student", "TravelTime", "WaitingPlace", "Wish", "WishList",
]  # fmt: skip
