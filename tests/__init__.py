"""The tests mirror the rooms; this file keeps ``tests/cases`` from shadowing ``cases``."""
