"""Who issued, approved or told: the parts that organisations play in what was written."""

from __future__ import annotations

import re

from chanjiao.engines.text.cited import IS_NOTICE, OWN_TITLE
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.resolve import Cluster
from chanjiao.engines.text.view import View

_TELLS = re.compile(
    "讯|[^，。\n]{0,8}[0-9]{1,2}日(?:电|讯)|[ ]?(?:全媒体|首席|特约|实习|融媒体?)?(?:记者|通讯员)|报道|消息|"
    "[ ]?20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日[ ]*第?[0-9A-Z]"
)
_SIGNED = re.compile("[ ]*\n[ ]*(?:20[0-9]{2}年|二[〇○零])")
_APPROVES = re.compile("批复|同意|(?:组建|成立|设立).*(?:联合体|共同体|集团|联盟)")


def approving(role: str, behind: str) -> str:
    """The role itself; who issues a document by which something is founded approves it."""
    title = behind.partition("》")[0]
    return "approver" if role == "issuer" and _APPROVES.search(title) else role


def give_by_papers(view: View, mentions: list[Mention], of_start: dict[int, Cluster]) -> None:
    """Every mention's cluster has the roles that titles, signatures and datelines give it."""
    own = OWN_TITLE.search(view.level[:800])
    notice = own if own is not None and IS_NOTICE.search(view.level) else None
    for mention in mentions:
        roles = of_start[mention.start].roles
        roles |= _named_in_title(view, mention)
        if of_start[mention.start].type == "media" and _TELLS.match(view.level[mention.end : mention.end + 24]):
            roles.add("source")
        if notice is not None and _issues(view, mention, notice):
            roles |= {"issuer", "approver"} if "批复" in notice[1] else {"issuer"}


def _named_in_title(view: View, mention: Mention) -> set[str]:
    """A government whose name begins a document's title issued it; a 批复 means that it approved."""
    if not mention.start or view.level[mention.start - 1] != "《" or mention.type not in ("government", "party"):
        return set()
    title = view.level[mention.end : view.level.find("》", mention.end)]
    return {approving("issuer", title)} if title.startswith("关于") else set()


def _issues(view: View, mention: Mention, title: re.Match[str]) -> bool:
    """Whether the body begins the title of a notice, or signs it."""
    alone = _SIGNED.match(view.level, mention.end) and view.level[: mention.start].endswith("\n")
    return mention.start == title.start(1) or bool(alone and mention.start > title.end())
