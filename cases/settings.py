"""The environment, typed (设置). Prefix HUIYIN_; every setting is described here and nowhere else.

What does not live here: what a city decides (packs).
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = "127.0.0.0/8"
"""This machine: the departments of the demonstration live on it."""


class Settings(BaseSettings):
    """How this installation runs."""

    model_config = SettingsConfigDict(env_prefix="HUIYIN_", extra="ignore")

    home: Path = Field(default=Path("var"), description="Folder of this installation's state")
    database: str = Field(default="", description="Database URL; empty: SQLite in the home folder")
    durable: bool = Field(
        default=True, description="SQLite synchronous=FULL; false risks acknowledged steps on power loss"
    )
    pack: str = Field(default="jintan", description="Name of the jurisdiction pack, or a folder with one")
    host: str = Field(default="127.0.0.1", description="Address the API listens on")
    port: int = Field(default=8420, description="Port of the API", ge=1, le=65535)
    prefect_port: int = Field(default=8421, description="Port of the embedded Prefect server", ge=1, le=65535)
    departments_port: int = Field(default=8422, description="Port of the demo departments", ge=1, le=65535)
    prefect_api: str = Field(default="", description="URL of an outside Prefect server; empty: the embedded one")
    demo: bool = Field(default=False, description="Demonstration: demo accounts, simulated clock, demo departments")
    digest: Literal["sha256", "sm3"] = Field(default="sha256", description="Hash of the history chain")
    sms_url: str = Field(default="", description="HTTP gateway for short messages; empty: messages go to a file")
    smtp_url: str = Field(default="", description="smtp://user:password@host:port for mail; empty: no mail")
    mail_from: str = Field(default="", description="Sender address of mails")
    connect_seconds: float = Field(default=5, description="Longest wait for a receiver's connection", gt=0, le=30)
    answer_seconds: float = Field(default=15, description="Longest wait for a receiver's whole answer", gt=0, le=30)
    lease_seconds: int = Field(
        default=60, description="Lease of a claimed notice; at least answer_seconds + 10", ge=1, le=900
    )
    batch: int = Field(default=500, description="Most cases, clocks or notices in one transaction", ge=1, le=1000)
    window_seconds: float = Field(default=45, description="Longest run of one flow before the next begins", gt=0, le=60)
    linger_seconds: float = Field(default=10, description="How long a flow waits for more work", ge=0, le=30)
    poll_seconds: float = Field(default=0.2, description="Pause between two looks for work", gt=0, le=60)
    nightly: str = Field(default="30 2 * * *", description="When the histories are verified: cron, Beijing time")
    session_hours: int = Field(default=8, description="Hours until a login ends", ge=1, le=24)
    idle_minutes: int = Field(default=30, description="Idle minutes until a login ends", ge=1, le=480)
    fonts: Path | None = Field(
        default=None,
        description="Folder of the office's own fonts for documents (仿宋, 小标宋), used first",
    )
    upload_bytes: int = Field(default=20_000_000, description="Largest attachment in bytes", ge=1)
    body_bytes: int = Field(default=1_000_000, description="Largest request body without attachment in bytes", ge=1)
    public_url: str = Field(
        default="", description="Address at which the public reaches this installation, for printed codes"
    )
    proxies: str = Field(
        default="", description="Networks of reverse proxies, by commas; only they may name the client"
    )
    hook_networks: str = Field(
        default="",
        description="Networks that are not public and may hold receivers, by commas; a demonstration adds this machine",
    )
    identity_key: str = Field(
        default="", description="Key for digests of identity numbers; empty: identity.key in the home folder"
    )
    log_level: str = Field(default="INFO", description="Level of the log")

    @field_validator("hook_networks")
    @classmethod
    def _are_networks(cls, given: str) -> str:
        for part in given.split(","):
            if part.strip():
                ipaddress.ip_network(part.strip())
        return given

    @property
    def database_url(self) -> str:
        """The database in force."""
        return self.database or f"sqlite:///{self.embedded.absolute()}"

    @property
    def embedded(self) -> Path:
        """The file of the embedded database, used where no other database is named."""
        return self.home / "huiyin.db"

    @property
    def approved_networks(self) -> tuple[str, ...]:
        """Networks that are not public and may hold receivers of webhooks."""
        named = tuple(part.strip() for part in self.hook_networks.split(",") if part.strip())
        return (*named, LOOPBACK) if self.demo else named

    @property
    def prefect_url(self) -> str:
        """The Prefect API in force."""
        return self.prefect_api or f"http://127.0.0.1:{self.prefect_port}/api"
