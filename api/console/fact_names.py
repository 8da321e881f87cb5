"""What the facts of cases, and the fields written into their history, are called: Chinese and English.

The order is the order in which they are shown. What does not live here: their values (facts).
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.rules.corrections import PARTS

HIDDEN = frozenset(
    {"ordinal", "evidence", "description", "dispute", "building", "room", "lng", "lat", "lane", "asked_again"}
)
"""Facts a page shows in a place of their own, or that only count."""

# fmt: off
NAMES: Mapping[str, tuple[str, str]] = {
    "source": ("来源", "Source"), "external_id": ("来件编号", "Their number"), "found_at": ("发现时间", "Found at"),
    "urgent": ("报告称紧急", "Reported as urgent"), "anonymous": ("匿名", "Anonymous"), "secrecy": ("要求保密", "Secrecy asked for"),
    "dissuasions": ("劝阻次数", "Dissuasions"), "flags": ("受理提示", "Hints for acceptance"), "asked_more": ("要求补正", "Asked to supply"),
    "decision": ("决定", "Decision"), "channel": ("其他渠道", "Other channel"), "master": ("主案", "Master case"),
    "route": ("派遣依据", "Why dispatched so"), "proposal": ("建议派遣", "Proposed dispatch"), "hand_over": ("转人工原因", "Why handed over"),
    "excluded": ("已退单部门", "Departments that returned it"), "results": ("各部门结果", "Results"), "answer": ("答复", "Answer"),
    "fed_back_by": ("答复方式", "Answered by"), "contact_tries": ("联系次数", "Contact tries"), "contacted_at": ("最近联系", "Last contact"),
    "satisfied": ("满意度", "Satisfaction"), "dissatisfied": ("不满意的原因", "Not solved"), "rework": ("重办次数", "Reworked"),
    "named": ("同意公开身份的方式", "How consent to be named was given"), "mediations": ("调解", "Mediations"), "told_police": ("报警", "Told the police"),
    "overdue": ("曾超期", "Were overdue"), "extended": ("已延长", "Extended"), "extended_at": ("延长时间", "Extended at"), "delay": ("延误原因", "Reason of delay"),
    # a department's task
    "round": ("办理轮次", "Round"), "reason": ("理由", "Reason"), "final": ("指定管辖", "Designated"), "delivered": ("送达时间", "Delivered"),
    "receiver": ("签收人", "Signed for by"), "signed_at": ("签收时间", "Signed at"), "return_asked": ("退单申请", "Return asked"),
    "returns": ("退单次数", "Returns"), "ruling": ("裁定", "Ruling"), "officers": ("执法人员", "Officers"), "finding": ("核查情况", "Finding"),
    "outcome": ("处理方式", "Outcome"), "orders": ("责令次数", "Orders"), "complete_by": ("改正期限", "To be put right by"),
    "recheck_done": ("复查已改正", "Put right"), "measure": ("采取的措施", "Measure"), "result": ("处置结果", "Result"),
    "before_photo": ("处置前照片", "Photo before"), "after_photo": ("处置后照片", "Photo after"), "deemed": ("视为签收", "Deemed signed for"),
    "extension_asked": ("延期申请", "Extension asked"),
    # a supervision order
    "grade": ("督办等级", "Level"), "clock": ("时限", "Clock"), "was_due": ("应办时间", "Was due"), "requirement": ("督办要求", "Requirement"),
    "reply": ("答复", "Reply"), "replies": ("答复次数", "Replies"), "verdict": ("审核意见", "Verdict"),
    # a mediation
    "kind": ("类别", "Kind"), "tier": ("层级", "Tier"), "oral": ("口头", "Oral"), "requests": ("请求事项", "Requests"),
    "natures": ("不得调解的情形", "Grounds against mediation"), "earlier": ("此前的调解", "Earlier mediation"), "note": ("备注", "Note"),
    "accepted_at": ("受理时间", "Accepted at"), "rights_told": ("权利告知", "Rights told"), "inquiries": ("调查记录", "Inquiries"),
    "sessions": ("调解记录", "Sessions"), "appraisal": ("鉴定", "Appraisal"), "handed": ("移交", "Handed over"), "guidance": ("指导", "Guidance"),
    "dangers": ("报告危险次数", "Dangers reported"), "findings": ("主要事实", "Facts found"), "issues": ("争议事项", "Issues"),
    "responsibility": ("责任", "Responsibility"), "content": ("协议内容", "Agreed"), "common_parts": ("涉及共有部分", "Common parts"),
    "plan": ("履行事项", "To be performed"), "next_due": ("下次履行", "Next due"), "checked": ("合法性审核", "Legal check"),
    "signatures": ("签名", "Signatures"), "effective_at": ("生效时间", "In force from"), "visits": ("回访", "Visits"), "default": ("不履行", "Default"),
    "pressed": ("催告次数", "Pressed"), "ground": ("事由", "Ground"), "ended": ("结束方式", "Ended by"), "routes": ("其他途径", "Other ways"),
    "performed": ("履行完毕", "Performed"),
    "party": ("当事人序号", "Party no."), "changed": ("更正的内容", "Corrected"), "masked": ("更正前后(已遮盖)", "Before and after (masked)"),
    "void_consents": ("作废的同意", "Consents void"), "void_links": ("作废的链接", "Links void"), "ask_again": ("须重新征求同意", "To be asked anew"),
    # a judicial confirmation
    "agreement": ("调解协议", "Agreement"), "in_writing": ("书面协议编号", "Written agreement"), "perform_until": ("履行期限", "To be performed by"),
    "default_on": ("不履行之日", "In default since"), "window_ended": ("申请期结束", "Window ended"), "execution_ended": ("执行结束", "Execution ended"),
    "words": ("说明", "Words"), "court_number": ("案号", "Court number"), "request": ("补充材料", "Asked to supply"), "supplied": ("已补充", "Supplied"),
    "grounds": ("事由", "Grounds"), "unperformed": ("未履行的内容", "Not performed"), "executed": ("执行到位", "Executed"),
    # parts of those, and fields of forms that history keeps
    "org": ("单位", "Organisation"), "name": ("名称", "Name"), "duty": ("分工", "Duty"), "text": ("内容", "Text"), "lead": ("主办部门", "Lead"),
    "assists": ("协办部门", "Assisting"), "runner_up": ("备选部门", "Runner-up"), "runner_up_reason": ("备选理由", "Why the runner-up"),
    "why": ("依据", "Why"), "by": ("办理人", "By"), "at": ("时间", "At"), "matter": ("事项", "Matter"), "community": ("小区", "Community"),
    "emergency": ("紧急", "Emergency"), "article": ("法律依据", "Article"), "proposed": ("建议承办部门", "Proposed department"),
    "urgent_measure": ("应急措施", "Urgent measure"), "opinion": ("意见", "Opinion"), "how": ("方式", "How"), "reached": ("联系上", "Reached"),
    "dissuasion": ("劝阻记录", "Dissuasion"), "response": ("对方反应", "Response"), "medium": ("方式", "Medium"), "witness": ("见证人", "Witness"),
    "description": ("情况描述", "Description"), "building": ("楼栋", "Building"), "room": ("房号", "Room"), "evidence": ("证据材料", "Evidence"),
    "basis": ("依据", "Basis"), "phone": ("电话", "Telephone"), "explanation": ("说明", "Explanation"), "photos": ("照片", "Photos"),
    "object": ("约谈对象", "Interviewed"), "done": ("已改正", "Done"), "document": ("证明文书", "Document"), "until": ("停至", "Until"),
    "amount": ("延长数", "Amount"), "issuer": ("签发人", "Issued by"), "owner": ("责任单位", "Responsible"), "level": ("等级", "Level"),
    "n": ("级次", "Rung"), "due_at": ("应办时间", "Due at"), "reached_at": ("到点时间", "Reached at"), "tell": ("告知", "Told"),
    "lng": ("经度", "Longitude"), "lat": ("纬度", "Latitude"), "reporter_org": ("报告单位", "Reporting organisation"), "dissuading": ("劝阻中", "Dissuading"), "committee": ("调解委员会", "Committee"),
    "dispute": ("纠纷情况", "Dispute"), "reporter_is_party": ("报告人是当事人", "Reporter is a party"), "erased": ("已依法删除", "Lawfully erased"),
    "calendar": ("日历版本", "Calendar"), "changes": ("变化", "Changes"), "identity": ("身份", "Identity"), "entries": ("办理记录", "Entries"),
    "number": ("编号", "Number"), "id": ("编号", "Id"), "state": ("状态", "State"), "severity": ("严重程度", "Severity"),
    "station": ("工作站", "Workstation"), "street": ("街道", "Street"), "sealed": ("封存", "Sealed"),
}
# fmt: on

CODED: Mapping[str, str] = {
    "org": "org", "lead": "org", "assists": "org", "runner_up": "org", "excluded": "org", "proposed": "org",
    "reporter_org": "org", "committee": "org", "owner": "org", "agency": "org", "issuer": "org", "station": "org",
    "street": "org", "clock": "clock", "overdue": "clock", "matter": "matter", "community": "community",
}  # fmt: skip
"""Facts whose value is a code of the pack, and of which kind."""

WORDS: Mapping[str, str] = {
    "lead": "主办", "assist": "协办", "property": "物业", "public": "居民", "grid": "网格", "grid_worker": "网格员", "inspection": "巡查", "hotline": "热线",
    "station": "工作站登记", "mediation": "调解", "owners_committee": "业主委员会", "import": "批量导入", "holder": "承办单位",
    "station_head": "站长", "leading_group": "领导小组", "district": "区级", "webhook": "接口",
    "yes": "同意", "no": "不同意", "on_site": "当面", "phone": "电话", "written": "书面", "link": "链接", "people": "人民调解",
    "administrative": "行政调解", "judicial": "司法调解", "street": "街道", "mediator": "调解员", "full": "全部履行", "partial": "部分履行",
    "agreed": "达成协议", **{said: said for said in PARTS.values()}, "no_violation": "查无违法", "corrected": "当场改正", "ordered": "责令改正", "recheck": "复查", "interviewed": "约谈",
}  # fmt: skip
"""Values that are a word of the house rather than somebody's words."""
