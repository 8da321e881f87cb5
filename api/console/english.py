"""The console in English (英文用语): each Chinese text of the pages with its English.

What does not live here: the forms (english_forms) and what the domain says (english_guards, english_refusals,
english_edge, english_reasons).
"""

from __future__ import annotations

from collections.abc import Mapping

from api.console.english_admin import ADMIN
from api.console.english_batches import BATCHES
from api.console.english_edge import EDGE
from api.console.english_figures import FIGURES
from api.console.english_forms import FORMS
from api.console.english_guards import GUARDS
from api.console.english_links import DEPARTMENTS
from api.console.english_mediation import TALKS
from api.console.english_phone import PHONE
from api.console.english_reasons import REASONS
from api.console.english_refusals import REFUSALS
from api.console.english_suits import SUITS

# fmt: off
PAGES: Mapping[str, str] = {
    # the frame
    "回音": "Huiyin", "件件有回音": "Every report gets an answer", "跳到正文": "Skip to content", "主导航": "Main navigation",
    "案件队列": "Cases", "登记线索": "Register", "退出": "Log out", "键盘": "Keyboard", "下一件、上一件": "Next, previous case", "打开": "Open",
    "搜索": "Search", "上一页、下一页": "Previous, next page", "提交": "Submit", "关闭": "Close", "这张表": "This list",
    "列表有变化较多,请刷新。": "Much has changed; please reload.", "这件案件刚刚有变化,请刷新。": "This case has just changed; please reload.",
    "没有连上服务器,请稍后再试。": "The server could not be reached; please try again.",
    "有新案件。": "There are new cases.", "登录已结束,请重新登录。": "Your session has ended; please log in again.",
    # login and errors
    "登录": "Log in", "登录名": "Login", "密码": "Password",
    "忘记密码请联系系统管理员。连续输错会暂时锁定账号。": "Ask the administrator if you forgot your password. Repeated failures lock the account for a while.",
    "编号": "Number", "回到案件队列": "Back to the cases",
    "请登录后再办。填写的内容可用浏览器的“后退”找回。": "Please log in first. The browser's Back button brings back what you typed.",
    "请回到案件队列;如确需办理,请联系本站站长或系统管理员。": "Go back to the cases; if it must be done, ask the head of the station or the administrator.",
    "可能编号有误,也可能不在您的查看范围内。请回到案件队列查找。": "The number may be wrong, or the case is not yours to see. Look for it among the cases.",
    "请从案件队列重新进入。": "Please start again from the cases.", "请刷新后看看最新情况,再决定是否办理。": "Reload, look at the present state, then decide.",
    "请先补齐所缺的条件。": "Supply what is missing first.", "请返回上一页改正后再提交。": "Go back, correct it and submit again.",
    "请减小文件或内容后再提交。": "Make the file or the text smaller and submit again.", "请稍等片刻再试。": "Please wait a moment and try again.",
    "请稍等片刻再试;如一直如此,请联系系统管理员。": "Wait a moment and try again; if it stays so, tell the administrator.",
    "请返回上一页再试;如一直如此,请把下面的编号告诉系统管理员。": "Go back and try again; if it stays so, tell the administrator the number below.",
    "办不了": "Cannot be done", "没有这件": "Not found", "无权办理": "Not allowed", "当前状态不能办理": "Not in this state", "还缺条件": "Something is missing",
    "别人先办了": "Somebody was faster", "填写有误": "Not filled in correctly", "没有这个动作": "No such step", "地区包有误": "The pack is broken",
    "无法确定主办": "No department is clearly competent", "相互矛盾": "A contradiction", "不安全": "Unsafe", "服务器时间有误": "The server's time is wrong",
    "系统出错": "A fault of ours", "幂等键已用于另一请求": "The key was used for another request", "内容过大": "Too large", "不接受这种内容": "This kind of content is not taken",
    "请先登录": "Please log in", "需要版本号": "A version is needed", "版本已过时": "Somebody was faster", "请求过于频繁": "Too often",
    "不支持这种请求方法": "Method not supported", "请求无法读取": "The request cannot be read", "暂时无法办理": "Not available now", "系统内部错误": "A fault of ours",
    # lights and marks
    "超期": "Overdue", "将到期": "Due soon", "正常": "In time", "停表": "Standing still", "无时限": "No limit", "主办": "lead", "协办": "assists",
    "报告人": "Reporter", "紧急": "Urgent", "督办": "Supervised ", "封存": "Sealed", "暂算": "Provisional", "是": "yes", "否": "no",
    # the queue
    "常用视图": "Saved views", "编号、地点、事项、情况中的文字": "Number, place, matter or words", "更多筛选": "More filters", "部门": "Department", "排序": "Order",
    "按应办时间": "By due moment", "新件在前": "Newest first", "上一页": "Previous page", "事项": "Matter", "小区": "Community", "状态": "State",
    "筛选": "Filter", "不限": "Any", "名称或编号": "Name or code", "案件": "Cases", "时限": "Limit", "事项和情况": "Matter", "地点": "Place", "在谁手上": "Held by",
    "没有符合条件的案件。": "No case fits.", "看全部": "Show all", "翻页": "Pages", "第一页": "First page", "下一页": "Next page", "未认定事项": "Matter not yet said",
    # the sheet of a case
    "登记": "Registered", "已办理:{label}": "Done: {label}", "下一步": "Next", "现在没有您要办的。": "Nothing for you to do now.", "已停止": "Stopped", "时限和其他": "Limits and more",
    "为什么是这个时间": "Why this moment", "单位": "Organisation", "姓名": "Name", "电话": "Telephone", "要求保密": "Secrecy asked for",
    "已记录您查看身份的理由。": "Your reason was written down.", "查看完整身份": "Show the full identity", "查看理由(会被记录)": "Why (it is written down)",
    "请写明查看的理由(至少 {least} 个字)": "Say why (at least {least} characters)", "查看": "Show", "情况": "What happened",
    "主办部门": "Lead department", "承办单位": "Handled by", "工作站": "Workstation", "各部门任务": "Tasks of the departments", "材料": "Files",
    "处置前后": "Before and after", "处置前": "Before", "处置后": "After", "没有照片": "No picture",
    "还没有材料。": "No files yet.", "添加材料": "Add files", "照片、录音或文档": "Photographs, recordings or documents", "添加": "Add", "文书": "Documents", "已作废": "Voided", "旧版": "Older version", "办理经过": "History", "内容": "Details",
    "出具文书": "Make a document", "预览草稿": "Preview a draft", "当事人": "Parties", "代理人": "Agent", "监护人": "Guardian", "申请人": "Applicant",
    "被申请人": "Respondent", "第三人": "Third party",
    # a step
    "必填": "required", "再加一项": "Add another", "未定": "Undecided", "请选择": "Please choose", "添加文件": "Add files", "一行一项": "One a line",
    "{actor} 于 {at} 办理了“{label}”": "{actor} took “{label}” on {at}", "还需:": "Still needed:", "这一步不需要填写内容。": "Nothing to fill in for this step.",
    "您填写的内容已保留。请核对后再次提交,或返回案件页。": "What you typed was kept. Check it and submit again, or go back to the case.",
    "返回": "Back", "您填写的内容": "What you typed", "回到案件页": "Back to the case",
    # registering
    "登记一件线索": "Register a report", "推荐事项": "Suggest a matter", "登记并开案": "Register", "可能的事项": "Likely matters", "可能重复": "Possibly the same",
    "写好情况描述后可推荐事项,并查看同一小区近期的案件。": "With the description written, matters can be suggested and recent cases of the community looked up.",
    "没有相近的事项。": "No matter comes close.", "近 {days} 天同一小区没有案件。": "No case in this community within {days} days.",
    "已登记": "Registered", "查询码": "Query code", "查询码只显示这一次,请现在告诉报告人。": "The query code is shown this once; tell the reporter now.",
    "打开案件": "Open the case", "再登记一件": "Register another", "照片和材料": "Photographs and files", "相同事项": "same matter", "相同楼栋": "same building",
    "这一页已经提交过,案件已登记。": "This page was submitted before; the case is registered.", "选用": "Take",
    # many at once
    "批量办理": "Take a step for many", "已选案件": "Ticked cases", "选中本页全部": "Tick the whole page", "选择 {number}": "Tick {number}", "对选中的案件": "For the ticked cases",
    "请先勾选案件": "Tick some cases first", "办理结果": "Results", "办成 {done} 件,未办成 {failed} 件": "{done} done, {failed} not", "已办": "done", "未办": "not done",
    "各件编号不同的,在各件后面写;没有写的用上面的。": "Where each has a number of its own, write it behind each; the one above is for the others.",
    "一件一号,请逐件填写。": "Each case has a number of its own; write one for each.", "同上面的": "as above", "没有编号": "No number", "批次": "Batch",
    "可从表格中复制一列编号,粘贴到其中一件,会依次往下填。": "A column of numbers copied from a table and pasted into one line fills the lines below it.",
    "粘贴的编号比下面的案件多,多出的没有填入。": "More numbers were pasted than there are cases below; the rest was not filled in.",
    "还没有办理:请核对下面标出的地方。填写的内容都已保留。": "Nothing was done yet: check what is marked below. What you typed was kept.",
    "与 {numbers} 的编号相同": "The same number as {numbers}", "与 {numbers} 的编号相同;一件一号,请核对": "The same number as {numbers}; each case has its own, please check",
    "没有编号的 {n} 件这次不办": "Leave out the {n} without a number", "相同的编号没有写错": "The equal numbers are meant so",
    "{n} 件已不在您的查看范围内,没有办理。": "{n} can no longer be seen by you and were not done.", "接着办未办的 {n} 件": "Go on with the {n} not done",
    "现在不能办理这一步": "This step cannot be taken now",
    "这几件不能一起办这一步:{numbers}": "These cannot take this step together: {numbers}", "选中": "Ticked",
    # values of facts
    "物业": "property company", "居民": "resident", "网格": "grid", "网格员": "grid worker", "巡查": "inspection", "热线": "hotline", "工作站登记": "workstation", "调解": "mediation",
    "业主委员会": "owners' committee", "批量导入": "import", "站长": "head of the station", "领导小组": "leading group", "区级": "district",
    "接口": "interface", "查无违法": "no violation found", "当场改正": "corrected on the spot", "责令改正": "ordered to rectify", "复查": "re-check", "约谈": "interviewed",
}
# fmt: on

SAID: Mapping[str, str] = {**EDGE, **REFUSALS, **GUARDS, **REASONS}
"""What the domain and the edge say (``sentences`` knows their templates)."""

ENGLISH: Mapping[str, str] = {
    **SAID, **ADMIN, **BATCHES, **FORMS, **SUITS, **TALKS, **DEPARTMENTS, **FIGURES, **PAGES, **PHONE,
}  # fmt: skip
"""Everything said in English; a text of the pages goes before a title of a form, and both before what the domain says."""
