"""Who wants no more regular mail, and the keys that this store signs links with."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import Moment, Words


class KeyRow(SQLModel, table=True):
    """A random word of this store's own, made once."""

    __tablename__ = "signing_keys"

    name: str = Field(primary_key=True, sa_type=Words)
    word: str = Field(sa_type=Words)


class LeftRow(SQLModel, table=True):
    """A recipient who left one kind of regular mail about a brand."""

    __tablename__ = "unsubscribed"

    brand: str = Field(primary_key=True, sa_type=Words)
    recipient: str = Field(primary_key=True, sa_type=Words)
    kind: str = Field(primary_key=True, sa_type=Words)
    at: datetime = Field(sa_type=Moment)
