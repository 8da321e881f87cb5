"""办理记录 (链式留痕): the hash-chained history of cases, its verification and its checkpoints. See README.md here."""

from cases.journal.audit import verify_store
from cases.journal.chain import Link, canonical, digest_of, hash_of, instant, link, record_of
from cases.journal.checkpoints import (
    Checkpoint,
    checkpoint,
    latest_checkpoint,
    merkle_root,
    verify_checkpoint,
    write_checkpoint,
)
from cases.journal.verdict import Problem, Verdict, verify

__all__ = [
    "Checkpoint",
    "Link",
    "Problem",
    "Verdict",
    "canonical",
    "checkpoint",
    "digest_of",
    "hash_of",
    "instant",
    "latest_checkpoint",
    "link",
    "merkle_root",
    "record_of",
    "verify",
    "verify_checkpoint",
    "verify_store",
    "write_checkpoint",
]
