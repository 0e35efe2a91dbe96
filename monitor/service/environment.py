"""What the surroundings say: addresses and passwords, never written anywhere else."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Variables that start with LIKENESS_; the vendors' keys are read where they are used."""

    model_config = SettingsConfigDict(env_prefix="LIKENESS_", extra="ignore", env_ignore_empty=True)

    database_url: SecretStr = SecretStr("sqlite:///likeness.db")
    smtp_url: SecretStr = SecretStr("")  # empty: mails go to `mail_folder` as .eml files
    mail_folder: Path = Path("mail")
    reports_folder: Path = Path("reports")
    mask_key: SecretStr = SecretStr("")  # what masks of personal data are made with; empty: the store's own
    prices: Path | None = None  # a price file that goes before the built-in one
