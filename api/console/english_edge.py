"""What the edge refuses and what is wrong with a field, in English (入口用语英文).

What does not live here: guards (english_guards) and how the domain says no (english_refusals).
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
EDGE: Mapping[str, str] = {
    # what is wrong with a field
    "没有这一项": "There is no such field", "应为文字": "Text, please", "至少 {most} 个字": "At least {most} characters", "最多 {most} 个字": "At most {most} characters", "至少 {most} 项": "At least {most}", "最多 {most} 项": "At most {most}",
    "应为整数": "A whole number, please", "数字过大": "The number is too large", "应为数字": "A number, please", "应为有限的数字": "A finite number, please", "应为是或否": "Yes or no, please", "应大于 {most}": "More than {most}", "不得小于 {most}": "At least {most}",
    "应小于 {most}": "Less than {most}", "不得大于 {most}": "At most {most}", "应为 {choices} 之一": "One of {choices}", "应为列表": "A list, please", "应为对象": "An object, please", "不是有效的 JSON": "No valid JSON", "填写不正确": "Not filled in correctly",
    "应为日期,如 2026-01-31": "A date, as in 2026-01-31", "应为日期时间,如 2026-01-31T09:30:00+08:00": "Date and time, as in 2026-01-31T09:30:00+08:00", "应为日期时间,如 2026-01-31T09:30": "Date and time, as in 2026-01-31T09:30",
    "含有看不见或不能印出的字符(U+{code})": "Holds a sign that cannot be seen or printed (U+{code})", "应写成一行": "On one line, please", "应为金额(元),如 5472.95": "An amount in yuan, as in 5472.95", "应为不小于 0 的整数": "A whole number, 0 or more",
    "应为 {choices} 中的若干项": "Some of {choices}", "应为列表,最多 {most} 项": "A list of {most} at most",
    # requests
    "请求内容应为 {kind}": "The content must be {kind}", "请求内容层次过深": "The content is nested too deeply", "请求内容不是有效的 JSON(UTF-8)": "The content is no valid JSON (UTF-8)", "请求内容不是有效的 JSON": "The content is no valid JSON", "请求内容超过 {most} 字节": "The content is longer than {most} bytes",
    "不接受来自其他网站的操作": "Nothing is taken from other sites", "初始密码尚未更改,请先改成自己的密码": "The first password is still in use; choose your own", "这个接口密钥没有此项权限范围": "This key has no such scope", "请用 If-Match 给出所见的版本号,如 \"3\",或 *": "Name the version you saw with If-Match, as in \"3\", or *",
    "版本号写法不正确": "The version is not written correctly", "如 \"3\"": "As in \"3\"", "幂等键写法不正确": "The key is not written correctly", "1 至 200 个可见字符": "1 to 200 visible characters", "请求过于频繁,请稍后再试": "Too many requests; please wait a moment", "数据库暂时无法使用,请稍后再试": "The database cannot be reached; please try again",
    "没有这个地址": "There is no such address", "这个地址不支持这种请求方法": "This address does not take this method", "这一页打开得太久了,请返回上一页,刷新后再提交": "This page was open too long; go back, reload and submit again", "这一页打开得太久了,内容已保留,请再提交一次": "This page was open too long; what you typed was kept, submit it once more", "实时更新的人太多,请稍后刷新": "Too many follow live; reload later",
    "案件标识不正确": "The identifier of the case is wrong", "请从案件队列重新勾选": "Tick them among the cases again", "请先勾选案件,再选择能办的动作": "Tick cases first, then choose a step they can take", "请从案件页重新进入这一步": "Begin this step again from the case",
    "请求地址含有不能使用的字符": "The address holds signs that cannot be used", "请求的长度写法不正确": "The length of the request is not written correctly", "系统内部错误,已记录,请稍后再试": "A fault of ours; it was noted, please try again", "请先登录,或提供有效的接口密钥": "Log in first, or give a valid key",
    # logging in, accounts, keys
    "登录的人太多,请稍后再试": "Too many log in at once; please wait a moment", "登录名或密码不正确,或账号已暂时锁定": "Login or password is wrong, or the account is locked for a while", "密码太简单": "The password is too simple", "至少 {most} 位,含大写、小写、数字、符号中的三种": "At least {most} signs with three of capitals, small letters, digits and others",
    "不得含有登录名": "May not hold the login", "新密码不能与原密码相同": "The new password may not be the old one", "原密码不正确,或账号已暂时锁定": "The old password is wrong, or the account is locked for a while", "两次输入的新密码不一样": "The new password was typed differently the second time", "与上面的新密码不一样": "Not the same as the new password above",
    "接口密钥没有密码": "A key has no password", "不能停用自己,也不能更改自己的单位和岗位,请由另一位系统管理员办理": "Nobody stops themselves or changes their own organisation and roles; another administrator does", "系统管理员、审计员只能是人,不能发给系统": "Administrators and auditors are people; their roles are not given to systems", "地区包中没有这个单位": "The pack has no such organisation",
    "只有系统管理员可以使用管理页面": "Only administrators use the administrator's pages", "只有系统管理员和审计员可以查看管理记录": "Only administrators and auditors look at what administrators changed", "只有审计员可以查看拒绝记录": "Only auditors look at what was refused", "您的岗位不能查看督办阶梯和状态图": "Your role may not look at the ladder and the diagrams",
    "只有系统管理员可以管理账号和密钥": "Only administrators keep accounts and keys", "只有审计员可以查看拒绝记录和查看身份的记录": "Only auditors look at what was refused and at who looked at identities", "只有系统管理员可以检查和回测地区包": "Only administrators check and back-test packs",
    # administration
    "{name}: 不是纯文本,请另存为 UTF-8 编码的文本或 CSV 文件": "{name}: no plain text; save it as text or CSV in UTF-8", "{name}: 文件过大,放假安排不超过 {most} 千字节": "{name}: the file is too large; an arrangement has {most} kilobytes at most",
    "替换已收录的年份、或有法定以外的放假天数的,须写明理由": "To replace a year on record, or for more days off than the law gives, say why", "替换或另行放假须写明理由": "Say why it is replaced, or more days are off", "没有这种案件类型": "There is no such kind of case", "请选择回放多少件案件": "Choose how many cases to replay",
    "上一次重算时限还没有做完,请稍后再收录": "The last recount is not finished; take it in later", "日历在您查看之后有了变化,请重新预览": "The calendar has changed since you looked; preview again", "另行放假天数应为整数": "The days off are a whole number", "0 至 {most}": "0 to {most}", "请选择文件,或贴上通知原文": "Choose a file, or paste the notice",
    "文件和原文至少给一样": "Either a file or the text", "没有这个版本的地区包": "There is no such version of the pack", "没有这个地区包文件夹": "There is no such folder of a pack", "上一个同类任务还没有做完,请稍后再试": "The last task of this kind is not finished; try again later",
    # pages and views
    "今日看板供工作站和督办、审计岗位使用": "The board of the day is for stations and those who supervise or audit", "全区概况供督办、审计岗位和站长使用": "The overview is for those who supervise or audit, and heads of stations", "只有司法行政监督、督办和审计岗位可以查看": "Only those who supervise or audit may look at this", "截止日不得早于起始日": "The last day may not lie before the first",
    "没有这张表": "There is no such table", "只有部门任务有任务单": "Only a department's task has a sheet", "没有这一页帮助": "There is no such page of help", "您的岗位不能登记线索": "Your role may not register reports", "只能以本单位名义报告": "One reports for one's own organisation only", "应为本单位,或留空": "One's own organisation, or empty",
    "请从单位清单中选择": "Choose from the register", "这个小区由{station}受理": "Reports of this community go to {station}", "只有本工作站可以查看报告人身份": "Only the station itself looks at who reported", "这件案件没有登记报告人": "Nobody is entered as having reported this",
    "您的岗位不能查看批次漏斗": "Your role may not look at the funnel", "只有接收诉状的机构可以提交批次": "Only the body that receives suits submits batches", "没有账号的,以业主本人的名义起诉": "Without an account one sues as an owner", "请填写业主姓名,机构留空": "Give the owner's name and leave the organisation empty", "这不是诉讼案件": "This is no suit", "查询码由接收诉状的机构发给": "Codes are given by the body that receives suits",
    "只有调解员和调解委员会主任可以登记调解申请": "Only mediators and heads of a committee enter applications", "只有调解员和调解委员会主任有调解周历": "Only mediators and heads of a committee have a week", "您的岗位不能查看考核": "Your role may not look at appraisals", "只有督办岗可以登记受聘机构合同": "Only supervisors enter contracts with hired bodies",
    "只有督办岗可以登记对调解机构的投诉": "Only supervisors enter complaints about bodies", "只有督办岗可以认定投诉": "Only supervisors decide complaints", "这个调解委员会不在您的辖区": "This committee is not in your area", "只有工作站可以使用事项推荐": "Only stations have matters suggested",
    # files and photographs
    "请先选择文件": "Choose a file first", "请选择照片、录音或文档": "Choose a photograph, recording or document", "调解材料由受理的调解委员会保管": "Files of a mediation are kept by its committee", "督办、审计岗位不能添加材料": "Those who supervise or audit add no files", "案件已经办结,不能再添加材料": "The case is concluded; no file can be added",
    "一件案件最多 {most} 份材料": "A case has {most} files at most", "没有这份材料": "There is no such file", "这份材料已依法删除": "The file was erased lawfully", "第 {n} 张照片:{why}": "Photograph {n}: {why}", "文件是空的,请重新选择": "The file is empty; choose another", "不是照片,或者已经损坏,请换一张(JPEG、PNG 或 WebP)": "No photograph, or damaged; choose another (JPEG, PNG or WebP)",
    "照片超过 {n} MB": "The photograph is larger than {n} MB", "照片的尺寸太大,请缩小后再选": "The photograph is too large; make it smaller", "照片的编码方式不正常,请换一张(JPEG、PNG 或 WebP)": "The photograph is written in a way no camera writes; choose another (JPEG, PNG or WebP)", "一次最多 {most} 张照片": "{most} photographs at most at a time", "请选择调解记录的照片或文件": "Choose a photograph or file of the minutes", "请选择文件": "Choose a file", "还没有签名": "There is no signature yet", "请在签名区签名,或上传签字页的照片": "Sign in the box, or upload a photograph of the signed page", "现在没有协议可签": "There is no agreement to sign now",
    "这份文书已依法删除": "The document was erased lawfully", "您不能为这件案件出具《{paper}》": "You cannot make this document for this case: {paper}", "没有这份文书": "There is no such document",
    # departments by link and mail
    "系统管理员不看案件内容": "Administrators do not look into cases", "只有站长、系统管理员和登记接收地址的人可以重新投递": "Only heads of stations, administrators and who enters the address send again", "您的岗位不能查看投递记录": "Your role may not look at deliveries", "只有部门和法院可以登记接收地址": "Only departments and courts enter an address to receive at",
    "只有部门负责人和法院承办人可以登记接收地址": "Only heads of departments and court clerks enter the address to receive at", "只有部门负责人和法院承办人可以停用接收地址": "Only heads of departments and court clerks stop the address to receive at", "只有部门负责人和法院承办人可以测试接收地址": "Only heads of departments and court clerks test the address to receive at",
    "请写您的姓名": "Write your name", "这条通知没有停投,不用重新投递": "This notice is not parked; there is no need to send it again", "本单位尚未登记接收地址": "Your organisation has entered no address to receive at", "没有正在使用的接收地址": "No address to receive at is in use", "这个服务没有接上投递,不能测试": "This server is not connected to delivery; nothing can be tested",
    "现在不能办理这一步,下面是最新情况": "This step cannot be taken now; below is how things stand", "这一步刚刚已有人办理,或者现在不能办理。下面是最新情况": "Somebody has just taken this step, or it cannot be taken now. Below is how things stand",
    # the public, mediators, reckoning
    "没有这份报告,或者查询码不正确": "There is no such report, or the code is wrong", "没有这起纠纷,或者查询码不正确": "There is no such dispute, or the code is wrong", "请选一项,或者写几句话说明情况": "Choose one, or write some words about it", "劝说的情况没有写全": "What was said to them is not complete", "请填写,或者把这一栏都留空": "Fill this in, or leave all of it empty", "请选“同意”或“不同意”,并填写后四位": "Choose “agree” or “do not agree”, and give the last four signs", "时间写得不对": "The time is not written correctly",
    "请写成 2026-01-31 09:30 的样子": "Write it as in 2026-01-31 09:30", "公众申请由所在街道的调解委员会受理": "Applications of the public go to the committee of the street", "来源为当事人申请,受理机构留空": "A party applies; leave the body empty", "申请须写明申请人": "An application names who applies", "至少一方申请人": "At least one applicant",
    "时间无法识别:{text},应为 2026-02-13 或 2026-02-13T10:00 这样的写法": "The time cannot be read: {text}; write it as in 2026-02-13 or 2026-02-13T10:00", "日期,或日期和时刻": "A date, or date and time", "期限过长,逐日说明只列约十年以内的": "The limit is too long; days are explained for about ten years", "约十年以内": "Within about ten years",
    "只有同一调解委员会可以办理": "Only the same committee may", "只有本人可以管理自己的日历订阅": "Only oneself manages one's own subscription", "没有这个日历,或订阅密钥不正确": "There is no such calendar, or the key is wrong", "合同期限不正确": "The time of the contract is wrong", "不早于开始日期": "Not before the first day", "没有这个调解委员会": "There is no such committee", "请从登记簿中选择": "Choose from the register", "可留空": "May be left empty",
}
# fmt: on
