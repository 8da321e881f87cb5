"""The published receiver (接收端): verify our webhooks, keep them in an inbox, answer over the API; demo departments.

What does not live here: the sending side (workflows) and any rule about cases.
"""
