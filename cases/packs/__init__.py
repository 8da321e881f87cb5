"""Jurisdiction packs (地区包): what a city decides, as data, and the code that reads and checks it.

One folder a city, one file a kind of row; ``base`` holds what all cities share. What does not live here: the questions
asked of a pack (``cases.rules``), the calendar arithmetic, and the published versions kept in the database.
"""
