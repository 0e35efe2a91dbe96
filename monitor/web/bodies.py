"""What programs send: a field that is not known is refused, since a misspelt one would do something else in silence."""

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
