"""The board of the day and the overview in English (看板英文): their texts.

What does not live here: the rest of the console (english), and what the domain says, which is said in Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
FIGURES: Mapping[str, str] = {
    # the board
    "今日看板": "Today", "全部机构": "All organisations", "{org}及下属机构": "{org} and all under it",
    "手上的": "On hand", "要决定的": "To be decided", "等答复的": "Waiting for an answer",
    "在办": "Open", "还没有结束的案件": "cases that have not ended", "今日到期": "Due today", "今天之内到期,尚未超期": "due before the day is out",
    "最近的时限已过": "past their nearest limit", "重办": "Reopened", "等待重新派遣": "to be dispatched again",
    "待裁定退单": "Returns to rule on", "部门已提交,等站长裁定": "submitted; the head of the station rules",
    "待批延期": "Extensions to decide", "申请人以外的人批准": "by somebody else than who asked",
    "退单在途": "Returns under way", "部门申请中和裁定中": "asked for, or waiting for a ruling", "今日退单": "Returned today", "今天同意退回的任务": "tasks given back today",
    "督办待答复": "Orders to be answered", "督办单已签发,单位未答复": "issued, and not answered yet", "催办未答复": "Reminders not answered", "已催办,部门未答复": "the department has not answered",
    "超期在谁手上": "Overdue, by who holds it", "超期案件过多,只数到前一万件。": "There are very many; only the first 10,000 were counted.",
    "没有超期的案件。": "Nothing is overdue.", "不在任何单位手上": "In nobody's hands",
    "谁答复": "Who must answer", "督办单": "Order", "签发": "Issued", "答复期限": "Due", "没有等待答复的督办单。": "No order waits for an answer.",
    "近十四天的线索": "Reports of the last fourteen days", "登记和了结,件": "registered and ended", "了结": "Ended", "日期": "Day",
    "近十四天每天登记和了结的线索,数字见下表": "Reports registered and ended on each of the last fourteen days; the table below has the figures",
    "了结含办结、不予受理、转其他渠道和并案。": "Ended: closed, declined, redirected or merged.",
    # filters of the queue it leads into
    "类型": "Kind", "登记日": "Registered on", "办结日": "Ended on",
}
# fmt: on
