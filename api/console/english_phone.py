"""The public's pages in English (公众网页英文用语).

What does not live here: the other pages' catalogue (english), which takes this one in.
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
PHONE: Mapping[str, str] = {
    # frame and errors
    "报告": "Report", "查进展": "Follow", "当事人": "Parties", "帮助": "Help", "选择小区": "Choose a community",
    "请核对地址或二维码,也可以从选择小区开始。": "Check the address or the code, or start by choosing a community.",
    "请从本网站的页面重新打开表单再提交。": "Please open the form on this site again and submit it there.",
    "照片太多或太大。请返回上一页,少选几张再提交。": "Too many or too large photos. Go back, choose fewer and submit again.",
    "请过一会儿再来。着急的事请直接打电话。": "Please come back in a while. If it is urgent, telephone.",
    "请返回上一页再试;一直不行,请打电话给工作站,并说出下面的编号。": "Go back and try again; if it stays so, call the workstation and say the number below.",
    # choosing and reporting
    "您要报告哪个小区的事": "Which community is it about?", "小区名称": "Name of the community",
    "没有找到这个小区。请换个写法,或者打电话给社区居委会。": "No such community found. Try another spelling, or call the residents' committee.",
    "还有 {more} 个小区没有列出,请输入名称查找。": "{more} more are not listed; type a name to find them.",
    "有事请说,件件有回音": "Tell us; every report gets an answer",
    "正在发生危险的,请先打 110、119 或 120,再来填写。": "In immediate danger call 110, 119 or 120 first, then fill this in.",
    "填写的文字还在,照片要重新选。": "What you wrote is still here; please choose the photos again.",
    "是什么事": "What is it?", "选最像的一项,说不准就不选": "choose what fits best, or leave it",
    "说不准,请工作站判断": "Not sure, let the workstation decide", "说说情况": "What happened", "在哪儿、怎么回事、多久了": "where, what, for how long",
    "哪栋楼": "Building", "如:6幢": "e.g. 6", "几室,或什么位置": "Room or spot", "可不填": "optional", "什么时候看到的": "When did you see it",
    "不填就是现在": "empty means now", "很急,可能马上出危险": "Urgent, danger may be near", "照片": "Photos",
    "最多 {most} 张,可不选。照片里的位置信息会被去掉。": "up to {most}, optional. The place stored in a photo is removed.", "最多 {most} 张,可不选": "up to {most}, optional",
    "有没有人劝说过": "Has anybody talked to them?", "没有就留空": "leave empty if nobody has",
    "物业、居委会或者邻居已经去说过的,写在这里,办得更快。有危险、怕惊动对方的,请不要自己去说。": "If the property firm, the committee or a neighbour has talked to them, say so here; it helps. Do not go yourself where it is dangerous or would warn somebody.",
    "谁去说的": "Who talked to them", "如:物业张某、邻居、居委会": "e.g. the property firm, a neighbour", "什么时候说的": "When",
    "说了什么": "What was said", "对方怎么说": "What they answered", "怎么联系您": "How to reach you",
    "不留电话也可以报告,凭查询码看结果。留了的,只有工作站办理人员看得到。": "You may report without a telephone number and follow with the query code. If you leave one, only the workstation sees it.",
    "怎么称呼": "Your name", "请替我保密": "Please keep it secret that I reported", "提交报告": "Send the report", "这个小区的事归谁管": "Who is in charge of what here",
    # receipt
    "已收到": "Received", "已收到您的报告": "Your report has arrived", "查询码": "Query code", "复制": "Copy", "已复制": "Copied", "打印": "Print",
    "请记下下面两行,也可以截屏或打印。查询码只显示这一次,丢了不能补发。": "Write down the two lines below, take a screenshot or print. The code is shown only now and cannot be issued again.",
    "现在看看进展": "See how it stands", "以后查进展:": "Later: ", "打开这个网页,填上查询码": "open this page and enter the code",
    # following
    "我的报告办得怎么样了": "How far is my report?", "12 位,大小写、空格都行": "12 signs; case and spaces do not matter",
    "编号和查询码在您提交报告后的那一页上。查询码丢了,请打电话给工作站说明情况。": "Number and code are on the page you saw after sending the report. If the code is lost, call the workstation.",
    "已收到您的答复:{done}": "Your answer has arrived: {done}", "现在由谁办": "In whose hands", "现在等谁": "Waiting for", "等您答复": "your answer",
    "这一步最迟": "This step by", "最近变化": "Last change", "请您补充": "Please supply", "给您的答复": "The answer", "您可以": "You may", "办理经过": "History", "刷新": "Reload",
    "问题解决了": "It is solved", "还没有解决": "It is not solved", "补充材料": "Supply more", "我不同意这个决定": "I object", "问题又出现了": "It has come back", "我不想再调解了": "I want to leave the mediation",
    "您满意吗": "Are you content?", "很不满意": "not at all", "不满意": "no", "一般": "so so", "满意": "yes", "很满意": "very much",
    "补充说明": "What you add", "未解决的情况": "What is not solved", "异议理由": "Why you object", "重办理由": "What has come back", "评价": "Your words", "理由": "Why", "原因": "Why",
    # parties of a mediation
    "调解进展": "Mediation", "我的调解或者诉讼办得怎么样了": "How does my mediation or suit stand?", "当事人查询": "For parties", "诉讼进展": "How the suit stands", "您是": "You are", "最近一项期限": "Next due", "现在没有您要办的;有进展会告知您。": "Nothing for you to do now; you will be told when it moves on.", "由谁调解": "Mediated by", "最近一项约定到期": "Next promise due", "法院确认": "Confirmation by the court",
    "每位当事人有自己的查询码,由调解委员会或者接收诉状的机构告知。丢了可以请他们另发一个。": "Each party has a code of its own, told by the committee or the desk that received the suit, which can issue another.",
    "还可以怎么办": "Other ways", "调解是自愿的,随时可以不再调解,不影响您走其他途径。": "Mediation is voluntary; you may leave it at any time, and other ways stay open.",
    "请您答复": "Please answer", "调解委员会有一件事问您": "The mediation committee asks you something", "链接口令": "Token of the link",
    "链接里 # 后面的一串,一般已经填好": "what stands behind # in the link; usually filled in already", "看看问什么": "See the question",
    "链接只能用一次。打不开的,请打电话给调解委员会。": "The link works once. If it does not open, call the committee.",
    "问的是谁": "Asked", "是哪件事": "About", "会议时间": "Meeting", "请在此之前答复": "Answer before", "您的答复": "Your answer", "同意": "Yes", "不同意": "No",
    "证件号码后四位": "Last four digits of your identity number", "没登记证件的,填电话后四位": "or of your telephone, if no identity number is on file", "提交答复": "Send the answer",
    "同意不同意都由您定,不同意不会有任何不利。答复以后这个链接就作废。": "It is for you to decide; a no does you no harm. Afterwards this link is worth nothing.",
    "已收到答复": "Answer received", "已收到您的答复": "Your answer has arrived", "这个链接已经作废。以后想改主意,请打电话给调解委员会:": "This link is used up. To change your mind, call the mediation committee:",
    # what a party is asked
    "是否同意由人民调解委员会调解这起纠纷": "Do you agree that the people's mediation committee mediates this dispute?",
    "是否同意网络直播这起纠纷的调解会议(不同意不影响调解)": "Do you agree that the meetings of this mediation are streamed online? (A no does not affect the mediation.)",
    "是否同意将您的姓名告知对方当事人": "Do you agree that the other party is told your name?",
    "是否同意以电子方式送达文书": "Do you agree that documents are served on you electronically?",
    "是否同意延长调解期限": "Do you agree that the term of the mediation is extended?",
    "是否同意将本件连同案卷移交另一种调解(人民、行政、司法调解)办理": "Do you agree that this case and its file are handed over to another kind of mediation (people's, administrative or judicial)?",
    "是否同意与对方共同向人民法院申请司法确认调解协议": "Do you agree to ask the court, together with the other party, to confirm the agreement?",
    "是否同意将下列事实提供给对方机关(只限这一项)": "Do you agree that the following fact is given to the other authority (this one only)?",
    "是否参加这次调解会议": "Will you come to this meeting of the mediation?",
    # notice board
    "公示牌": "Notice board", "正在发生危险的,请先打 110、119 或 120。": "In immediate danger call 110, 119 or 120 first.", "物业和社区事务:有事找谁": "Community matters: who is in charge", "扫码报告": "Scan to report", "工作站": "Workstation", "社区居委会": "Residents' committee",
    "业主委员会(物管会)": "Owners' committee", "物业公司": "Property firm", "人民调解": "Mediation", "未登记": "not on record", "归谁管": "In charge", "什么事": "What", "电话号码": "Telephone",
    "由工作站协调确定": "decided by the workstation", "小区内的事先找物业劝说;劝不住的、有危险的,报工作站。邻里纠纷可以申请人民调解。": "First ask the property firm to talk to people; if that fails, or in danger, tell the workstation. Neighbours' disputes can be mediated.",
    "本页有样例单位,须由使用单位核对后再张贴。": "There are sample organisations on this page; the office must check it before it is put up.", "打印这一页": "Print this page", "版本": "Version",
    # help
    "我是谁": "Who are you?", "词语表": "Glossary", "状态和动作怎么叫": "What states and steps are called", "中文": "Chinese", "英文": "English", "代码": "Code", "动作": "Step", "所有帮助": "All help",
}
# fmt: on
