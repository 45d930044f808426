"""Who may call which operation of the API: the table that `test_api_permissions.py` walks with every kind of person.

Everybody else is told 401, 403 or 404. Lists are open to all where each reader is given what is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chanjiao.apps.projects.models import ProofVersion
from tests.cast import PASSWORD
from tests.interfaces.permission_table import (
    ACTING,
    ACTING_PARTIES,
    ALL,
    COLLEGE,
    FIRM_AND_RUNNERS,
    KNOWN,
    OF_PROOF,
    OVERSEERS,
    OWN_FIRM,
    PARTIES,
    PARTIES_AND_RUNNERS,
    PLAN_READERS,
    RUNNERS,
    WRITER,
    Arguments,
    of_dossier,
    of_placement,
    of_plans,
    of_transfer,
    people,
    version_of_dossier,
)
from tests.interfaces.world import World


@dataclass(frozen=True, slots=True)
class Operation:
    """Who may call an operation, what its path takes, its query and its body, which `is_form` sends as form data."""

    may: frozenset[str]
    path: Arguments = lambda world: {}
    body: Arguments = lambda world: {}
    query: str = ""
    is_form: bool = False


def pk(record: str) -> Arguments:
    """The path takes the primary key of the world's record of that name."""
    return lambda world: {"pk": getattr(world, record).pk}


OF_PUBLICITY = of_transfer("publicity")


def need(record: str) -> Arguments:
    """The path takes the needs, and one of them."""
    return lambda world: {"side": "needs", "pk": getattr(world, record).pk}


def enterprise(world: World) -> dict[str, object]:
    return {"pk": world.cast.enterprise.pk}


def occupation(world: World) -> dict[str, object]:
    return {"system": "occupation", "code": "6-18-01-07"}


def version_of(record: str, **others: object) -> Arguments:
    """The body holds the version of the world's record of that name, and more."""
    return lambda world: {"version": getattr(world, record).version, **others}


MATCH_READERS = RUNNERS | {"teacher", "dean", "personnel_officer"}
LISTING = {"kind": "post", "title": "钳工", "summary": "装配", "fields": {"engagement": "employment"}, "quantity": 2}
FIGURES = {"years": 3, "intake": 120, "enrolled": 350}

