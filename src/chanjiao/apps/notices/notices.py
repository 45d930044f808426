"""What is told of notices themselves."""

from __future__ import annotations

from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.engines.words import N_

BOT_ADDED = notice_kind(
    "bot.added", N_("{name} has set up the group “{group}” to receive notices"), button=N_("See settings"), urgent=True
)
