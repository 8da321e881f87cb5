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
    # the overview
    "全区概况": "Overview", "近 {days} 天": "Last {days} days", "自": "From", "至": "To", "查看": "Show", "小区": "Community", "工作站": "Workstation", "部门": "Department",
    "各小区在办和超期": "Open and overdue by community", "其他在办": "others open", "没有小区": "No community", "没有工作站": "No workstation", "没有在办的线索。": "No report is open.",
    "下载表格": "Download", "这段时间没有数据。": "Nothing in this period.", "少": "few", "未认定事项": "Not classified", "代码": "Code", "基数": "base",
    "超期/在办": "Overdue of open", "本期登记": "Registered in the period", "本期派遣": "Given in the period", "按时签收": "Signed for in time", "按时办结": "Handled in time",
    "退单/派遣": "Given back", "平均用时(小时)": "Mean hours", "中位用时(小时)": "Median hours", "本期最多的事项": "Most frequent matters", "怎么算": "How it is counted",
    "小区、工作站:线索;在办和超期按现在,登记按所选时间。": "Communities and workstations: reports; open and overdue as of now, registered in the period.",
    "部门:所选时间派遣的任务。按时签收、按时办结 = 按时的期限 / 已到期或已停止的期限;停表中的不计,退回的任务不计入办结。": "Departments: tasks given in the period. In time = limits kept of limits that have ended; those that stand still do not count, nor do tasks given back when it comes to handling.",
    "用时:所选时间办结的任务,从派遣到办结,自然时间。": "Hours: tasks concluded in the period, from their dispatch, by the clock.",
    "基数不足 5 的只列件数,不算比例和用时。": "Of fewer than 5 only the counts are told, no per cent and no hours.",
    "调解案件和依法封存的任务不计入。": "Mediations and tasks sealed by law are not counted.",
    # filters of the queue it leads into
    "类型": "Kind", "登记日": "Registered on", "办结日": "Ended on",
}
# fmt: on
