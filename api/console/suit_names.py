"""What the facts of suits and their values are called (诉讼用语): Chinese and English.

Some facts of a suit have the name of another in reports and tasks and mean something else. What does not live here:
names that are the same everywhere (fact_names), and the items of the screening, which the pack words.
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
SUIT_NAMES: Mapping[str, tuple[str, str]] = {
    "suit_no": ("诉状编号", "Number of the claim"), "cause": ("案由", "Cause of action"), "plaintiff_kind": ("原告类别", "Kind of plaintiff"),
    "plaintiff_masked": ("原告", "Plaintiff"), "defendant_kind": ("被告类别", "Kind of defendant"), "defendant_masked": ("被告", "Defendant"),
    "defendant_org": ("被告单位", "Defendant organisation"), "claims": ("诉讼请求", "Claims"), "amount": ("请求金额(元)", "Amount claimed (yuan)"),
    "period_from": ("欠费起", "Owed from"), "period_to": ("欠费止", "Owed until"), "demands": ("催告", "Demands"), "served_on": ("送达日", "Served on"),
    "proof": ("送达凭证", "Proof of service"), "pay_by": ("要求付清之日", "To be paid by"), "screening": ("筛查", "Screening"), "items": ("逐项", "Items"),
    "item": ("要点", "Item"), "finding": ("结论", "Finding"), "result": ("结论", "Result"), "reasons": ("理由", "Reasons"), "repairs": ("补正次数", "Repaired"),
    "advised": ("法律提示", "Legal advice"), "side": ("哪一方", "Side"), "batch": ("批次", "Batch"), "manifest": ("批次清单编号", "Manifest"),
    "position": ("清单序号", "Line of the manifest"), "receipt": ("收件回执编号", "Receipt"), "family": ("同类案件组", "Family"),
    "place_in_family": ("在组中", "Place in the family"), "model": ("示范案件", "Model case"), "model_result": ("示范裁判结果", "Result of the model"),
    "left_family": ("退出时间", "Left the family"), "referred": ("委派、委托给", "Referred to"), "referrals": ("委派、委托次数", "Referrals"),
    "court_number": ("案号", "Court number"), "procedure": ("程序", "Procedure"), "filed_at": ("立案时间", "Filed at"), "service": ("送达", "Service"),
    "manner": ("送达方式", "Manner"), "answered": ("答辩", "Answer"), "hearings": ("开庭", "Hearings"), "ruling_kind": ("文书种类", "Kind of decision"),
    "ruling": ("文书", "Decision"), "outcome": ("裁判结果", "Outcome"), "served_at": ("送达时间", "Served at"), "content": ("主文", "Operative part"),
    "perform_until": ("履行期限", "To be performed by"), "appeal": ("上诉", "Appeal"), "second": ("二审", "Second instance"),
    "effective_at": ("生效时间", "In force from"), "effective_proof": ("生效证明", "Proof of force"), "withdrawal_asked": ("申请撤诉", "Withdrawal asked for"),
    "order": ("支付令", "Payment order"), "asked_at": ("申请时间", "Asked at"), "order_served_at": ("支付令送达", "Order served"), "objection": ("异议", "Objection"),
    "unperformed": ("未履行的内容", "Not performed"), "execution_asked_at": ("申请执行", "Execution asked for"), "execution_ended": ("执行期满", "Execution ended"),
    "performed": ("履行情况", "Performed"), "executed": ("执行到位", "Executed"), "higher_court": ("向上一级法院申请", "Asked the higher court"),
    "concluded": ("结束方式", "Ended by"), "document": ("文书", "Document"),
}

SUIT_WORDS: Mapping[str, str] = {
    "firm": "物业企业", "owner": "业主", "committee": "业主委员会", "plaintiff": "原告", "defendant": "被告",
    "pass": "通过", "repair": "需补正", "reject": "不予提交", "not_asked": "未要求",
    "ordinary": "普通程序", "summary": "简易程序", "small_claims": "小额诉讼程序",
    "granted": "支持", "partly": "部分支持", "dismissed": "驳回", "judgment": "判决", "ruling": "裁定", "payment_order": "支付令",
    "upheld": "维持", "changed": "改判", "retrial": "发回重审", "file": "指令立案", "mediate": "参照调解", "go_on": "继续审理",
    "model": "示范案件", "sibling": "平行案件", "left": "已退出", "agreed": "达成协议", "withdrawn": "撤诉",
}
# fmt: on
"""Values of a suit's forms and facts that are a word of the house."""
