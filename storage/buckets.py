"""A minute's calls and tokens of an account, shared by every program that asks it.

A bucket holds a third of a minute's allowance and fills so that no minute sees more than the whole. The database's
clock fills it: programs on several machines need not agree about the time.
"""

from typing import Any

from sqlalchemy import ColumnElement, Float, bindparam, case, cast, func, literal_column, select, update
from sqlmodel import Session

from monitor.domain.ledger import Quota
from storage.prepared import Prepared
from storage.rows import insert_on
from storage.tables import BucketRow, table

_buckets = table(BucketRow)
_BURST = 1 / 3  # of a minute's allowance may go out at once
_MINUTE = 60.0


def take(tx: Session, quota: Quota, tokens: int) -> float:
    """Take a call and so many tokens and return 0.0, or take nothing and return the seconds until they are there."""
    if not quota.calls and not quota.tokens:
        return 0.0
    calls, left = _filled(tx, quota)
    # A call that is larger than the bucket goes out when the bucket is full, and leaves it below zero.
    missing = max(_wait(calls, 1.0, quota.calls), _wait(left, min(float(tokens), _cap(quota.tokens)), quota.tokens))
    if missing <= 0:
        _TAKEN.run(tx, {"who": quota.account, "calls_taken": 1.0, "tokens_taken": float(tokens)})
    return max(missing, 0.0)


def charge(tx: Session, account: str, tokens: int) -> None:
    """Take tokens that a call took beyond what was expected; less than 0 gives them back."""
    _TAKEN.run(tx, {"who": account, "calls_taken": 0.0, "tokens_taken": float(tokens)})


def _cap(per_minute: int) -> float:
    return max(per_minute * _BURST, 1.0)


def _rate(per_minute: int) -> float:
    """Return what a second brings: the bucket at once and a minute's filling are a minute's allowance together."""
    return max(per_minute - _cap(per_minute), per_minute / 2) / _MINUTE


def _wait(there: float, wanted: float, per_minute: int) -> float:
    return (wanted - there) / _rate(per_minute) if per_minute else 0.0


def _filled(tx: Session, quota: Quota) -> tuple[float, float]:
    """Fill the bucket up to now and return what is in it."""
    values = {
        "who": quota.account,
        "calls_cap": _cap(quota.calls),
        "calls_rate": _rate(quota.calls),
        "tokens_cap": _cap(quota.tokens),
        "tokens_rate": _rate(quota.tokens),
    }
    row = _FILLED.run(tx, values).fetchone()
    if row is None:
        _NEW.run(tx, values)
        row = _FILLED.run(tx, values).fetchone()
    return row[0], row[1]


def _now(dialect: str) -> ColumnElement[float]:
    if dialect == "sqlite":
        return (func.julianday("now") - literal_column("2440587.5")) * literal_column("86400.0")
    return cast(func.extract("epoch", func.clock_timestamp()), Float)


def _fill(dialect: str) -> Any:
    now = _now(dialect)
    # A clock that was set back fills nothing and is believed from now on.
    gone = case((now > _buckets.c.filled, now - _buckets.c.filled), else_=literal_column("0.0"))
    least = func.min if dialect == "sqlite" else func.least

    def filled(name: str) -> ColumnElement[float]:
        cap, rate = (bindparam(f"{name}_{what}", type_=Float()) for what in ("cap", "rate"))
        return least(cap, _buckets.c[name] + gone * rate)

    found = update(_buckets).where(_buckets.c.account == bindparam("who"))
    return found.values(calls=filled("calls"), tokens=filled("tokens"), filled=now).returning(
        _buckets.c.calls, _buckets.c.tokens
    )


def _new(dialect: str) -> Any:
    caps = (bindparam(f"{name}_cap", type_=Float()) for name in ("calls", "tokens"))
    row = select(bindparam("who", type_=_buckets.c.account.type), *caps, _now(dialect))
    names = ["account", "calls", "tokens", "filled"]
    # SQLite takes `ON` for a join's unless something stands before it.
    chosen = row.where(literal_column("1") == literal_column("1"))
    return insert_on(dialect, _buckets).from_select(names, chosen).on_conflict_do_nothing()


_FILLED = Prepared(_fill)
_NEW = Prepared(_new)
_TAKEN = Prepared(
    lambda _: (
        update(_buckets)
        .where(_buckets.c.account == bindparam("who"))
        .values(
            calls=_buckets.c.calls - bindparam("calls_taken", type_=Float()),
            tokens=_buckets.c.tokens - bindparam("tokens_taken", type_=Float()),
        )
    )
)
