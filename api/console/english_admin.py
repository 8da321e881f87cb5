"""The administrator's pages in English (管理页面英文).

What does not live here: the other pages (english) and the forms (english_forms).
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
ADMIN: Mapping[str, str] = {
    # the area
    "管理": "Administration", "管理页面": "Administration", "概况": "Overview", "人员账号": "People", "接口密钥": "API keys", "管理记录": "Records",
    "机构和小区": "Organisations", "地区包": "Packs", "工作日历": "Calendar", "督办阶梯": "Ladders", "状态图": "State diagrams",
    "您管账号、密钥、地区包和日历,不看案件内容。每次变更都写入管理记录,审计员可以查看。": "You keep accounts, keys, packs and the calendar, and see no cases. Every change is a record that auditors can read.",
    "{year}年的放假安排尚未收录,涉及该年的时限标“暂算”。": "The holidays of {year} are not known yet; limits that reach into it are provisional.", "收录": "Take in",
    "{n} 个接口密钥将在三十日内到期。": "{n} API keys expire within thirty days.",
    "只有一位系统管理员。另设一位,才能互相重置密码和更改岗位。": "There is only one administrator. With a second one, each can reset the other's password and change roles.",
    "启用;另有停用 {n}": "open; {n} more barred", "有效密钥": "in use", "条,只增不改": "never changed, never deleted", "个机构,{n} 个小区": "organisations, {n} communities",
    "已收录的年份": "Known years", "每个时限何时告知谁、怎么处理": "When who is told about which limit, and what happens", "每种案件的状态和步骤": "The states and steps of each kind of case",
    # people
    "登录名或姓名": "Login or name", "岗位": "Roles", "启用": "Open", "停用中": "Barred", "会话 {n}": "{n} sessions", "没有符合条件的账号。": "No account fits.", "开账号": "Open an account",
    "最近使用": "Last used", "从未": "never", "初始密码": "Initial password", "保存": "Save", "开户": "Opened", "登录会话": "Sessions", "结束全部会话": "End all sessions",
    "密码不填则由系统生成,只显示一次;本人首次登录须改成自己的密码。": "Left empty, a password is made and shown once; its owner replaces it at the first login.", "密码要求:": "Passwords: ",
    "至少 10 位,含大写、小写、数字、符号中的三种,不得含有登录名": "at least 10 signs with three of capitals, small letters, digits and symbols; not the login",
    "系统管理员和审计员不得兼任其他岗位。每次变更都会写入管理记录。": "Administrators and auditors hold no other role. Every change is put on record.",
    "账号已建立": "The account is open", "密码已重置": "The password was reset", "密码只显示这一次,请现在当面或当场电话告诉本人。": "The password is shown this once. Tell its owner now, face to face or by telephone.",
    "密码是您设定的,不再显示。": "You chose the password; it is not shown again.", "本人首次登录时须改成自己的密码,在此之前不能办理任何事。": "Its owner has to replace it at the first login, and can do nothing before.",
    "打开账号": "Show the account", "再开一个": "Open another", "姓名、单位和岗位": "Name, organisation and roles",
    "这是您自己的账号:单位和岗位要由另一位系统管理员更改。": "This is your own account: another administrator has to change its organisation and roles.",
    "连续输错,锁定至 {at}": "Locked after failed logins until {at}", "{at} 给出,本人尚未更改": "given on {at}, not replaced yet", "重置密码": "Reset the password", "新密码": "New password",
    "不填则生成": "made if left empty", "停用账号": "Bar the account", "停用后立即退出登录;案件上的办理记录照旧保留。": "It is logged out at once; what it did in cases stays on record.",
    "不能停用自己的账号,请由另一位系统管理员办理。": "Nobody bars their own account; ask another administrator.", "启用账号": "Open the account again", "还没有记录。": "Nothing on record yet.",
    "已保存。": "Saved.", "账号已停用,登录会话已结束。": "The account is barred and logged out.", "账号已启用。": "The account is open again.", "登录会话已全部结束。": "All its sessions have ended.",
    "系统管理员": "Administrator", "审计员": "Auditor", "司法行政监督": "Judicial supervision",
    # one's own password
    "改密码": "Change password", "您的密码是别人给的,请先改成自己的,再开始办理。": "Somebody else gave you this password. Replace it with your own before you begin.", "原密码": "Present password",
    "再输一次新密码": "New password again", "改好后,在其他设备上的登录都会结束。": "Afterwards you are logged out everywhere else.",
    # keys
    "发密钥": "Issue a key", "密钥供单位自己的系统使用;库中只存摘要,密钥本身只在发出时显示一次。": "Keys are for an organisation's own system. Only a digest is kept; the key itself is shown once, when it is issued.",
    "单位和用途": "Organisation and use", "岗位和权限": "Roles and scopes", "有效期": "Valid", "吊销": "Revoke", "已过期": "Expired", "已吊销": "Revoked", "立即吊销": "Revoke now", "还没有密钥。": "No keys yet.",
    "密钥代表单位办理,岗位和权限够用即可。最长一年,到期自动失效。": "A key acts for its organisation: give it no more than it needs. It lives a year at most.", "密钥已发出": "The key is issued", "用途": "Use", "有效期至": "Valid until",
    "密钥只显示这一次,请现在复制并妥善交给使用单位。": "The key is shown this once. Copy it now and hand it over safely.", "密钥已吊销,立即失效。": "The key is revoked and worth nothing from now on.",
    "权限范围": "Scopes", "有效天数": "Days", "查看案件": "see cases", "登记和办理": "register and act", "设置接收地址、重发通知": "set its address, send notices again",
    # records
    "系统管理员对账号、密钥和日历的每次变更。数据库拒绝修改和删除这些记录。": "Every change by an administrator to accounts, keys and the calendar. The database refuses to alter or delete them.",
    "对象或经办人": "About or by whom", "做了什么": "What was done", "经办人": "By", "对象": "About", "本人账号": "own account", "没有符合条件的记录。": "No record fits.",
    "改账号": "Changed an account", "结束会话": "Ended sessions", "吊销密钥": "Revoked a key", "收录放假安排": "Took in holidays",
    "会话数": "Sessions", "变动天数": "Days that changed", "替换": "Replaced", "另行放假天数": "Further days off",
    # refusals
    "拒绝记录": "Refusals", "被拒绝的访问和办理,以及查看报告人身份的理由。": "Accesses and steps that were refused, and why reporters' identities were looked at.",
    "拒绝的访问": "Refused", "查看身份": "Identities looked at", "请求": "Request", "案件编号": "Case",
    "没有拒绝的访问。": "Nothing was refused.", "没有人查看过报告人身份。": "Nobody looked at a reporter's identity.",
    # organisations
    "来自现行地区包": "From the pack in force,",
    "。此处只能查看:改动写进地区包的表格,检查、回测后发布新版本;在办案件仍按各自的版本。": ". They are only shown here: changes go into the tables of the pack, which is checked, tried and published as a new version; open cases keep theirs.",
    "名称、别名或代码": "Name, other name or code", "职责": "In charge of", "接收地址": "Address", "账号": "Accounts", "样例": "sample", "有": "yes", "无(站内收件箱)": "none (inbox)",
    "{org}的账号:{n}": "Accounts of {org}: {n}", "街道(镇)": "street (town)", "社区(网格)": "residents' committee (grid)", "没有符合条件的机构或小区。": "No organisation or community fits.",
    "名称": "Name", "区级机构": "district", "联合执法工作站": "joint workstation", "公安": "police", "消防": "fire service", "市场监管": "market regulation", "城管": "urban management",
    "住建(房产)": "housing", "生态环境": "environment", "应急": "emergency management", "自然资源和规划": "planning", "卫健": "health", "燃气": "gas", "供电": "power", "水务": "water",
    "农业农村": "agriculture", "民政": "civil affairs", "妇联": "women's federation", "发改": "development and reform", "财政": "finance", "审计": "audit", "司法行政": "justice",
    "人民调解委员会": "mediation committee", "法院": "court", "行业协会": "association",
    # packs
    "城市的机构、事项、时限、用语都是地区包的数据。已发布的版本不再改动,在办案件一直按开案时的版本;发布用命令 huiyin pack publish,先在这里检查和回测。":
        "Organisations, matters, limits and wording of a city are data of a pack. A published version never changes, and open cases keep the one they were opened under. Publish with huiyin pack publish; check and try it here first.",
    "已发布的版本": "Published versions", "名称和版本": "Name and version", "发布时间": "In force since", "在办案件": "Open cases", "现行": "in force", "重启服务后启用": "in force once the services are started again", "第 {n} 号": "No. {n}", "校验值": "Digest",
    "检查一个文件夹": "Check a folder", "地区包文件夹": "Folder of the pack", "检查": "Check", "{name} {version} 检查通过": "{name} {version} passes", "{name}:{n} 处错误": "{name}: {n} faults", "回测": "Back-test",
    "用文件夹里的地区包重算最近的在办案件:哪些时限、灯色、主办会变,会不会有案件没有合法的下一步。什么也不改动。":
        "Replays the newest open cases under the folder's pack: which limits, lights and leads would change, and whether a case would be left without a lawful next step. Nothing is changed.",
    "最近的案件": "Newest cases", "开始回测": "Begin", "上一次回测": "The last back-test", "最近 {n} 件在办案件": "the newest {n} open cases",
    "{n} 件在办案件将没有合法的下一步,不能发布。": "{n} open cases would be left without a lawful next step; it must not be published.", "所有在办案件都有合法的下一步。": "Every open case has a lawful next step.",
    "回放案件": "Cases replayed", "主办变化": "Other lead", "时限变化": "Limits that change", "按事项": "By matter", "灯色变化": "Lights that change", "件数": "Cases", "没有变化": "No change",
    "已做 {done},共 {total}": "{done} of {total} done", "进度": "Progress", "页面每三秒自动刷新;离开也会继续做。": "This page reloads every three seconds; the work goes on if you leave.",
    "没有做完:服务在中途停止了,请重新开始。": "Not finished: the service stopped on the way. Please begin again.",
    "名称、代码或文字": "Name, code or words", "没有符合的内容。": "Nothing fits.", "法规核对至": "Law checked as of", "办公时间": "Office hours", "地区包内容": "Contents of the pack", "时限类别": "Limits", "严重程度 {n}": "severity {n}", "期限": "Term", "起算": "Starts with", "延长": "Extension", "用语": "Wording",
    "案件类型": "Kind of case", "已核对原文": "text checked", "凭记忆,把握较大,未核对原文": "from memory, likely", "凭记忆,把握一般,未核对原文": "from memory, fairly likely",
    "凭记忆,把握较小,未核对原文": "from memory, unsure", "设计值,无法定依据": "design value, no legal basis",
    # the calendar
    "每年国务院办公厅的放假安排通知发布后收录;在此之前涉及该年的时限标“暂算”。": "Take in each year's notice of the State Council when it is out; until then limits that reach into that year are provisional.",
    "逐日试算": "Try a limit, day by day", "日历版本": "Calendar", "年份": "Year", "放假": "Off", "调休上班": "Make-up days", "通知": "Notice", "{n} 天": "{n} days", "第 {n} 版": "Revision {n}", "随系统": "came with the house",
    "收录一年": "Take in a year", "文件": "File", "通知原文(文本)或 CSV:date,kind,name,notice": "the notice's own text, or CSV: date,kind,name,notice", "或贴上通知原文": "Or paste the text of the notice",
    "更正已收录的年份,或另行放假": "Correct a known year, or further days off", "替换已收录的内容": "Replace what is known", "法定以外的放假天数": "Days off beyond the law", "替换或另行放假时必填": "required for either",
    "预览变化": "Preview", "历次收录": "Revisions", "{year}年 第 {n} 版": "{year}, revision {n}", "除随系统的年份外还没有收录过。": "Nothing was taken in yet besides what came with the house.",
    "上一次重算时限": "The last recount", "重算全部时限": "Count all limits again", "重算时限": "Limits counted again", "上次收录中断时用;已按现行日历算过的不变。": "For an import that was interrupted; what was counted by the present calendar stays.",
    "上班": "Worked", "这一安排已经收录,没有变化。": "This is known already; nothing changes.", "有变化的日子": "Days that change", "时限会变的在办案件": "Open cases whose limits move",
    "核对了 {n} 个时限,其中 {moved} 个届满时间会变;确认后逐案记入办理经过并告知经办单位。": "Of {n} limits looked at, {moved} would end at another moment. Once confirmed, each is written into its case and its holder is told.",
    "时限很多,这里只核对了一部分。": "There are many; only some were looked at here.", "会替换已收录的年份,原来确定的时限也可能变。": "This replaces a known year; limits that were certain may move.",
    "确认收录": "Confirm", "放弃": "Give up", "日期": "Day", "原来": "Before", "现在": "Now", "另有 {n} 天未列出。": "{n} more days are not listed.", "{years} 年的放假安排已收录。": "The holidays of {years} are taken in.",
    "由暂算转为确定": "No longer provisional", "届满时间变动": "Ends that moved", "涉及案件": "Cases", "{n} 件未能重算,请查看系统日志。": "{n} could not be counted again; see the log.",
    "变动已逐案记入办理经过并告知经办单位。": "Each change is in the history of its case, and its holder was told.",
    # ladders
    "逐级上报": "step by step", "每个时限走到哪一步、告知谁、怎么处理,由现行地区包决定:": "When a limit reaches which rung, who is told and what happens is decided by the pack in force:",
    "签发人": "issued by", "告知": "tells", "不提醒,也不上报。": "No reminder, no report.", "通常": "usually", "用去时限的 {share}": "{share} of the limit used", "起算时": "at the start", "到期时": "when due",
    "起算后{span}": "{span} after the start", "到期后{span}": "{span} after due", "责任单位": "whoever holds it", "提醒": "reminder", "标记超期": "marked overdue", "发督办单": "supervision order", "上报": "reported upward", "按办理时指定的日期": "to a date given in the case",
    # state diagrams
    "每种案件有哪些状态、每一步从哪里到哪里,由案件类型的表画出;件数是您看得到的在办案件。": "Which states each kind of case has and where each step leads, drawn from its table; counted are the open cases you may see.",
    "件在办": "open", "{n} 个状态": "{n} states", "{n}件": "{n} cases", "数字是您看得到的在办案件;点状态打开清单。": "The figures are the open cases you may see; a state opens its list.",
    "您的岗位不看案件,图上没有件数。": "Your role sees no cases, so nothing is counted.", "实线向前,虚线退回;黑点是开始,双框可以终结。": "Solid lines lead on, dashed ones back; a dot is a beginning, a double frame may be an end.",
    "看表格": "See the table", "表格": "As a table", "在办": "Open", "起始": "start", "可终结": "may end", "受理单位": "accepting office", "各承办部门": "the departments", "无人": "nobody", "承办方": "assignee", "送达后的承办单位": "the assignee once delivered",
}
# fmt: on
