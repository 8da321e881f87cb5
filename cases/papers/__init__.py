"""Official documents (文书): from a declaration and facts to a filled document, and from that to PDF and Word.

Pure: no database, no network, no clock. What does not live here: which documents there are (packs), numbers and
keeping (desk, store). The two libraries that draw are imported only when something is drawn.
"""
