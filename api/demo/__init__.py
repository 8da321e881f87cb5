"""The demonstration (演示): one whole run from a file of reports to answers, with everybody played over HTTP.

What does not live here: any rule about cases, and the demo departments themselves (receiver).
"""
