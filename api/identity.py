"""Who comes in (身份): passwords, sessions, API keys, and the lock after failed logins.

Passwords are argon2id hashes, tokens and keys are kept as SHA-256 only. A try is counted before its password is looked
at, an unknown login costs as much as a known one, and every failure gets the same answer. Logins run on real time: in
a demonstration the simulated one may jump. What does not live here: the rows (store) and roles' permissions (machines).
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection

from api.problems import AtTheEdge
from cases.errors import Malformed
from cases.grammar import Actor
from cases.ports import Clock
from cases.settings import Settings
from cases.store import accounts
from cases.store.accounts import Key, NewAccount, Person
from cases.store.database import Database

SIDE_BY_SIDE = 2
"""Passwords hashed at the same time: each takes tens of megabytes and a core."""

PATIENCE = 10.0
SHORTEST_PASSWORD = 10
TOKEN_MARK, KEY_MARK = "hs_", "hy_"
PREFIX_BYTES, SECRET_BYTES = 6, 32
EVERYTHING = accounts.SCOPES
FAILED = "登录名或密码不正确,或账号已暂时锁定"
RULES = f"至少 {SHORTEST_PASSWORD} 位,含大写、小写、数字、符号中的三种,不得含有登录名"
SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ", "abcdefghjkmnpqrstvwxyz", "23456789"
"""What a password that is handed out is made of: nothing that is easily confused."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: the actor, what the session or key allows, and until when."""

    actor: Actor
    by: str
    login: str | None
    scopes: frozenset[str]
    expires_at: datetime
    handed: bool = False
    """Whether the session was opened with a password somebody else gave: it opens nothing but the door to a new one."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A login that succeeded; the token is told once."""

    token: str
    expires_at: datetime
    person: Person


@dataclass(frozen=True, slots=True)
class KeyWish:
    """What a new API key should be good for; it lives a year at most."""

    org: str
    name: str
    roles: frozenset[str]
    scopes: frozenset[str]
    lifetime: timedelta = accounts.LONGEST_KEY


def digest(text: str) -> str:
    """What is kept of a token or key: both are 32 random bytes, so a plain digest cannot be guessed back."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def unauthenticated(sentence: str = "请先登录,或提供有效的接口密钥") -> AtTheEdge:
    """The one answer to everybody who is not let in."""
    return AtTheEdge("unauthenticated", sentence, {"WWW-Authenticate": "Bearer"})


def checked_password(password: str, login: str) -> str:
    """The password, if it is long and mixed enough and does not hold the login; Malformed says what is wrong."""
    classes = sum(bool(re.search(pattern, password)) for pattern in (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z0-9]"))
    if len(password) < SHORTEST_PASSWORD or classes < 3:
        raise Malformed("密码太简单", {"password": f"至少 {SHORTEST_PASSWORD} 位,含大写、小写、数字、符号中的三种"})
    if login.lower() in password.lower():
        raise Malformed("密码太简单", {"password": "不得含有登录名"})
    return password


def made_password() -> str:
    """A password to be handed out: four groups of four signs, from each kind of sign some."""
    while True:
        signs = "".join(secrets.choice("".join(SIGNS)) for _ in range(16))
        if all(set(kind) & set(signs) for kind in SIGNS):
            return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


class Passwords:
    """Hashes and checks passwords, few at a time."""

    def __init__(self, hasher: PasswordHash | None = None) -> None:
        self._hasher = hasher or PasswordHash((Argon2Hasher(),))
        self._seats = threading.BoundedSemaphore(SIDE_BY_SIDE)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe(16))

    @contextmanager
    def _seat(self) -> Iterator[None]:
        if not self._seats.acquire(timeout=PATIENCE):
            raise AtTheEdge("rate_limited", "登录的人太多,请稍后再试", {"Retry-After": "10"})
        try:
            yield
        finally:
            self._seats.release()

    def hash(self, password: str) -> str:
        """The argon2id hash of a password."""
        with self._seat():
            return self._hasher.hash(password)

    def fits(self, password: str, person: Person | None) -> bool:
        """Whether it is this person's password; for nobody the same work is done."""
        kept = person.password_hash if person else self._nobodys
        with self._seat():
            fits = self._hasher.verify(password, kept)
        return fits and person is not None


