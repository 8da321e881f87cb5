"""Every case type the house knows (案件类型登记), checked when imported."""

from __future__ import annotations

from cases.machines.assignment import ASSIGNMENT
from cases.machines.clue import CLUE

CASE_TYPES = (CLUE, ASSIGNMENT)
