"""The forms in English (表单英文): titles of their fields and the words one chooses from, as the forms say them.

What does not live here: the forms, and the texts of the pages (english).
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
FORMS: Mapping[str, str] = {
    # reports
    "劝阻时间": "Dissuaded at", "劝阻人": "Dissuaded by", "劝阻内容": "What was said", "对方反应": "Response", "方式": "How", "见证人": "Witness",
    "解决情况": "How it was settled", "照片": "Photographs", "是否紧急": "Urgent", "需要补充的材料": "What is still needed", "补充说明": "Supplement",
    "劝阻记录": "Record of dissuasion", "备注": "Note", "理由": "Reason", "依据": "Basis", "其他渠道": "Other channel", "异议理由": "Why they object",
    "渠道": "Channel", "主案": "Master case (number)", "协办部门": "Assisting departments", "派遣理由": "Why these departments", "备选部门": "Runner-up",
    "备选理由": "Why the runner-up", "报告人明确同意公开身份": "The reporter agrees to be named", "同意的方式": "How they agreed",
    "转给调解委员会的纠纷情况": "The dispute, for the committee", "调解委员会": "Mediation committee", "报告人是当事人": "The reporter is a party",
    "答复": "Answer", "重办理由": "Why again", "是否联系上": "Reached", "回访情况": "What was said", "满意度": "Satisfaction (1 to 5)", "评价": "Comment",
    "未解决的情况": "What is not solved", "说明": "Explanation", "办理记录序号": "Lines of history", "同时删除报告人身份": "Erase the reporter's identity too",
    "同时删除案情描述、劝阻记录内容、附件和文书": "Erase description, dissuasion, files and documents too", "法律依据": "Legal basis",
    "楼栋": "Building", "房号": "Room", "经度": "Longitude", "纬度": "Latitude", "发现时间": "Found at", "情况描述": "What happened", "证据材料": "Evidence",
    "来源": "Source", "来件编号": "Their number", "报告单位": "Reporting organisation", "联系电话": "Telephone", "匿名": "Anonymous",
    "劝阻中,暂不报告": "Still dissuading, not yet reported",
    # clocks and supervision
    "等级": "Level", "督办要求": "What is required", "超期时限": "Overdue clock", "停表事由": "Ground for standing still", "证明文书": "Document", "停至": "Until",
    "恢复时间": "Goes on at", "延长数(按该时限的单位)": "Extended by (units of the limit)", "证明材料": "Proof", "超期原因": "Why overdue",
    "情况说明和措施": "Explanation and measures", "审核意见": "Verdict",
    # departments
    "签收人": "Signed for by", "退单事由": "Ground of return", "建议承办部门": "Who should be in charge", "已采取的应急措施": "Urgent measures taken", "意见": "Opinion",
    "裁定理由": "Reasons of the ruling", "执法人员": "Officers", "催办内容": "What to hurry with", "核查情况": "What was found", "改正情况": "What was put right",
    "改正后照片": "Photograph afterwards", "改正要求": "What must be put right", "改正期限": "To be put right by", "复查情况": "What the re-check found",
    "是否已改正": "Put right", "约谈对象": "Who was interviewed", "约谈内容": "What was asked of them", "采取的措施": "Measures taken", "处置结果": "Result",
    "处置前照片": "Photograph before", "处置后照片": "Photograph after", "主办或协办": "Lead or assisting", "指定管辖,不得再退": "Designated, no return", "办理轮次": "Round",
    # mediation
    "不得调解的情形(没有则留空)": "Grounds against mediation (leave empty if none)", "受理意见": "Opinion on acceptance", "其他途径": "Other ways", "说明(可不填)": "Explanation (optional)",
    "被告知的当事人": "Parties told", "时间": "When", "调查情况": "Inquiry", "会议": "Meeting", "就地调解地点": "Place (on the spot)", "就地调解时间": "Time (on the spot)",
    "协助人(经各方同意)": "Helpers (all parties agree)", "记录": "Record", "鉴定事项": "To be appraised", "鉴定机构": "Appraiser", "委托书": "Letter of engagement",
    "鉴定意见": "Finding of the appraisal", "鉴定意见书": "Report of the appraisal", "指导法官": "Judge", "指导意见": "Guidance", "危险情形": "Danger",
    "报警时间": "Police told at", "接警回执": "Receipt of the police", "移交后的调解类别": "Kind of mediation afterwards", "接收机构": "Received by",
    "纠纷的主要事实": "Facts of the dispute", "争议事项": "Issues", "各方当事人的责任": "Responsibility of the parties", "协议内容": "What is agreed", "履行事项": "To be performed",
    "义务人(当事人序号)": "Obligor (party no.)", "权利人(当事人序号)": "Obligee (party no.)", "类别": "Kind", "履行内容": "What", "金额(元)": "Amount (yuan)", "履行期限": "Due",
    "履行方式和收款账户": "How, and to which account", "已当场履行": "Done on the spot", "涉及共有部分": "Concerns common parts", "不违反法律的强制性规定": "Breaks no mandatory law",
    "不损害国家、集体、他人利益和公序良俗": "Harms nobody's interests nor public order", "出于各方自愿": "Of everybody's free will",
    "内容明确(金额、期限、方式、账户)": "Clear (amounts, terms, manner, accounts)", "需要全体权利人或业主共同决定的已取得": "Decisions of all owners are there, where needed",
    "未成年人等由监护人代理": "Minors are represented by guardians", "签名人": "Signed by", "签名图像": "Image of the signature", "协议书编号": "Number of the agreement", "份数": "Copies",
    "达成时间": "Reached at", "合法性审核": "Legal check", "终止原因": "Why it ends", "情况说明": "Explanation", "已告知的其他途径": "Other ways they were told of", "办理提示": "What to do",
    "履行事项序号": "Item", "履行日期": "Performed on", "该项已履行完毕": "Item fully performed", "履行凭证": "Proof of performance", "未履行情况": "What was not performed",
    "催告内容": "Reminder", "催告的履行日期": "To be performed by", "口头申请": "Applied orally", "调解类别": "Kind of mediation", "受理机构": "Committee", "纠纷情况": "The dispute",
    "请求事项": "What is asked for", "是否属于不得调解的情形": "Grounds against mediation", "此前的调解编号": "Earlier mediation", "书面协议编号": "Number of the written agreement",
    # court
    "人民法院": "Court", "司法确认申请书": "Application for confirmation", "调解协议": "Mediation agreement", "调解组织主持调解的证明": "Proof of the mediation",
    "身份证明或主体资格证明": "Proof of identity", "送达地址和联系方式": "Address for service", "涉及财产权利": "Concerns property", "财产权利证明": "Proof of property",
    "案号": "Case number of the court", "事由": "Ground", "裁定书编号": "Number of the ruling", "补充情况": "Supplement", "未履行的内容": "What was not performed",
    "执行结案文书": "Document that ends the execution", "全部执行到位": "Fully executed", "知道之日": "Known on", "申请之日": "Applied on",
    # words to choose from
    "当面": "in person", "书面": "in writing", "其他": "other", "上门": "at their home", "短信": "short message", "书面送达": "delivered in writing", "网络": "online",
    "超出职权": "beyond our powers", "不属管辖": "not our area", "重复": "duplicate", "信息不全": "not enough information", "仲裁": "arbitration", "行政处理": "administrative decision",
    "向人民法院提起诉讼": "action in court", "申请司法确认": "judicial confirmation", "申请强制执行": "enforcement", "重新调解": "mediation anew", "转送有关部门": "passed on to a department",
    "给付金钱": "payment", "其他行为": "other act", "签名": "signature", "盖章": "seal", "按指印": "fingerprint", "调解不成": "no agreement", "一方明确拒绝调解": "a party refused",
    "当事人要求终止": "a party asked to end it", "期限届满未延长": "time ran out", "无法联系当事人": "a party cannot be reached", "不属于人民调解范围": "not for people's mediation",
    "发现虚假调解": "found to be a sham", "当事人申请": "applied for by a party", "主动调解": "of our own motion", "网格移交": "from the grid", "走访发现": "found on a visit",
    "工作站移交": "from the workstation", "公安移交": "from the police", "法院委派": "sent by the court", "人民调解": "people's mediation", "行政调解": "administrative mediation",
    "司法调解": "judicial mediation", "鉴定、检测": "appraisal", "当事人无法联系": "party cannot be reached", "职责有争议": "competence in dispute", "办理拖延": "delay", "系统原因": "system",
}
# fmt: on