class Identity:
    """Lets people and machines in. ``clock`` is the real one."""

    def __init__(
        self, database: Database, settings: Settings, clock: Clock, passwords: Passwords | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self.passwords = passwords or Passwords()
        self._lasts = timedelta(hours=settings.session_hours)
        self._idle = timedelta(minutes=settings.idle_minutes)

    def open_account(self, connection: Connection, account: NewAccount, password: str) -> str:
        """Open an account with a checked password and answer its id; ``account.password_hash`` is filled in here."""
        hashed = self.passwords.hash(checked_password(password, account.login))
        complete = NewAccount(account.login, account.name, account.org, account.roles, hashed)
        return accounts.add_account(connection, complete, self._clock.now())

    def login(self, login: str, password: str) -> Entered:
        """Open a session; every failure, whatever its cause, is the same refusal."""
        with self._database.writing() as connection:
            person = accounts.count_try(connection, login, self._clock.now())
        if not self.passwords.fits(password, person) or person is None:
            self._note_failure(person)
            raise unauthenticated(FAILED)
        token, now = TOKEN_MARK + secrets.token_urlsafe(SECRET_BYTES), self._clock.now()
        with self._database.writing() as connection:
            accounts.let_in(connection, person, digest(token), now, now + self._lasts)
        return Entered(token, now + self._lasts, person)

    def _note_failure(self, person: Person | None) -> None:
        if person is not None:
            with self._database.writing() as connection:
                accounts.note_refused(connection, person.id, "unauthenticated", "login", self._clock.now())

    def replace_password(self, login: str, old: str, new: str) -> None:
        """Its owner chooses a new password, knowing the old one; all sessions end. A wrong old one counts as a failed
        login."""
        try:
            checked_password(new, login)
        except Malformed as refusal:
            raise Malformed(refusal.sentence, {"new": refusal.fields["password"]}) from refusal
        if old == new:
            raise Malformed("新密码不能与原密码相同", {"new": "新密码不能与原密码相同"})
        with self._database.writing() as connection:
            person = accounts.count_try(connection, login, self._clock.now())
        if not self.passwords.fits(old, person) or person is None:
            self._note_failure(person)
            raise Malformed("原密码不正确,或账号已暂时锁定", {"old": "原密码不正确,或账号已暂时锁定"})
        hashed = self.passwords.hash(new)
        with self._database.writing() as connection:
            accounts.set_password(connection, login, hashed)

    def logout(self, token: str) -> None:
        """End a session; it is worth nothing from now on, in any process."""
        with self._database.writing() as connection:
            accounts.end_session(connection, digest(token))

    def issue_key(self, connection: Connection, wish: KeyWish) -> str:
        """Make an API key and answer it; this is the only time it can be read."""
        prefix, secret = secrets.token_hex(PREFIX_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        now = self._clock.now()
        ends = now + wish.lifetime
        key = Key(prefix, digest(secret), wish.org, wish.name, wish.roles, wish.scopes, ends, None, None)
        accounts.add_key(connection, key, now)
        return f"{KEY_MARK}{prefix}_{secret}"

    def caller(self, token: str, *, touch: bool = True) -> Caller:
        """Whose token or key this is; the same refusal for unknown, expired, revoked and barred ones. With ``touch``
        off a session is not prolonged by being asked for."""
        return self._by_key(token) if token.startswith(KEY_MARK) else self._by_session(token, touch)

    def _by_session(self, token: str, touch: bool) -> Caller:
        now, kept = self._clock.now(), digest(token)
        with self._database.reading() as connection:
            found = accounts.session_of(connection, kept)
        if found is None or not found.person.active or now >= min(found.expires_at, found.seen_at + self._idle):
            raise unauthenticated()
        if touch and now - found.seen_at > accounts.TOUCH:
            with self._database.writing() as connection:
                accounts.touch_session(connection, kept, now)
        person = found.person
        actor = Actor(person.id, person.name, person.org, person.roles)
        return Caller(actor, "session", person.login, EVERYTHING, found.expires_at, person.handed)

    def _by_key(self, token: str) -> Caller:
        now = self._clock.now()
        prefix, _, secret = token.removeprefix(KEY_MARK).partition("_")
        with self._database.reading() as connection:
            key = accounts.key_of(connection, prefix)
        right = secrets.compare_digest(key.key_hash if key else digest(""), digest(secret))
        if key is None or not right or key.revoked_at is not None or now >= key.expires_at:
            raise unauthenticated()
        if key.used_at is None or now - key.used_at > accounts.TOUCH:
            with self._database.writing() as connection:
                accounts.touch_key(connection, prefix, now)
        actor = Actor(f"key:{key.prefix}", key.name or key.org, key.org, key.roles)
        return Caller(actor, "key", None, key.scopes, key.expires_at)
