"""What programs send: a field that is not known is refused, since a misspelt one would do something else in silence."""

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _text(cls, value: Any) -> Any:
        """Refuse NUL, which no database of ours keeps within a text in the same way."""
        if any(isinstance(each, str) and "\0" in each for each in (value if isinstance(value, list) else [value])):
            raise ValueError("holds a character that is none (NUL); leave it out")
        return value
