"""Every case type the house knows (案件类型登记), checked when imported."""

from __future__ import annotations

from cases.machines.assignment import ASSIGNMENT
from cases.machines.clue import CLUE
from cases.machines.confirmation import CONFIRMATION
from cases.machines.litigation import LITIGATION
from cases.machines.mediation import MEDIATION
from cases.machines.supervision import SUPERVISION

CASE_TYPES = (CLUE, ASSIGNMENT, SUPERVISION, MEDIATION, CONFIRMATION, LITIGATION)
