"""Who may open which address: the table that `test_permissions.py` walks with every kind of person.

A route stands here with the arguments of its address and the people who may use it. Everybody else is refused: nobody
is sent to the log-in page (or told 401 by the API), others are told 403 or 404.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chanjiao.apps.notices.links import token_of
from chanjiao.apps.projects.models import ProofVersion
from tests.cast import PASSWORD
from tests.interfaces.world import World

ALL = frozenset("nobody stranger student teacher dean personnel_officer bureau_officer secretary administrator".split())
"""Every kind of person; see `tests.cast`."""
KNOWN = ALL - {"nobody"}
RUNNERS = frozenset({"secretary", "administrator"})

Arguments = Callable[[World], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Route:
    """Who may use a route, with which method and body, and what its address takes."""

    may: frozenset[str]
    arguments: Arguments = lambda world: {}
    method: str = "GET"
    body: Arguments = lambda world: {}


def people(*names: str) -> frozenset[str]:
    """Some of the cast."""
    assert set(names) <= ALL
    return frozenset(names)


def of(record: str) -> Arguments:
    """The address takes the primary key of the world's record of that name."""
    return lambda world: {"pk": getattr(world, record).pk}


def of_organisation(name: str) -> Arguments:
    """The address takes the primary key of an organisation of the cast."""
    return lambda world: {"pk": getattr(world.cast, name).pk}


def of_listing(record: str, side: str = "need") -> Arguments:
    """The address takes a side, and the primary key of a listing of the world."""
    return lambda world: {"side": side, "pk": getattr(world, record).pk}


def of_placement(record: str) -> Arguments:
    """The address takes the primary key of a record of the world's placement."""
    return lambda world: {"pk": getattr(world.placement, record).pk}


def of_transfer(name: str) -> Arguments:
    """The address takes the primary key of the world's challenge at that stage."""
    return lambda world: {"pk": getattr(world.transfer, name).pk}


def version_of_transfer(name: str) -> Arguments:
    """The form carries the version of the world's challenge at that stage."""
    return lambda world: {"version": getattr(world.transfer, name).version}


def of_dossier(name: str, **more: object) -> Arguments:
    """The address takes the primary key of the world's dossier in that state."""
    return lambda world: {"pk": getattr(world.dossiers, name).pk, **more}


def version_of_dossier(name: str, **more: object) -> Arguments:
    """The form carries the version of the world's dossier in that state."""
    return lambda world: {"version": getattr(world.dossiers, name).version, **more}


def of_plans(name: str) -> Arguments:
    """The address takes the primary key of the world's scenario, plan or change."""
    return lambda world: {"pk": getattr(world.plans, name).pk}


PLANNERS = RUNNERS | {"bureau_officer"}
PLAN_READERS = PLANNERS | {"dean", "teacher", "personnel_officer"}
CODE: Arguments = lambda world: {"system": "occupation", "code": "6-18-01-07"}  # noqa: E731
ENTERPRISE = of_organisation("enterprise")
OWN_FIRM = people("personnel_officer", "administrator")
FIRM_AND_RUNNERS = people("personnel_officer", "secretary", "administrator")
ACTING = people("dean", "personnel_officer", "bureau_officer", "secretary", "administrator")

OVERSEERS = RUNNERS | {"bureau_officer"}
"""Who oversees the programme structure."""


def token(world: World) -> dict[str, object]:
    """The address of a link that answers for the enterprise."""
    return {"token": token_of(world.link)}


PARTIES = people("dean", "teacher", "personnel_officer", "administrator")
"""Staff of the two parties of the world's agreement, which keeps its money from the secretariat."""
PARTIES_AND_RUNNERS = PARTIES | {"secretary"}
ACTING_PARTIES = people("dean", "personnel_officer", "administrator")
WRITER = people("dean", "administrator")
COLLEGE = people("dean", "teacher", "administrator")
"""Staff of the college."""
OF_MILESTONE: Arguments = lambda world: {"pk": world.project.pk, "milestone_id": world.milestone.pk}  # noqa: E731
OF_PROOF: Arguments = lambda world: {"pk": world.project.pk, "number": 1}  # noqa: E731

