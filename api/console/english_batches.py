"""The pages of many suits and of those who supervise in English (批量诉讼页面英文).

What does not live here: the forms of a suit (english_suits), and the other pages (english).
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
BATCHES: Mapping[str, str] = {
    # batches
    "批量诉讼": "Suits in batches", "漏斗": "Funnel", "进度": "Progress", "通过": "passed", "需补正": "to be repaired", "不予提交": "rejected", "清单件数": "On the manifest",
    "金额(元)": "Amount (yuan)", "提交时间": "Submitted", "清单": "Manifest", "收集中": "being collected", "清单已定,提交中": "manifest drawn, being submitted", "已提交": "submitted",
    "还没有批次提交到本院。协会提交后会列在这里。": "No batch has come to this court yet. They are listed here once an association submits them.",
    "还没有批次。诉状文件收进来以后,按批次列在这里;单件诉状在案件队列。": "No batches yet. Once a file of suits is taken in, its batches are listed here; single suits are among the cases.",
    "没有您能看的批次。": "There is no batch you may look at.", "批量诉讼由协会、法院和监督岗位使用": "Suits in batches are for associations, courts and those who supervise",
    "批次清单(PDF)": "Manifest (PDF)", "批次清单": "Manifest", "提交批次": "Submit the batch", "继续提交": "Go on submitting", "提交批次 {number}": "Submit batch {number}", "接收机构": "Received by",
    "人民法院": "Court", "筛查": "Screening", "{n} 件,共 {total} 元": "{n} suits, {total} yuan in all", "按状态看": "By state", "全部": "All", "批次中的诉状": "Suits of the batch",
    "业主": "an owner", "这里没有诉状。": "No suits here.", "联系人": "Contact", "联系电话": "Telephone of the contact", "出具清单并提交": "Draw the manifest and submit",
    "清单一经出具不再变动;还不能提交的诉状编入下一批。中途断开的,再提交一次就接着办。": "Once drawn, the manifest stays as it is; suits that may not go yet join the next batch. If it breaks off, submit again and it goes on.",
    "提交结果": "What came of it", "提交 {done} 件,留下 {left} 件;清单编号 {number}": "{done} submitted, {left} left behind; manifest {number}", "没有提交的": "Left behind",
    "补齐以后,随下一批提交。": "Once complete they go with the next batch.", "已提交的": "Submitted", "{n} 件": "{n} suits", "回到批次": "Back to the batch",
    # families
    "共同争点": "Common issue", "示范案件": "Model case", "成员": "members", "等待过": "have waited", "已参照": "followed", "未成": "refused", "已退出": "left", "等待中": "waiting", "待转入": "about to wait",
    "还没有同类案件组。": "No family of like suits yet.", "由法院确定示范案件。": "The court chooses the model case.", "确定示范案件": "Choose a model case", "示范案件和同类案件组由法院办理": "Model cases and families are the court's",
    "同一企业、同类争点的案件组成一组;平行案件随后分批等待,当事人随时可以退出。": "Suits of one firm with the same issue form a family; the others then wait, some at a time, and their parties may leave at any time.",
    "只限同一小区": "Of the same community only", "平行案件(不填为全部同类案件)": "The others (all like suits, if left out)", "确定": "Choose", "已定": "decided", "等待示范裁判": "waiting for the model case",
    "参照示范裁判": "Follow the model case", "参照办理": "Follow", "重试未成的": "Try the refused again", "企业": "Firm", "按示范裁判结果调解": "Mediate on the result of the model", "恢复办理": "Go on",
    "示范案件裁判生效后办理。调解的须写明调解组织、转给它的纠纷情况和调解函编号。": "Once the model is decided in force. To mediate, name the body, what it is told of the dispute and the letter.",
    "退出同类案件组": "Leave the family", "退出的理由": "Why", "当事人自己要求就退出,不审查理由;案件恢复各自办理。当事人也可以在案件页自己退出。": "A party's wish is enough and is not examined; the suit goes its own way again. A party may also leave from the page of its suit.",
    "没有平行案件。": "No other suits.", "说明": "Note",
    # the funnel
    "诉讼漏斗": "Funnel of suits", "自": "From", "至": "To", "环节": "Stage", "件数": "Cases", "占收到": "Of those received", "截至 {when}": "As of {when}",
    "自 {when} 起登记的诉状": "suits entered since {when}", "这个范围里没有诉状。": "No suits in this range.",
    "每件按它经过的办理记录计数;立案后以调解、撤诉或者判决结束,只计一种。": "Each suit is counted by the steps on its record; after filing it ends as mediated, withdrawn or judged, one of the three.",
    "日期没有看懂,或者截止日早于起始日。下面是全部时间的数字。": "The dates could not be read, or the last lies before the first. Below are the figures of all time.",
    # supervision
    "执法监督": "Supervision", "超期清单": "List of overdue cases", "超期未结": "Overdue and open", "申请退单": "Returns asked for", "不予受理、查无违法": "Declined, or no violation found",
    "只有件数,不显示案件内容。超期是现在的,其余按期间。": "Numbers only, nothing of what is in a file. Overdue is as of now, the rest within the period.",
    "最早到期": "Earliest limit", "没有超期未结的案件。": "No case is overdue.", "退单": "Returns", "获同意": "Upheld", "被驳回": "Rejected", "这段时间没有退单。": "No returns in this period.",
    "查无违法": "no violation found", "不予受理": "declined", "这段时间没有。": "None in this period.", "调解委员会在手和结果": "What committees carry, and what came of it", "在手": "on hand",
    "达成": "agreed", "不成": "failed", "终止": "terminated", "不受理": "declined", "这段时间没有调解。": "No mediation in this period.", "超期最久的 {n} 件(只列编号)": "The {n} longest overdue (numbers only)", "到期": "Due",
}
# fmt: on
