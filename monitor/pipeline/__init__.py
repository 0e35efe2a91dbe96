"""ask -> read -> measure -> decide -> tell: the verbs in order, nothing else.

Storage is met only between the steps; each can be killed and run again without losing or doubling anything.
"""

from monitor.pipeline.affording import Outlook, outlook
from monitor.pipeline.asking import Settled, ask, close, plan, plan_probes, to_ask
from monitor.pipeline.catching_up import catch_up
from monitor.pipeline.deciding import LOOK_BACK, decide, looked_at
from monitor.pipeline.house import HISTORY, House, mail_domain, naming
from monitor.pipeline.portraying import BEGINNING, portray
from monitor.pipeline.reading import dated, measure, read
from monitor.pipeline.recounting import recount, restore
from monitor.pipeline.telling import tell
from monitor.pipeline.withdrawing import withdraw

__all__ = [
    "BEGINNING",
    "HISTORY",
    "LOOK_BACK",
    "House",
    "Outlook",
    "Settled",
    "ask",
    "catch_up",
    "close",
    "dated",
    "decide",
    "looked_at",
    "mail_domain",
    "measure",
    "naming",
    "outlook",
    "plan",
    "plan_probes",
    "portray",
    "read",
    "recount",
    "restore",
    "tell",
    "to_ask",
    "withdraw",
]