PAGES: dict[str, Route] = {
    "home": Route(ALL),
    "waiting_count": Route(ALL),
    "stand": Route(ALL),
    "wall": Route(ALL),
    "funnel": Route(RUNNERS),
    "funnel_rows": Route(RUNNERS),
    "search": Route(ALL),
    # accounts
    "account_login": Route(people("nobody")),
    "account_logout": Route(KNOWN),
    "demo_login": Route(people(), lambda world: {"username": "dean"}, "POST"),
    "language": Route(ALL, method="POST"),
    "scope": Route(ALL, method="POST"),
    "acting_as": Route(people("dean"), method="POST", body=lambda world: {"post": world.staff.pk}),
    "account_profile": Route(KNOWN),
    "account_change_password": Route(KNOWN),
    "account_tokens": Route(KNOWN),
    "account_token_revoke": Route(people("dean"), of("token"), "POST"),
    "account_sessions": Route(KNOWN),
    "account_sessions_end": Route(KNOWN, method="POST"),
    # notices
    "notices:inbox": Route(KNOWN),
    "notices:unread": Route(KNOWN),
    "notices:read_all": Route(KNOWN, method="POST"),
    "notices:settings": Route(KNOWN),
    "notices:contacts": Route(FIRM_AND_RUNNERS, ENTERPRISE),
    "notices:bots": Route(FIRM_AND_RUNNERS, ENTERPRISE),
    "notices:end_bot": Route(OWN_FIRM, of("bot"), "POST"),
    "notices:open": Route(people("personnel_officer"), of("notice")),
    "notices:answer": Route(ALL, token),
    # placement
    "placement:list": Route(ALL),
    "placement:add": Route(RUNNERS),
    "placement:round": Route(ALL, of_placement("round")),
    "placement:edit": Route(RUNNERS, of_placement("draft")),
    "placement:rules": Route(RUNNERS, of_placement("draft")),
    "placement:advance": Route(RUNNERS, lambda world: {"pk": world.placement.round.pk, "step": "close"}, "POST"),
    "placement:follow": Route(RUNNERS, of_placement("round")),
    "placement:seats": Route(ALL, of_placement("round")),
    "placement:add_seat": Route(FIRM_AND_RUNNERS, of_placement("draft")),
    "placement:seat": Route(ALL, of_placement("seat")),
    "placement:edit_seat": Route(FIRM_AND_RUNNERS, of_placement("draft_seat")),
    "placement:remove_seat": Route(FIRM_AND_RUNNERS, of_placement("draft_seat"), "POST"),
    "placement:ranking": Route(FIRM_AND_RUNNERS, of_placement("seat")),
    "placement:students": Route(people("dean", "administrator")),
    "placement:add_student": Route(people("dean")),
    "placement:import_students": Route(people("dean"), method="POST"),
    "placement:student": Route(people("dean", "student", "administrator"), of_placement("student")),
    "placement:edit_student": Route(people("dean", "administrator"), of_placement("student")),
    "placement:student_log_in": Route(people("dean", "administrator"), of_placement("student"), "POST"),
    "placement:student_copy": Route(people("dean", "student", "administrator"), of_placement("student")),
    "placement:delete_student": Route(people("dean", "student", "administrator"), of_placement("student"), "POST"),
    "placement:wishes": Route(people("student"), of_placement("round")),
    "placement:consent": Route(people("student"), of_placement("round"), "POST"),
    "placement:result": Route(people("student"), of_placement("round")),
    "placement:appeal": Route(people("student"), of_placement("round"), "POST"),
    "placement:answer": Route(people("student"), of_placement("offer"), "POST", lambda world: {"answer": "accept"}),
    "placement:answer_for": Route(
        people("dean", "administrator"),
        of_placement("offer"),
        "POST",
        lambda world: {"answer": "accept", "told": "电话告知"},
    ),
    "placement:team": Route(people("student"), of_placement("round"), "POST", lambda world: {"do": "form"}),
    "placement:joined": Route(people("dean", "personnel_officer", "administrator"), of_placement("offer"), "POST"),
    "placement:runs": Route(RUNNERS, of_placement("round")),
    "placement:start_run": Route(RUNNERS, of_placement("round"), "POST", lambda world: {"kind": "rerun"}),
    "placement:run": Route(ALL, of_placement("run")),
    "placement:run_files": Route(ALL, of_placement("run")),
    "placement:adopt": Route(RUNNERS, of_placement("rerun"), "POST"),
    "placement:rows": Route(RUNNERS, of_placement("run")),
    "placement:compare": Route(
        RUNNERS, lambda world: {"pk": world.placement.rerun.pk, "other": world.placement.run.pk}
    ),
    "placement:yield": Route(RUNNERS, of_placement("round")),
    "placement:offers": Route(RUNNERS, of_placement("round")),
    "placement:appeals": Route(RUNNERS, of_placement("round")),
    "placement:decide": Route(
        RUNNERS, of_placement("appeal"), "POST", lambda world: {"decision": "refuse", "answer": "成绩无误"}
    ),
    # code tables
    "reference:links": Route(RUNNERS),
    "reference:infer_links": Route(RUNNERS, method="POST"),
    "reference:judge_link": Route(RUNNERS, of("inferred"), "POST", lambda world: {"verdict": "confirm"}),
    "reference:remove_link": Route(RUNNERS, of("entered"), "POST"),
    "reference:enter_link": Route(
        RUNNERS, lambda world: {"code": "460103"}, "POST", lambda world: {"occupation": "6-18-01-07"}
    ),
    "reference:index": Route(ALL),
    "reference:suggest": Route(ALL),
    "reference:system": Route(ALL, lambda world: {"system": "occupation"}),
    "reference:term": Route(ALL, CODE),
    "reference:below": Route(ALL, CODE),
    # members
    "members:directory": Route(ALL),
    "members:organisation": Route(ALL, ENTERPRISE),
    "members:consortia": Route(ALL),
    "members:consortium": Route(ALL, of_organisation("consortium")),
    "members:register": Route(RUNNERS),
    "members:by_code": Route(RUNNERS),
    "members:edit": Route(OWN_FIRM, ENTERPRISE),
    "members:join": Route(FIRM_AND_RUNNERS, ENTERPRISE),
    "members:staff": Route(FIRM_AND_RUNNERS, ENTERPRISE),
    "members:end_staff": Route(people("dean", "administrator"), of("staff"), "POST"),
    "members:review_list": Route(RUNNERS),
    "members:membership": Route(RUNNERS | {"stranger"}, of("application")),
    "members:decide": Route(
        RUNNERS,
        of("application"),
        "POST",
        lambda world: {"decision": "decline", "reason": "材料不全", "version": world.application.version},
    ),
    "members:renew": Route(
        RUNNERS, of("membership"), "POST", lambda world: {"ends_on": "2031-01-01", "version": world.membership.version}
    ),
    "members:leave": Route(
        FIRM_AND_RUNNERS,
        of("membership"),
        "POST",
        lambda world: {"reason": "订单外移", "version": world.membership.version},
    ),
    # founding
    "founding:index": Route(RUNNERS),
    "founding:draft": Route(RUNNERS, of("founding")),
    "founding:accept": Route(RUNNERS, of("founding"), "POST", lambda world: {"version": world.founding.version}),
    "founding:discard": Route(RUNNERS, of("founding"), "POST", lambda world: {"version": world.founding.version}),
    "founding:add_fact": Route(RUNNERS, lambda world: {"pk": world.founding.pk, "kind": "goal"}),
    "founding:change_fact": Route(RUNNERS, lambda world: {"pk": world.founding.pk, "fact_id": "f1"}),
    "founding:training": Route(people("secretary"), method="POST", body=lambda world: {"agrees": "yes"}),
    "founding:corrections": Route(people("administrator")),
    "founding:confirm_fact": Route(
        RUNNERS,
        lambda world: {"pk": world.founding.pk, "fact_id": "f1"},
        "POST",
        lambda world: {"version": world.founding.version},
    ),
    "founding:merge_fact": Route(
        RUNNERS,
        lambda world: {"pk": world.founding.pk, "fact_id": "f1"},
        "POST",
        lambda world: {"version": world.founding.version, "other": "f2"},
    ),
    "founding:remove_fact": Route(
        RUNNERS,
        lambda world: {"pk": world.founding.pk, "fact_id": "f1"},
        "POST",
        lambda world: {"version": world.founding.version},
    ),
    # papers
    "papers:index": Route(ACTING - {"administrator"} | {"teacher"}),
    "papers:paper": Route(people("personnel_officer"), of("paper")),
    "papers:part": Route(people("personnel_officer"), lambda world: {"pk": world.paper.pk, "number": 0}),
    "papers:skip": Route(people("personnel_officer"), lambda world: {"pk": world.paper.pk, "number": 0}, "POST"),
    # needs and offers
    "exchange:board": Route(ALL),
    "exchange:needs": Route(ALL),
    "exchange:offers": Route(ALL),
    "exchange:need": Route(ALL, of("need")),
    "exchange:offer": Route(ALL, of("offer")),
    "exchange:own": Route(KNOWN - {"administrator"}),
    "exchange:review": Route(RUNNERS),
    "exchange:post": Route(ACTING, lambda world: {"side": "need"}),
    "exchange:edit": Route(FIRM_AND_RUNNERS, of_listing("draft")),
    "exchange:submit": Route(
        FIRM_AND_RUNNERS, of_listing("draft"), "POST", lambda world: {"version": world.draft.version}
    ),
    "exchange:judge": Route(
        RUNNERS,
        of_listing("submitted"),
        "POST",
        lambda world: {"verdict": "approve", "version": world.submitted.version},
    ),
    "exchange:close": Route(
        FIRM_AND_RUNNERS,
        of_listing("need"),
        "POST",
        lambda world: {"reason": "withdrawn", "version": world.need.version},
    ),
    "exchange:renew": Route(
        FIRM_AND_RUNNERS,
        of_listing("need"),
        "POST",
        lambda world: {"expires_on": world.later.isoformat(), "version": world.need.version},
    ),
    # matches
    "exchange:lists": Route(ALL),
    "exchange:list_edition": Route(ALL, of("edition")),
    "exchange:publish_list": Route(
        RUNNERS, method="POST", body=lambda world: {"list": "talent_needs", "consortium": world.cast.consortium.pk}
    ),
    "matching:list": Route(KNOWN),
    "matching:replies": Route(KNOWN),
    "matching:turns": Route(KNOWN),
    "matching:terms": Route(RUNNERS),
    "matching:write": Route(
        people("dean", "personnel_officer"), of("match"), "POST", lambda world: {"text": "宿舍有吗"}
    ),
    "matching:run": Route(RUNNERS, method="POST"),
    "matching:match": Route(RUNNERS | {"teacher", "dean", "personnel_officer"}, of("match")),
    "matching:accept": Route(people("dean", "personnel_officer"), of("match"), "POST"),
    "matching:decline": Route(
        people("dean", "personnel_officer"), of("match"), "POST", lambda world: {"reason": "place"}
    ),
    "matching:choice": Route(KNOWN),
    "matching:organisation_choice": Route(
        (ACTING - {"administrator"}) | {"stranger"},
        method="POST",
        body=lambda world: {"is_ranked": "1", "takes_part": "0"},
    ),
    "matching:why": Route(KNOWN),
    "matching:weights": Route(RUNNERS),
    "matching:learn": Route(RUNNERS, method="POST"),
    "matching:kind_weights": Route(RUNNERS, lambda world: {"kind": "post"}),
    "matching:restore": Route(RUNNERS, lambda world: {"kind": "post"}, "POST", lambda world: {"version": 0}),
    # agreements
    "cooperation:list": Route(KNOWN),
    "cooperation:new": Route(people("dean", "personnel_officer", "bureau_officer", "administrator")),
    "cooperation:agreement": Route(PARTIES_AND_RUNNERS, of("agreement")),
    "cooperation:draft": Route(WRITER, lambda world: {"pk": world.drafted.pk, "step": "terms"}),
    "cooperation:propose": Route(WRITER, of("drafted"), "POST", lambda world: {"version": world.drafted.version}),
    "cooperation:discard": Route(WRITER, of("drafted"), "POST", lambda world: {"version": world.drafted.version}),
    "cooperation:signatories": Route(
        WRITER, lambda world: {"pk": world.waiting.pk, "party_id": world.waiting.current.parties.all()[0].pk}
    ),
    "cooperation:sign": Route(
        people("dean", "personnel_officer"),
        of("waiting"),
        "POST",
        lambda world: {"text_sha256": world.waiting.current.text_sha256, "confirmation": PASSWORD},
    ),
    "cooperation:decline": Route(
        ACTING_PARTIES, of("waiting"), "POST", lambda world: {"reason": "再议", "version": world.waiting.version}
    ),
    "cooperation:amend": Route(ACTING_PARTIES, of("agreement"), "POST", lambda world: {"reason": "增加人数"}),
    "cooperation:renew": Route(ACTING_PARTIES, of("agreement"), "POST"),
    "cooperation:end": Route(
        ACTING_PARTIES, of("agreement"), "POST", lambda world: {"reason": "agreed", "version": world.agreement.version}
    ),
    "cooperation:publicise": Route(WRITER, lambda world: {"pk": world.transfer.unpublicised.pk}),
    "cooperation:publicities": Route(ALL),
    "cooperation:publicity": Route(ALL, of_transfer("publicity")),
    "cooperation:object_to": Route(KNOWN, of_transfer("publicity"), "POST", lambda world: {"reason": "名称不符"}),
    "cooperation:answer_objection": Route(
        WRITER,
        lambda world: {"pk": world.transfer.publicity.pk, "objection_id": world.transfer.objection.pk},
        "POST",
        lambda world: {"upheld": "no", "answer": "附成本核算"},
    ),
    "cooperation:stop_publicity": Route(WRITER, of_transfer("publicity"), "POST", lambda world: {"note": "名称有误"}),
    "cooperation:text": Route(PARTIES, lambda world: {"pk": world.agreement.pk, "number": 1}),
    "cooperation:docx": Route(PARTIES, lambda world: {"pk": world.agreement.pk, "number": 1}),
    "cooperation:pdf": Route(PARTIES, lambda world: {"pk": world.agreement.pk, "number": 1}),
    # projects
    "transfer:list": Route(ALL),
    "transfer:new": Route(ACTING | {"stranger"}),
    "transfer:challenge": Route(ALL, of_transfer("published")),
    "transfer:edit": Route(OWN_FIRM, of_transfer("drafted")),
    "transfer:publish": Route(OWN_FIRM, of_transfer("drafted"), "POST", version_of_transfer("drafted")),
    "transfer:answer": Route(people("dean", "bureau_officer"), of_transfer("published")),
    "transfer:take_back": Route(people("dean"), of_transfer("answered"), "POST"),
    "transfer:choose": Route(
        OWN_FIRM, lambda world: {"pk": world.transfer.answered.pk, "answer_id": world.transfer.answer.pk}
    ),
    "transfer:draft_contract": Route(
        ACTING_PARTIES,
        of_transfer("chosen"),
        "POST",
        lambda world: {"contract_type": "development", "version": world.transfer.chosen.version},
    ),
    "transfer:accept": Route(
        OWN_FIRM,
        of_transfer("contracted"),
        "POST",
        lambda world: {"accepted_on": "2026-10-12", "version": world.transfer.contracted.version},
    ),
    "transfer:withdraw": Route(
        OWN_FIRM,
        of_transfer("published"),
        "POST",
        lambda world: {"note": "改为自研", "version": world.transfer.published.version},
    ),
    "transfer:fail": Route(
        OWN_FIRM,
        of_transfer("answered"),
        "POST",
        lambda world: {"note": "均未达标", "version": world.transfer.answered.version},
    ),
    "transfer:contracts": Route(KNOWN),
    "transfer:register": Route(WRITER, lambda world: {"pk": world.transfer.contracted.agreement_id}),
    "transfer:first_use": Route(ACTING_PARTIES, lambda world: {"pk": world.transfer.contracted.agreement_id}),
    "transfer:speed": Route(KNOWN),
    "projects:list": Route(KNOWN),
    "projects:start": Route(ACTING_PARTIES, lambda world: {"agreement_id": world.agreement.pk}, "POST"),
    "projects:project": Route(PARTIES_AND_RUNNERS, of("project")),
    "projects:gantt": Route(PARTIES_AND_RUNNERS, of("project")),
    "projects:proofs": Route(PARTIES_AND_RUNNERS, of("project")),
    "projects:money": Route(PARTIES_AND_RUNNERS, of("project")),
    "projects:closing": Route(PARTIES_AND_RUNNERS, of("project")),
    "projects:add_milestone": Route(ACTING_PARTIES, of("project")),
    "projects:milestone": Route(ACTING_PARTIES, OF_MILESTONE),
    "projects:drop": Route(ACTING_PARTIES, OF_MILESTONE, "POST", lambda world: {"version": world.milestone.version}),
    "projects:hand_in": Route(PARTIES, of("project")),
    "projects:proof": Route(PARTIES_AND_RUNNERS, OF_PROOF),
    "projects:judge": Route(
        people("personnel_officer", "secretary", "administrator"),
        OF_PROOF,
        "POST",
        lambda world: {"sha256": ProofVersion.objects.get().sha256, "verdict": "verify"},
    ),
    "projects:replace": Route(
        people("dean", "teacher", "administrator"),
        OF_PROOF,
        "POST",
        lambda world: {"replaces": 1, "reason": "盖章", "file": SimpleUploadedFile("新.pdf", b"%PDF-1.7 2")},
    ),
    "projects:file": Route(PARTIES_AND_RUNNERS, lambda world: {"pk": world.project.pk, "number": 1, "version": 1}),
    "projects:book": Route(
        ACTING_PARTIES,
        of("project"),
        "POST",
        lambda world: {"direction": "in", "amount": "100", "booked_on": "2026-10-01"},
    ),
    "projects:unbook": Route(
        ACTING_PARTIES, lambda world: {"pk": world.project.pk, "entry_id": world.entry.pk}, "POST"
    ),
    "projects:evaluate": Route(ACTING_PARTIES, of("project"), "POST", lambda world: {"points": 4}),
    "projects:close": Route(
        ACTING_PARTIES,
        of("project"),
        "POST",
        lambda world: {"outcome": "stopped", "summary": "停办", "version": world.project.version},
    ),
    # yearly report
    "report:report": Route(KNOWN),
    "report:docx": Route(KNOWN),
    "report:pdf": Route(KNOWN),
    # curriculum
    "curriculum:point": Route(ALL, of("point")),
    "curriculum:courses": Route(WRITER, of("point")),
    "curriculum:drop": Route(
        WRITER, lambda world: {"pk": world.course_list.point_id}, "POST", lambda world: {"version": 1}
    ),
    # dossiers
    "dossiers:list": Route(KNOWN),
    "dossiers:new": Route(COLLEGE),
    "dossiers:dossier": Route(COLLEGE | {"bureau_officer", "secretary", "personnel_officer"}, of_dossier("asked")),
    "dossiers:edit": Route(COLLEGE, of_dossier("drafted")),
    "dossiers:cite": Route(COLLEGE, of_dossier("drafted")),
    "dossiers:attach": Route(
        COLLEGE,
        of_dossier("drafted"),
        "POST",
        lambda world: {"file": SimpleUploadedFile("签到.pdf", b"%PDF-1.7 4")},
    ),
    "dossiers:file": Route(COLLEGE, of_dossier("drafted", number=3)),
    "dossiers:remove": Route(COLLEGE, of_dossier("drafted", number=1), "POST"),
    "dossiers:complete": Route(WRITER, of_dossier("drafted"), "POST", version_of_dossier("drafted")),
    "dossiers:ask": Route(RUNNERS, of_dossier("complete")),
    "dossiers:opinion": Route(
        people("personnel_officer", "bureau_officer", "dean"),
        of_dossier("asked"),
        "POST",
        lambda world: {"verdict": "for"},
    ),
    "dossiers:ready": Route(RUNNERS, of_dossier("asked"), "POST", version_of_dossier("asked")),
    "dossiers:return": Route(
        RUNNERS, of_dossier("ready"), "POST", version_of_dossier("ready", reason="staff", note="补师资名单")
    ),
    "dossiers:decide": Route(
        RUNNERS,
        of_dossier("ready"),
        "POST",
        version_of_dossier("ready", decision="approved", decided_on="2026-10-12", resolution="决议3号"),
    ),
    "dossiers:carry_out": Route(
        WRITER,
        of_dossier("decided"),
        "POST",
        version_of_dossier("decided", carried_out_on=timezone.localdate().isoformat(), seats_done=160),
    ),
    "dossiers:measure": Route(
        WRITER | {"secretary"},
        of_dossier("carried_out"),
        "POST",
        version_of_dossier("carried_out", effect="reached", words="富余减半"),
    ),
    "dossiers:withdraw": Route(WRITER, of_dossier("drafted"), "POST", version_of_dossier("drafted", note="先调研")),
    "dossiers:docx": Route(COLLEGE, of_dossier("drafted")),
    "dossiers:pdf": Route(COLLEGE, of_dossier("drafted")),
    # plans
    "plans:list": Route(KNOWN),
    "plans:add": Route(PLANNERS),
    "plans:compare": Route(KNOWN),
    "plans:scenario": Route(PLAN_READERS, of_plans("scenario")),
    "plans:solve": Route(
        PLANNERS,
        of_plans("scenario"),
        "POST",
        lambda world: {**world.plans.scenario.options, "title": "基准方案", "version": world.plans.scenario.version},
    ),
    "plans:stop": Route(PLANNERS, of_plans("scenario"), "POST"),
    "plans:plan": Route(PLAN_READERS, of_plans("plan")),
    "plans:files": Route(PLAN_READERS, of_plans("plan")),
    "plans:change": Route(PLAN_READERS, of_plans("change")),
    # programmes
    "programmes:list": Route(ALL),
    "programmes:point": Route(ALL, of("point")),
    "programmes:add": Route(people("dean", "administrator")),
    "programmes:edit": Route(people("dean", "administrator"), of("point")),
    "programmes:years": Route(ALL),
    "programmes:tell_year": Route(people("dean", "secretary", "administrator"), of("point")),
    "programmes:demand": Route(ALL),
    "programmes:tell_demand": Route(OVERSEERS),
    "programmes:edit_demand": Route(OVERSEERS, of("demand")),
    "programmes:chains": Route(ALL),
    "programmes:add_chain": Route(OVERSEERS),
    "programmes:edit_chain": Route(OVERSEERS, of("chain")),
    "programmes:alignment": Route(ALL),
    "programmes:behind": Route(ALL),
    "programmes:flow": Route(ALL),
    "programmes:forecasts": Route(ALL),
    "programmes:forecast": Route(ALL, lambda world: {"code": "6-18-01"}),
    "programmes:warnings": Route(KNOWN),
    "programmes:card": Route(OVERSEERS | {"dean", "teacher"}, of("card")),
    "programmes:issue": Route(OVERSEERS, method="POST", body=lambda world: {"rule_set": "fujian", "year": 2026}),
    "programmes:rules": Route(ALL),
    # import and export
    "imports:index": Route(ACTING | {"stranger"}),
    "imports:export": Route(ACTING | {"stranger"}, lambda world: {"kind": "needs"}),
    "imports:template": Route(ACTING | {"stranger"}, lambda world: {"kind": "needs"}),
    "imports:batch": Route(OWN_FIRM, of("batch")),
    "imports:confirm": Route(OWN_FIRM, of("batch"), "POST"),
    "imports:discard": Route(OWN_FIRM, of("batch"), "POST"),
    "imports:undo": Route(OWN_FIRM, of("done_batch"), "POST"),
    "imports:rejected": Route(OWN_FIRM, of("batch")),
    # administration
    "administration:index": Route(RUNNERS),
    "administration:record": Route(RUNNERS),
    "administration:change": Route(people("administrator"), of("record")),
    "administration:events": Route(RUNNERS),
    "administration:people": Route(RUNNERS),
    "administration:register_person": Route(RUNNERS),
    "administration:person": Route(RUNNERS, lambda world: {"pk": world.staff.user_id}),
    "administration:end_account": Route(people("administrator"), lambda world: {"pk": world.staff.user_id}, "POST"),
    "administration:reopen_account": Route(people("administrator"), lambda world: {"pk": world.staff.user_id}, "POST"),
    "administration:reset_password": Route(people("administrator"), lambda world: {"pk": world.staff.user_id}, "POST"),
    "administration:jobs": Route(RUNNERS),
    "administration:cancel_job": Route(people("administrator"), of("job"), "POST"),
    "administration:retry_job": Route(people("administrator"), of("failed_job"), "POST"),
}
