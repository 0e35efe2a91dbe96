"""An answer without end is cut to what can be read and stored; the exchange keeps all of it."""

from dataclasses import replace

from monitor.domain.answers import Finish, Reply

LONGEST = 1_000_000  # characters of an answer's text; max_tokens of 2,048 make about 10,000


def bounded(reply: Reply, longest: int = LONGEST) -> Reply:
    """Return a longer reply cut off and marked so, without the citations of what is gone; the vendor's word stays.

    >>> bounded(Reply(text="Take the K2."), 4)
    Reply(text='Take', finish=<Finish.TRUNCATED: 'truncated'>, sources=(), ...)
    """
    if len(reply.text) <= longest:
        return reply
    kept = tuple(each for each in reply.citations if each.end is None or each.end <= longest)
    return replace(reply, text=reply.text[:longest], finish=Finish.TRUNCATED, citations=kept)
