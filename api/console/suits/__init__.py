"""The pages of many suits at once (批量诉讼页面) and of those who supervise.

What does not live here: a single suit, which has its sheet like any case.
"""