OPERATIONS: dict[str, Operation] = {
    "GET /reference/systems": Operation(ALL),
    "GET /reference/suggest": Operation(ALL, query="?q=6-18"),
    "GET /reference/{system}/terms": Operation(ALL, lambda world: {"system": "occupation"}),
    "GET /reference/{system}/terms/{code}": Operation(ALL, occupation),
    "GET /reference/{system}/terms/{code}/links": Operation(ALL, occupation),
    "GET /lists": Operation(ALL),
    "GET /lists/{pk}": Operation(ALL, pk("edition")),
    "GET /members/organisations": Operation(ALL),
    "POST /members/organisations": Operation(
        RUNNERS, body=lambda world: {"name": "新厂有限公司", "type": "enterprise"}
    ),
    "GET /members/organisations/{pk}": Operation(ALL, enterprise),
    "PUT /members/organisations/{pk}": Operation(
        OWN_FIRM,
        enterprise,
        lambda world: {"name": world.cast.enterprise.name, "type": "enterprise", "version": 1},
    ),
    "GET /members/consortia": Operation(ALL),
    "GET /members/consortia/{pk}": Operation(ALL, lambda world: {"pk": world.cast.consortium.pk}),
    "GET /members/memberships": Operation(ALL),
    "POST /members/memberships": Operation(
        FIRM_AND_RUNNERS,
        body=lambda world: {
            "organisation_id": world.cast.enterprise.pk,
            "consortium_id": world.cast.group.pk,
        },
    ),
    "POST /members/memberships/{pk}/decide": Operation(
        RUNNERS, pk("application"), version_of("application", approve=False, reason="材料不全")
    ),
    "POST /members/memberships/{pk}/renew": Operation(
        RUNNERS, pk("membership"), version_of("membership", ends_on="2031-01-01")
    ),
    "POST /members/memberships/{pk}/leave": Operation(
        FIRM_AND_RUNNERS, pk("membership"), version_of("membership", reason="订单外移")
    ),
    "GET /members/foundings": Operation(ALL),
    "POST /members/foundings": Operation(
        RUNNERS, body=lambda world: {"text": "5月8日，青浦川高新技术产业开发区产教联合体成立大会在青浦川市举行。"}
    ),
    "GET /members/foundings/{pk}": Operation(RUNNERS, pk("founding")),
    "POST /members/foundings/{pk}/accept": Operation(RUNNERS, pk("founding"), version_of("founding")),
    "GET /accounts/me": Operation(KNOWN),
    "GET /accounts/tokens": Operation(KNOWN),
    "DELETE /accounts/tokens/{token_id}": Operation(people("dean"), lambda world: {"token_id": world.token.pk}),
    "GET /accounts/people": Operation(KNOWN),
    "POST /accounts/people": Operation(RUNNERS, body=lambda world: {"username": "xinren", "full_name": "新人"}),
    "GET /record/events": Operation(ALL),
    "GET /record/changes": Operation(RUNNERS),
    "GET /record/jobs": Operation(ALL),
    "POST /record/jobs/{job_id}/cancel": Operation(people("administrator"), lambda world: {"job_id": world.job.pk}),
    "POST /record/jobs/{job_id}/retry": Operation(
        people("administrator"), lambda world: {"job_id": world.failed_job.pk}
    ),
    "GET /exchange/{side}": Operation(ALL, lambda world: {"side": "needs"}),
    "POST /exchange/{side}": Operation(
        FIRM_AND_RUNNERS,
        lambda world: {"side": "needs"},
        lambda world: {
            **LISTING,
            "organisation_id": world.cast.enterprise.pk,
            "consortium_id": world.cast.consortium.pk,
        },
    ),
    "GET /exchange/{side}/{pk}": Operation(ALL, need("need")),
    "PUT /exchange/{side}/{pk}": Operation(FIRM_AND_RUNNERS, need("draft"), version_of("draft", **LISTING)),
    "POST /exchange/{side}/{pk}/submit": Operation(FIRM_AND_RUNNERS, need("draft"), version_of("draft")),
    "POST /exchange/{side}/{pk}/review": Operation(
        RUNNERS, need("submitted"), version_of("submitted", verdict="approve")
    ),
    "POST /exchange/{side}/{pk}/close": Operation(
        FIRM_AND_RUNNERS, need("need"), version_of("need", reason="withdrawn")
    ),
    "POST /exchange/{side}/{pk}/renew": Operation(FIRM_AND_RUNNERS, need("need"), version_of("need")),
    "GET /matches": Operation(KNOWN),
    "GET /matches/{pk}": Operation(MATCH_READERS, pk("match")),
    "POST /matches/{pk}/accept": Operation(people("dean", "personnel_officer"), pk("match")),
    "POST /matches/{pk}/decline": Operation(
        people("dean", "personnel_officer"), pk("match"), lambda world: {"reason": "place"}
    ),
    "GET /matches/why/{need}/{offer}": Operation(
        MATCH_READERS, lambda world: {"need": world.need.number, "offer": world.offer.number}
    ),
    "GET /matches/preference": Operation(KNOWN),
    "PUT /matches/preference": Operation(KNOWN, body=lambda world: {"is_ranked": False}),
    "PUT /matches/preference/organisation": Operation(
        (ACTING - {"administrator"}) | {"stranger"}, body=lambda world: {"is_ranked": False, "takes_part": True}
    ),
    "GET /matches/weights": Operation(RUNNERS),
    "POST /matches/weights/learn": Operation(RUNNERS),
    "POST /matches/weights/{kind}/restore": Operation(
        RUNNERS, lambda world: {"kind": "post"}, lambda world: {"version": 0}
    ),
    "GET /placement/rounds": Operation(ALL),
    "GET /placement/rounds/{pk}": Operation(ALL, of_placement("round")),
    "GET /placement/rounds/{pk}/seats": Operation(ALL, of_placement("round")),
    "GET /placement/rounds/{pk}/choices": Operation(people("student"), of_placement("round")),
    "GET /placement/rounds/{pk}/wishes": Operation(people("student"), of_placement("round")),
    "PUT /placement/rounds/{pk}/wishes": Operation(
        people("student"), of_placement("round"), lambda world: {"seats": [world.placement.seat.pk]}
    ),
    "PUT /placement/rounds/{pk}/consent": Operation(people("student"), of_placement("round")),
    "DELETE /placement/rounds/{pk}/consent": Operation(people("student"), of_placement("round")),
    "GET /placement/rounds/{pk}/result": Operation(people("student"), of_placement("round")),
    "POST /placement/rounds/{pk}/appeals": Operation(
        people("student"), of_placement("round"), lambda world: {"text": "请复核"}
    ),
    "POST /placement/offers/{pk}/answer": Operation(
        people("student"), of_placement("offer"), lambda world: {"accept": True}
    ),
    "POST /placement/offers/{pk}/answer-for": Operation(
        people("dean", "administrator"), of_placement("offer"), lambda world: {"accept": True, "told": "电话告知"}
    ),
    "PUT /placement/rounds/{pk}/team": Operation(
        people("student"), of_placement("round"), lambda world: {"code": "ABC"}
    ),
    "DELETE /placement/rounds/{pk}/team": Operation(people("student"), of_placement("round")),
    "GET /placement/rounds/{pk}/runs": Operation(ALL, of_placement("round")),
    "POST /placement/rounds/{pk}/runs": Operation(RUNNERS, of_placement("round"), lambda world: {"kind": "rerun"}),
    "GET /placement/runs/{pk}": Operation(ALL, of_placement("run")),
    "GET /placement/runs/{pk}/files": Operation(ALL, of_placement("run")),
    "GET /placement/runs/{pk}/seats": Operation(ALL, of_placement("run")),
    "GET /placement/rounds/{pk}/offers": Operation(RUNNERS, of_placement("round")),
    "GET /cooperation": Operation(KNOWN),
    "GET /cooperation/kinds": Operation(ALL),
    "POST /cooperation": Operation(
        people("dean", "administrator"),
        body=lambda world: {
            "kind": "order_class",
            "organisation_id": world.cast.college.pk,
            "consortium_id": world.cast.consortium.pk,
        },
    ),
    "GET /cooperation/{pk}": Operation(PARTIES_AND_RUNNERS, pk("agreement")),
    "PUT /cooperation/{pk}": Operation(
        WRITER,
        pk("drafted"),
        lambda world: {
            "version": world.drafted.version,
            "parties": [{"role": "school", "organisation_id": world.cast.college.pk}],
        },
    ),
    "POST /cooperation/{pk}/propose": Operation(WRITER, pk("drafted"), version_of("drafted")),
    "GET /cooperation/{pk}/text/{number}": Operation(PARTIES, lambda world: {"pk": world.agreement.pk, "number": 1}),
    "POST /cooperation/{pk}/parties/{party_id}/signatories": Operation(
        WRITER,
        lambda world: {"pk": world.waiting.pk, "party_id": world.waiting.current.parties.all()[0].pk},
        lambda world: {"user_ids": [world.cast.teacher.user_id]},
    ),
    "POST /cooperation/{pk}/sign": Operation(
        people("dean", "personnel_officer"),
        pk("waiting"),
        lambda world: {"text_sha256": world.waiting.current.text_sha256, "confirmation": PASSWORD},
    ),
    "POST /cooperation/{pk}/decline": Operation(ACTING_PARTIES, pk("waiting"), version_of("waiting", reason="再议")),
    "POST /cooperation/{pk}/amend": Operation(ACTING_PARTIES, pk("agreement"), lambda world: {"reason": "增加人数"}),
    "POST /cooperation/{pk}/renew": Operation(ACTING_PARTIES, pk("agreement")),
    "POST /cooperation/{pk}/end": Operation(ACTING_PARTIES, pk("agreement"), version_of("agreement", reason="agreed")),
    "GET /transfer/challenges": Operation(ALL),
    "GET /transfer/challenges/{pk}": Operation(ALL, lambda world: {"pk": world.transfer.published.pk}),
    "GET /transfer/contracts": Operation(KNOWN),
    "GET /transfer/publicities": Operation(ALL),
    "GET /transfer/publicities/{pk}": Operation(ALL, OF_PUBLICITY),
    "POST /transfer/contracts/{pk}/publicities": Operation(
        WRITER,
        lambda world: {"pk": world.transfer.unpublicised.pk},
        lambda world: {
            "begins_on": str(timezone.localdate()),
            "ends_on": str(timezone.localdate() + timedelta(days=15)),
            "contact": "科研处",
        },
    ),
    "POST /transfer/publicities/{pk}/objections": Operation(
        KNOWN, OF_PUBLICITY, lambda world: {"reason": "公示名称不符"}
    ),
    "POST /transfer/publicities/{pk}/objections/{objection_id}/answer": Operation(
        WRITER,
        lambda world: {**OF_PUBLICITY(world), "objection_id": world.transfer.objection.pk},
        lambda world: {"upheld": False, "answer": "附成本核算"},
    ),
    "POST /transfer/publicities/{pk}/stop": Operation(WRITER, OF_PUBLICITY, lambda world: {"note": "名称有误"}),
    "GET /projects": Operation(KNOWN),
    "POST /projects": Operation(ACTING_PARTIES, body=lambda world: {"agreement_id": world.agreement.pk}),
    "GET /projects/{pk}": Operation(PARTIES_AND_RUNNERS, pk("project")),
    "POST /projects/{pk}/milestones": Operation(
        ACTING_PARTIES,
        pk("project"),
        lambda world: {"title": "结业", "due_on": world.later.isoformat(), "organisation_id": world.cast.college.pk},
    ),
    "POST /projects/{pk}/proofs": Operation(
        PARTIES, pk("project"), lambda world: {"file": SimpleUploadedFile("签到.pdf", b"%PDF-1.7 3")}, is_form=True
    ),
    "POST /projects/{pk}/proofs/{number}/replace": Operation(
        people("dean", "teacher", "administrator"),
        OF_PROOF,
        lambda world: {"replaces": 1, "reason": "盖章", "file": SimpleUploadedFile("新.pdf", b"%PDF-1.7 2")},
        is_form=True,
    ),
    "POST /projects/{pk}/proofs/{number}/verify": Operation(
        people("personnel_officer", "secretary", "administrator"),
        OF_PROOF,
        lambda world: {"sha256": ProofVersion.objects.get().sha256},
    ),
    "GET /projects/{pk}/proofs/{number}/{version}/file": Operation(
        PARTIES_AND_RUNNERS, lambda world: {"pk": world.project.pk, "number": 1, "version": 1}
    ),
    "POST /projects/{pk}/money": Operation(
        ACTING_PARTIES,
        pk("project"),
        lambda world: {"direction": "in", "amount": "100", "booked_on": "2026-10-01"},
    ),
    "POST /projects/{pk}/evaluation": Operation(ACTING_PARTIES, pk("project"), lambda world: {"points": 4}),
    "POST /projects/{pk}/close": Operation(
        ACTING_PARTIES, pk("project"), version_of("project", completes=False, summary="停办")
    ),
    "GET /curriculum/{pk}": Operation(ALL, pk("point")),
    "PUT /curriculum/{pk}/courses": Operation(WRITER, pk("point"), lambda world: {"text": "数控编程", "version": 0}),
    "GET /dossiers": Operation(KNOWN),
    "POST /dossiers": Operation(
        COLLEGE,
        body=lambda world: {
            "college_id": world.cast.college.pk,
            "consortium_id": world.cast.consortium.pk,
            "change": "extend",
            "point_id": world.point.pk,
            "seats_planned": 200,
            "from_year": timezone.localdate().year + 1,
            "case": "三家企业扩产",
        },
    ),
    "GET /dossiers/{pk}": Operation(COLLEGE | {"secretary", "bureau_officer"}, of_dossier("complete")),
    "GET /dossiers/{pk}/candidates": Operation(COLLEGE, of_dossier("drafted")),
    "POST /dossiers/{pk}/evidence": Operation(COLLEGE, of_dossier("drafted"), lambda world: {"keys": []}),
    "POST /dossiers/{pk}/files": Operation(
        COLLEGE,
        of_dossier("drafted"),
        lambda world: {"file": SimpleUploadedFile("签到.pdf", b"%PDF-1.7 5")},
        is_form=True,
    ),
    "GET /dossiers/{pk}/evidence/{number}/file": Operation(COLLEGE, of_dossier("drafted", number=3)),
    "POST /dossiers/{pk}/complete": Operation(WRITER, of_dossier("drafted"), version_of_dossier("drafted")),
    "POST /dossiers/{pk}/ask": Operation(
        RUNNERS,
        of_dossier("complete"),
        version_of_dossier("complete", organisations=[], due_on=timezone.localdate().isoformat()),
    ),
    "POST /dossiers/{pk}/opinion": Operation(
        people("dean", "personnel_officer", "bureau_officer"), of_dossier("asked"), lambda world: {"verdict": "for"}
    ),
    "POST /dossiers/{pk}/vote": Operation(RUNNERS, of_dossier("asked"), version_of_dossier("asked")),
    "POST /dossiers/{pk}/return": Operation(
        RUNNERS, of_dossier("ready"), version_of_dossier("ready", reason="staff", note="补师资名单")
    ),
    "POST /dossiers/{pk}/decision": Operation(
        RUNNERS,
        of_dossier("ready"),
        version_of_dossier("ready", decision="approved", decided_on="2026-10-12", resolution="决议3号"),
    ),
    "POST /dossiers/{pk}/carried-out": Operation(
        WRITER,
        of_dossier("decided"),
        version_of_dossier("decided", carried_out_on=timezone.localdate().isoformat(), seats_done=160),
    ),
    "POST /dossiers/{pk}/effect": Operation(
        WRITER | {"secretary"},
        of_dossier("carried_out"),
        version_of_dossier("carried_out", effect="reached", words="富余减半"),
    ),
    "POST /dossiers/{pk}/withdraw": Operation(
        WRITER, of_dossier("drafted"), version_of_dossier("drafted", note="先调研")
    ),
    "GET /plans": Operation(KNOWN),
    "GET /plans/results/{pk}": Operation(PLAN_READERS, of_plans("plan")),
    "GET /plans/results/{pk}/changes": Operation(PLAN_READERS, of_plans("plan")),
    "GET /programmes": Operation(ALL),
    "POST /programmes": Operation(
        people("dean", "administrator"),
        body=lambda world: {
            **FIGURES,
            "college_id": world.cast.college.pk,
            "level": "associate",
            "code": "460104",
        },
    ),
    "GET /programmes/years": Operation(ALL),
    "GET /programmes/demand": Operation(ALL),
    "GET /programmes/alignment": Operation(ALL),
    "GET /programmes/outlook/{code}": Operation(ALL, lambda world: {"code": "6-18-01"}),
    "GET /programmes/warnings": Operation(KNOWN),
    "GET /programmes/warnings/{pk}": Operation(OVERSEERS | {"dean", "teacher"}, pk("card")),
    "GET /programmes/{pk}": Operation(ALL, pk("point")),
    "PUT /programmes/{pk}": Operation(people("dean", "administrator"), pk("point"), version_of("point", **FIGURES)),
}
