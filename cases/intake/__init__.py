"""Intake (收件): a CSV of clue reports, read as hostile input into report drafts and remarks.

What does not live here: the database, the desk, and what becomes of a report afterwards.
"""

from cases.intake.clues import read_clues
from cases.intake.rejects import write_rejects
from cases.intake.report import Dissuasion, Reading, Remark, Report

__all__ = ["Dissuasion", "Reading", "Remark", "Report", "read_clues", "write_rejects"]
