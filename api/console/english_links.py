"""What departments see and send, in English (部门网页英文用语): tasks by link, the desk's links, the mail room.

What does not live here: the other pages' catalogue (english), which takes this one in.
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
DEPARTMENTS: Mapping[str, str] = {
    # a task by link
    "部门办件": "A task for your department", "有一件任务转给贵单位": "A task was handed to your department",
    "按下面的按钮打开任务。打开就算已经收到,时限从这时起算。": "Press the button to open the task. It counts as received when you open it, and its limits begin then.",
    "链接或口令不对": "The link or its code is wrong",
    "请从收到的消息里重新打开链接,或核对口令。还不行的,请联系发链接的工作站重发。": "Open the link from the message again, or check the code. If that does not help, ask the workstation that sent it for a new one.",
    "口令": "Code", "链接里 # 后面的 20 位,一般已经填好": "the 20 signs behind the # of the link, usually filled in already", "打开任务": "Open the task",
    "链接只对这一件任务有效,办结、退回或到期后自动失效。请不要转给单位以外的人。": "The link opens this one task only and ends with it or on its last day. Do not pass it on outside your department.",
    "这件任务已经办结或退回": "This task is concluded or returned", "您不用再做什么,链接随之失效。对结果有疑问的,请联系工作站。": "Nothing more is asked of you, and the link has ended. With questions, ask the workstation.",
    "这个链接已经到期": "This link has expired", "到期时间:{at}。任务还要办的,请联系工作站重发链接;期间时限照常计算。": "It ended at {at}. If the task still has to be done, ask the workstation for a new link; the limits go on running.",
    "这件任务已依法封存": "This task is sealed by law", "封存的任务不能凭链接办理,请用公安账号登录办理。": "A sealed task cannot be done by link. Please log in with an account of the police.",
    "工作站已收回这个链接": "The workstation has taken this link back", "任务还要办的,请联系工作站重发链接;期间时限照常计算。": "If the task still has to be done, ask the workstation for a new link; the limits go on running.",
    "要办什么": "What to do", "下一步由贵单位负责人办理。负责人没有账号的,请联系工作站给负责人发链接。": "The next step is for the head of your department. If the head has no account, ask the workstation to send them a link.",
    "现在没有您要办的,下一步在工作站。": "Nothing for you to do now; the next step is the workstation's.",
    "报告人身份依规定不提供。要联系报告人的,请工作站转达。": "Who reported is not told, by rule. To reach them, ask the workstation.",
    "链接有效到 {at},只对这一件任务有效。": "The link is good until {at}, for this one task only.",
    "您填写的内容已保留,照片要重新选。": "What you typed is kept; please choose the photos again.",
    "经办人姓名": "Your name", "会记入办理记录": "goes on the record", "返回任务": "Back to the task", "工作站": "Workstation",
    # links at the desk
    "办件链接": "Link to the task", "部门没有账号时用": "for a department without an account", "把这个链接发给{org}": "Send this link to {org}",
    "链接打不开时的口令": "The code, should the link not open", "办件链接的二维码": "QR code of the link",
    "有效到 {at}。链接只在这一页显示一次,请现在复制、打印或扫码转发。": "Good until {at}. It is shown on this page only, this once: copy, print or scan it now.",
    "拿到链接的人就能办这件任务,请只发给该单位。发错了,请马上收回。": "Whoever has the link can do this task, so send it to that department only. Sent it wrongly? Take it back at once.",
    "有效天数应为 1 至 {most}": "Days should be 1 to {most}",
    "部门没有账号和系统时,凭链接打开并办理这一件任务。打开即送达,每次使用都有记录;任务办结、退回后链接自动失效。": "A department without account and system opens and does this one task by link. Opening it is delivery, each use is on record, and the link ends with the task.",
    "给谁用": "For whom", "承办人": "Officer", "负责人(可提交退单、批准延期)": "Head (may submit returns and grant extensions)", "几天内有效": "Good for how many days",
    "发一个链接": "Issue a link", "发过的链接": "Links issued", "还没有发过链接。": "No link was issued yet.", "收回": "Take back",
    "有效": "Good", "已收回": "Taken back", "已到期": "Expired", "任务已结束": "Task ended", "已封存": "Sealed", "发出人账号已停用": "Account of who issued it is barred",
    "发出这个链接的人已不在岗": "Whoever issued this link no longer holds their post",
    # a department with an account
    "有 {n} 件任务等贵单位签收": "{n} tasks wait to be signed for", "最早的 {at} 送来,{ago}": "the oldest was sent {at}, {ago}", "{ago}送来": "sent {ago}",
    "任务单": "Task sheet", "部门任务单": "Task of a department", "打印任务单": "Print the task", "到场时间": "On the spot at", "采取的措施和结果": "Measures and result", "签名": "Signature", "日期": "Date",
    "打印时间 {at}。报告人身份依规定不提供。": "Printed {at}. Who reported is not told, by rule.", "执法人员": "Officers", "核查情况": "Finding",
    # the mail room
    "收发": "Mail", "本单位的接收地址": "Where we receive", "已登记。签名密钥只显示这一次,请现在抄入本单位系统:": "Registered. The signing secret is shown this once; copy it into your system now:",
    "测试结果:{word}": "Test: {word}", "地址": "Address", "状态码": "Status", "没有": "none", "用时": "Took", "毫秒": "ms", "消息编号": "Message id", "对方答复": "Their answer",
    "对方拒收,多半是验签没通过:请核对签名密钥和对方服务器的时间。": "They turned it away; most likely the signature was not accepted. Check the secret and the clock of that server.",
    "请核对地址、端口和防火墙;内网地址要登记网段。": "Check address, port and firewall; a private address needs its network registered.",
    "使用中": "in use", "已停用": "switched off", "许可网段": "Approved networks", "登记时间": "Registered", "停用期间,通知放在收件箱,打开任务就算送达。": "While it is off, notices lie in the inbox and opening the task is delivery.",
    "还没有登记。通知放在收件箱,在案件队列里打开任务就可以办;有自己系统的,登记后用签名消息推送。": "None registered. Notices lie in the inbox and tasks are done from the list of cases; with a system of your own, register it to be sent signed messages.",
    "发一条测试消息": "Send a test message", "停用": "Switch off", "更换地址或密钥": "Replace address or secret", "登记接收地址": "Register an address", "接收地址": "Receiving address",
    "内网地址才填,须经系统管理员批准;一行一个,如 10.1.2.0/24": "for a private address only, approved by the administrator; one a line, as in 10.1.2.0/24",
    "保存会换一把新的签名密钥,旧密钥马上作废。签名办法见接口文档。": "Saving makes a new signing secret; the old one ends at once. How to verify is in the API's documentation.",
    "保存并取得新密钥": "Save and get a new secret", "登记、测试和停用由本单位负责人办理。": "The head of your organisation registers, tests and switches off.",
    "投递记录": "Deliveries", "投递状态": "State of delivery", "收件单位": "Recipient", "筛选": "Filter", "全部重新投递": "Send all again", "重新投递": "Send again",
    "看案件": "Case", "送达": "Delivered", "下次": "next", "试了 {n} 次": "{n} tries", "时间": "Time", "结果": "Result", "回到最新": "Newest", "没有这样的投递记录。": "No such deliveries.", "看全部": "See all",
    "已安排重新投递 {n} 条,过一会儿刷新看结果。": "{n} will be sent again; reload in a while to see.", "新任务": "new task", "有通知停投": "a notice was parked", "时限提醒汇总": "digest of reminders",
    "待送": "Waiting", "全部": "All", "公网地址须用 https": "a public address needs https", "重试中": "Retrying", "已送达": "Delivered", "已停投": "Parked", "在收件箱": "In the inbox", "正在送": "On its way", "不必送": "Not needed",
    "接口推送": "webhook", "收件箱": "inbox", "短信": "short message", "邮件": "mail", "文件": "file", "凭查询码": "query code",
    "未成,再试": "failed, tried again", "停投": "parked", "迟到,不计": "late, not counted", "对方已收到": "they received it", "对方没有收下": "they did not take it", "对方说不再接收(410)": "they want nothing more (410)",
    "没有答复": "no answer", "地址不允许,没有发出": "address not allowed, nothing was sent",
    "发出": "Issued", "看材料": "Looked at a file", "有效到 {at}": "good until {at}",
}
# fmt: on
