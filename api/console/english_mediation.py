"""The pages of those who mediate in English (调解页面英文): their texts and the titles of their slips.

What does not live here: the forms of steps (english_forms), and what the domain says (guards, refusals), which is said in
Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
TALKS: Mapping[str, str] = {
    # the week
    "我的一周": "My week", "一周安排": "The week", "上一周": "Previous week", "本周": "This week", "下一周": "Next week", "换一周": "Another week", "看谁的": "Whose",
    "我的": "Mine", "全会": "The committee", "今天": "Today", "休": "day off", "没有安排": "Nothing planned", "请假": "Away:", "待确认": "not confirmed", "参加": "Comes", "不参加": "Does not come",
    "手上的案件": "Cases on hand", "手上没有案件。": "No case on hand.", "还没有选定调解员": "no mediator yet", "各调解员在办": "Load of each mediator", "在办": "Open", "近一年": "Past year", "专长": "Expertise",
    "名册里还没有调解员。": "The register has no mediators yet.", "我的日历和请假": "My calendar and absences", "已订阅": "Subscribed", "停用": "Revoke", "生成日历地址": "Make a calendar address",
    "地址只显示这一次,请现在复制到手机或电脑的日历里。": "The address is shown this once; copy it into your calendar now.",
    "把会议同步到手机日历;里面没有当事人,只有编号、时间和调解室。": "Puts your meetings into your calendar: number, time and room, nothing of the parties.",
    "调解员名册里还没有您。请委员会主任登记名册时写上您的登录名,会议才会出现在这里。": "You are not in the register of mediators yet. Ask the head of the committee to enter your login there; then your meetings appear here.",
    "登记请假": "Note an absence", "请假期间不会被约会议;已约定的会议要先改期。": "No meetings are planned while you are away; those already planned must be moved first.",
    "申报利害关系": "Declare a tie", "申报": "Declare", "申报后,涉及此人或此单位的纠纷不再推荐您。对个人只保存摘要,不保存号码。": "Disputes of this person or body will not be proposed to you. Of a person only a digest is kept.",
    "个人证件号码": "Identity number of the person", "单位代码或名称": "Code or name of the organisation", "关系": "Relation", "开始": "From", "结束": "Until",
    # the application
    "登记调解申请": "Take an application", "登记申请": "Register the application", "纠纷": "The dispute", "照当事人说的记:什么纠纷、想要什么、是谁和谁。登记后逐方征求同意。": "Write down what they say: the dispute, what is asked for, who is in it. Then each party is asked for consent.",
    "查询码只显示这一次,请现在分别告诉各方当事人。": "The codes are shown this once; tell each party its own now.", "这起纠纷由其他调解组织受理。": "Another body takes this dispute on.",
    # parties and consents
    "当事人和同意": "Parties and consents", "登记当事人": "Enter a party", "登记报告人为申请人": "Enter the reporter as applicant", "还没有当事人。先登记申请人和被申请人,再逐方征求同意。": "No parties yet. Enter applicant and respondent first, then ask each for consent.",
    "本案由报告转来,报告人同意公开身份的,可以直接登记为申请人;查看身份会被记录。": "This case came from a report. A reporter who agreed to be named can be entered as applicant; that their identity was looked at is noted.",
    "同意调解": "agrees to mediation", "不同意调解": "refuses mediation", "还没有答复": "no answer yet", "证件号码": "Identity number", "语言或方言": "Language", "送达地址": "Address for service",
    "权利义务": "Rights and duties", "已告知": "told", "还没有告知": "not told yet", "征求过的事项": "Asked so far", "等候链接答复": "waits for the answer by link", "链接已过期": "link expired",
    "一般授权": "general power", "特别授权": "special power", "地位": "Side", "个人或单位": "Person or organisation", "个人": "person", "单位代码(已在机构清单中的)": "Organisation (if it is listed)", "姓名或名称": "Name",
    "代理人电话": "Agent's telephone", "代理权限:一般或特别授权": "Power of the agent",
    "证件号码只核对,不保存;保存的是后四位和校验用的摘要。没有号码和电话的,不能用链接答复。": "The identity number is checked and not kept, only its last four signs and a digest. Without a number or a telephone no link can be answered.",
    "查看当事人完整身份": "Show a party in full", "当事人完整身份": "The party in full", "理由会和您的姓名、时间一起记入查看记录。": "Your reason is written down with your name and the time.", "证件号码没有保存,只有后四位。": "The identity number was not kept, only its last four signs.",
    "发给查询码": "Issue a query code", "查询码只显示这一次,请现在告诉当事人。凭编号和查询码可以在“当事人”页面查看进展。": "The code is shown this once; tell the party now. With number and code they follow their case on the parties' page.",
    "当事人没有账号,凭编号和查询码查看本人的调解。再发一次,以前的查询码就不能用了。": "Parties have no account; they follow their case with number and code. A new code makes the earlier one worthless.",
    "记录答复": "Note an answer", "照当事人说的记。一方明确拒绝调解的,调解随即终止。": "Write down what they said. A clear refusal ends the mediation at once.", "用链接征求同意": "Ask by link", "生成链接": "Make a link",
    "链接只能用一次,只认这一位当事人:答复时要填登记号码的后四位。": "The link works once and for this party alone: whoever answers must know the last four signs of the number on file.", "链接有效天数": "Valid for days",
    "答复链接": "Link for the answer", "链接只显示这一次。请当事人扫码,或把链接发给本人。": "The link is shown this once. Let the party scan it, or send it to them.", "扫码答复": "Scan to answer", "有效至": "Valid until",
    "网络直播": "live stream", "告知对方姓名": "being named to the other side", "电子送达": "electronic service", "延长调解期限": "a longer term", "移交案卷": "handing the file over", "共同申请司法确认": "joint confirmation",
    "提供一项事实": "sharing a fact", "参加会议": "coming to a meeting", "链接": "link", "告知权利义务": "Tell the rights",
    # an entry put right or taken back
    "更正当事人": "Correct a party", "更正": "Correct", "撤回当事人": "Withdraw a party", "撤回": "Withdraw",
    "只填要更正的,其余留空不变。更正姓名、证件号码、电话的,原来的同意、链接和查询码作废,须重新征求;只改地址等不影响。": "Fill in only what is wrong; what is left empty stays. With another name, identity number or telephone, earlier consents, links and the query code are void and the party is asked anew; an address and the like change nothing.",
    "只用于登记错的当事人:还没有答复、到会、签名的才能撤回。撤回后这一方的信息清除,序号不再使用。不愿调解的,请记录答复。": "Only for an entry made by mistake, before that party has answered, come or signed. What is known of it is removed and its number not used again. Of somebody who does not want mediation, note the answer.",
    "更正理由(不写姓名、号码)": "Why (no names, no numbers)", "撤回理由(不写姓名、号码)": "Why (no names, no numbers)", "清空(登记错、不该有的)": "Empty (wrong, should not be there)", "代理人和代理权限": "Agent and power",
    "已更正,记入办理经过。": "Corrected and written into the history.", "已撤回,记入办理经过。": "Withdrawn and written into the history.",
    "原来的同意、链接和查询码已作废的,请重新征求同意、重新发给查询码。": "Where consents, links or the query code became void, ask for consent again and issue a new code.",
    "现任调解员与更正后的当事人有利害关系,请更换调解员。": "The present mediator is tied to the party as corrected; please choose another.",
    "链接已作废": "link void", "更正后作废": "void since the correction", "信息已更正,须重新征求同意,同意前不能继续调解。": "Corrected: consent must be asked for again, and mediation does not go on before.",
    "更正的内容": "Corrected", "更正前后(已遮盖)": "Before and after (masked)", "更正理由": "Why", "作废的同意": "Consents void", "作废的链接": "Links void", "须重新征求同意": "To be asked anew",
    "撤回的登记(已遮盖)": "Withdrawn entry (masked)", "撤回理由": "Why", "当事人序号": "Party no.", "代理权限": "Power of the agent",
    # the mediator
    "选定调解员": "Choose the mediator", "选定{name}": "Choose {name}", "{score} 分": "{score} points", "不能选定": "Cannot be chosen", "现在没有可以推荐的调解员。": "Nobody can be proposed now.", "看看其他委员会": "Look at other committees",
    "要求更换调解员": "Another mediator is asked for", "更换": "Replace", "当事人提出就更换,不审查理由;已约定的会议由新的调解员接手。": "A party's wish is enough; no reason is judged. The new mediator takes the planned meetings over.",
    "提出的当事人": "Who asks", "理由(可不说明)": "Reason (optional)", "披露并选定": "Disclose and appoint", "由谁选定": "Chosen by", "当事人选定": "the parties", "委员会指定": "the committee",
    "先由调解员说明与当事人、与这起纠纷有没有利害关系。有利害关系的只记声明,不能选定。": "First the mediator says whether they are tied to a party or the dispute. Whoever is tied is noted and not appointed.",
    "与当事人或纠纷有利害关系": "Tied to a party or the dispute", "声明": "Statement",
    # meetings
    "第 {n} 次会议": "Meeting no. {n}", "约定会议": "Plan a meeting", "约定": "Plan", "以一刻钟为单位。不选当事人的,邀请全部当事人;入户的写地址。": "Quarter hours. Without a choice all parties are invited; a home visit needs the address.",
    "还没有约会议。": "No meeting planned yet.", "在调解室": "in a room", "入户": "at their home", "线上": "online", "在共享法庭": "at a shared court", "调解室": "Room", "入户地址": "Address of the visit", "参加的当事人": "Parties invited",
    "已约定": "planned", "已召开": "held", "已取消": "called off", "改期": "Move", "改期后重新征求各方是否参加。调解室不选的不变。": "Everybody is asked again. Without a choice the room stays.", "取消会议": "Call the meeting off",
    "邀请和到会": "Invited and here", "到会": "here", "未到会": "not here", "调解员": "mediator", "谁到会了": "Who is here", "提前谈了的,记就地调解": "If you met earlier, note a talk on the spot", "发链接确认": "Ask by link", "权利义务告知书": "Notice of rights", "会议开始,登记到会": "We begin: note who is here", "到了时间就可以在这里登记到会。": "Who is here can be noted once it is time.",
    "还有当事人没有被告知权利义务,第一次会议前必须告知。": "Some parties have not been told their rights; that must be done before the first meeting.", "到会情况已登记。": "Who is here was noted.", "调解记录已保存。": "The minutes were kept.", "双方认可的事实已记入案卷。": "The agreed fact was written into the file.", "签名已保存。": "The signature was kept.",
    "双方认可的事实": "Facts nobody disputes", "记下一项双方都认可的事实": "Write down a fact both sides agree on", "记入案卷": "Write into the file", "调解记录": "Minutes", "校验码": "Digest", "更换记录": "Replace the minutes", "保存记录": "Keep the minutes",
    "改为上传手写的记录": "Send hand-written minutes instead", "记录的照片或文件": "Photograph or file of the minutes", "上传": "Send", "在记录上签名": "Signatures under the minutes", "已签": "signed", "未签": "not signed",
    "没有网络。写下的内容已存在这台设备上,连上后再提交。": "No connection. What you wrote is kept on this device; submit it once you are connected.", "这台设备上有没提交的内容。": "This device has something you did not submit.",
    "案件在此之后有过变化,请核对。": "The case has changed since; please check.", "恢复": "Bring back", "丢弃": "Discard", "打印这一页": "Print this page",
    # signing
    "在调解记录上签名": "Sign the minutes", "在调解协议上签名": "Sign the agreement", "请先看记录,再签名。": "Read the minutes first, then sign.", "请在框内签名": "Sign inside the frame", "签名区": "Frame for the signature", "撤回一笔": "Undo a stroke", "重签": "Sign anew",
    "上传签字页的照片": "Send a photograph of the signed sheet", "签字页的照片": "Photograph of the signed sheet", "还没有签名。": "Nothing is signed yet.", "确认签名": "Confirm the signature",
    # the agreement
    "合法性核对": "Legal check", "写的时候随时核对:缺什么、哪里不对,都会在这里说明。": "Checked while you write: what is missing or wrong is said here.", "各项齐全,可以拟定。": "Everything is there.", "还不能拟定:": "Not yet:", "给付金钱合计": "To be paid altogether", "元": "yuan",
    "核对": "Check", "拟定协议": "Draft the agreement", "第{n}项": "Item {n}", "谁向谁": "Who to whom", "怎样履行": "How", "已履行": "done", "已作合法性审核": "Legally checked", "出具协议书": "Make the document",
    "还没有协议。记录过调解以后,就可以在这里拟定。": "No agreement yet. Once a talk is on record it can be drafted here.",
    # promises and documents
    "街道": "street", "全部履行": "performed in full", "部分履行": "performed in part", "达成协议": "agreement reached",
    "履行跟踪": "Promises", "有 {n} 项过了约定的日期。": "{n} items are past their day.", "已履行一部分": "partly done", "没有等着履行的事项。": "Nothing is waiting to be performed.", "看全会的": "Show the committee's", "办理": "Do",
    "作废": "Void", "作废{paper}": "Void {paper}", "作废后不能恢复,文号不再使用;作废的理由、时间和作废人留在文书登记上。": "This cannot be undone; the number is never used again. Reason, time and name stay on the register.", "保存": "Save",
}
# fmt: on
