"""The forms of a suit in English (诉讼表单英文): titles of their fields and the words one chooses from.

What does not live here: the other forms (english_forms), and the texts of the pages (english).
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
SUITS: Mapping[str, str] = {
    # the parties and their desk
    "原告": "Plaintiff", "被告": "Defendant", "一方": "Side", "机构": "Organisation", "姓名或者名称": "Name", "地址": "Address", "案由": "Cause of action",
    "诉讼请求": "Claims", "事实与理由": "Facts and reasons", "欠费起始日期": "Arrears from", "欠费截止日期": "Arrears until", "诉状编号": "Number of the suit",
    "书面催告": "Written demand", "催缴函编号": "Number of the demand", "送达日期": "Served on", "送达凭证": "Proof of service", "催告的付款日期": "To be paid by",
    "筛查结论": "Result of the screening", "检查项目": "Checklist", "项目": "Item", "结论": "Finding", "依据和说明": "Reasons", "批次": "Batch",
    "批次清单编号": "Number of the manifest", "清单序号": "Place in the manifest", "同类案件组": "Family of like suits", "提示内容": "Advice", "补正情况": "What was repaired",
    "更正后的金额(元)": "Corrected amount (yuan)", "补发的催告": "Demand sent since", "双方没有其他债务纠纷": "No other debts between the sides",
    "支付令能够送达债务人": "The order can be served on the debtor", "已全部履行": "Fully performed", "上诉人": "Who appeals", "提出时间": "Lodged at", "上诉状编号": "Number of the appeal",
    "生效证明编号": "Number of the proof of effect",
    # the court
    "回执编号": "Number of the receipt", "文书编号": "Number of the document", "文书种类": "Kind of document", "调解组织": "Mediation body", "转给调解组织的纠纷情况": "The dispute, for the mediation body",
    "委派(委托)调解函编号": "Number of the letter of referral", "征求意见的方式": "How they were asked", "原告参加调解": "The plaintiff takes part", "适用程序": "Procedure", "立案时间": "Filed at",
    "不予受理的理由": "Why it was not accepted", "送达时间": "Served at", "送达方式": "How it was served", "确定书编号": "Number of the choice", "示范案件案号": "Number of the model case",
    "示范裁判结果": "Result of the model case", "收到时间": "Received at", "答辩状编号": "Number of the answer", "开庭时间": "Hearing at", "法庭": "Court room", "传票编号": "Number of the summons",
    "原告同意": "The plaintiff agrees", "被告同意": "The defendant agrees", "结果": "Outcome", "主文": "Operative part", "调解书编号": "Number of the mediation paper",
    "双方签收时间": "Both sides signed for it at", "调解协议内容": "What was agreed", "二审结果": "Result of the second instance", "对原告请求的结果": "Outcome for the plaintiff",
    "支付令编号": "Number of the payment order", "异议内容": "Objection",
    # words to choose from
    "直接": "in person, by the court", "留置": "left at the place", "邮寄": "by post", "电子": "electronically", "委托": "through another court", "公告": "by public notice",
    # values of a suit's facts
    "物业企业": "property firm", "未要求": "not asked for", "普通程序": "ordinary procedure", "简易程序": "summary procedure", "小额诉讼程序": "small claims procedure",
    "支持": "granted", "部分支持": "granted in part", "驳回": "dismissed", "判决": "judgment", "裁定": "ruling", "支付令": "payment order",
    "维持": "upheld", "改判": "changed", "发回重审": "sent back for retrial", "指令立案": "ordered to be filed", "参照调解": "mediate after the model",
    "继续审理": "go on with the trial", "平行案件": "parallel case", "撤诉": "withdrawn",
}
# fmt: on
