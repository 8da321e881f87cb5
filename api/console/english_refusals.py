"""How the domain says no, in English (拒绝用语英文), with templates where a value stands in the sentence.

What does not live here: guards (english_guards), what the edge refuses and what is wrong with a field (english_edge).
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
REFUSALS: Mapping[str, str] = {
    # the step itself
    "没有“{verb}”这个动作": "There is no step “{verb}”", "当前状态“{state}”不能{verb}": "“{verb}” is not possible in the state “{state}”", "您的岗位不能{verb}": "Your role may not do this: {verb}",
    "当前状态不能办理这个动作": "This step is not possible in the present state", "填写的内容不完整或不正确": "Something is missing or not filled in correctly",
    "没有这件案件": "There is no such case", "没有这件主案": "There is no such main case", "这件案件刚刚被别人办理过,请刷新后再办": "Somebody has just worked on this case; reload and go on from there",
    "服务器时间比本件上一步还早,请检查系统时钟后再办": "The server's time lies before the last step of this case; check the system clock first",
    "系统办理这件案件时出错,已记录,请联系管理员": "A fault of ours with this case; it was noted, please tell the administrator",
    "您的岗位不能提交{kind}": "Your role may not open this: {kind}", "{kind}不能单独提交": "This is not opened on its own: {kind}",
    "没有这个机构": "There is no such organisation", "没有这个单位": "There is no such organisation", "没有这个事项": "There is no such matter", "请从事项清单中选择": "Choose from the catalogue of matters",
    # clocks
    "该时限已经停表": "This limit stands still already", "该时限已经届满,不能停表": "This limit has ended and cannot stand still", "停表期限须在现在之后,最长到{until}": "The stand ends after now, and by {until} at the latest",
    "该时限因案件所处环节停表,离开该环节时自动恢复": "This limit stands still because of where the case is, and goes on by itself when it moves on", "该时限另有停表事由": "This limit stands still on another ground",
    "该时限不因这一事由停表": "This limit does not stand still on this ground", "没有正在运行的这个时限": "No such limit is running", "本件已适用最新的地区包": "The case has the newest pack already",
    "只能查看本单位的经手时间": "Only the time in the hands of one's own organisation can be looked at", "经手时间只供办理单位查看": "Time in whose hands is for those who handle the case",
    # notices, imports, the record
    "没有这条通知": "There is no such notice", "这个来件编号已经收过,但内容不同;若是另一件事请换编号": "This incoming number was taken before with another content; give another matter another number", "这个来件编号已经收过": "This incoming number was taken before",
    "不支持的摘要算法": "This digest is not supported", "文字中含有无法保存的字符": "The text holds signs that cannot be kept", "含有不能保存的字符": "Holds signs that cannot be kept",
    "内容中有不能留痕的值,小数和日期请改用文字": "A value cannot be put on record; write decimals and dates as text", "整数过大,请改用文字填写": "The number is too large; write it as text", "内容嵌套过深": "Nested too deeply", "栏目名必须是文字": "Names of fields are text",
    "案件编号重复或含有空白,不能列入检查点": "A case number is there twice or holds blanks; it cannot go into a checkpoint", "办理记录与上一检查点或案件登记不符,未生成新的检查点": "The record does not agree with the last checkpoint or the register; no new checkpoint was made",
    # consents and meetings
    "当事人没有登记证件号码或电话,不能用链接答复": "Neither identity number nor telephone of the party is entered, so no link can be used", "请先登记,或当面记录": "Enter one, or note the answer in person",
    "只有受理这起纠纷的调解员和调解委员会主任可以更正或撤回当事人": "Only mediators and the head of the committee that keeps the case may correct or withdraw a party",
    "调解已经签订协议、终止或结束,当事人不能再更正或撤回": "The agreement is signed, or the mediation has ended: parties can no longer be corrected or withdrawn",
    "这一方已经答复、到会或签名,不能撤回;写错的请用更正,不愿调解的记录其答复": "This party has answered, come or signed and cannot be withdrawn. Correct what is wrong; note the answer of somebody who does not want mediation",
    "协议草案写有这一方的履行事项,不能撤回;请先退回再议,改好协议": "The draft agreement names this party and it cannot be withdrawn; reopen the talks and change the draft first",
    "没有要更正的内容:填写的与登记的相同": "Nothing to correct: what you wrote is what is registered", "理由会写进办理经过,不要写姓名、号码和地址": "The reason stands in the history: no names, numbers or addresses",
    "同一项不能既填写又清空": "One part cannot be both filled in and emptied", "个人和单位的证件号码不同": "A person's number is not an organisation's",
    "请写明要更正的内容": "Say what is to be corrected", "请只选一样": "Choose one of the two", "请重新填写,或选择清空": "Fill it in anew, or choose to empty it",
    "没有这个征求事项": "There is no such question", "请从征求事项中选择": "Choose one of the questions", "链接无效、已经使用或已过期,请联系调解委员会": "The link is invalid, used or expired; ask the mediation committee",
    "这不是发给您的链接,或后四位不正确": "The link is not yours, or the last four signs are wrong", "已经答复过,要改变请联系调解委员会": "It was answered before; to change it ask the mediation committee",
    "入户调解须写明地址": "Mediation at home needs the address", "请填写": "Fill this in", "会议还没有开始": "The meeting has not begun", "到会人不在受邀人中": "Somebody present was not invited", "请从受邀人中选择": "Choose among those invited",
    "没有调解员到会": "No mediator is present", "至少一位调解员到会": "At least one mediator must be present", "会议召开后才有调解记录": "Minutes are made once the meeting was held", "调解记录已有人签名,不能更换": "Somebody signed the minutes; they cannot be replaced",
    "还没有调解记录可签": "There are no minutes to sign yet", "调解记录已经更换,请重新核对后再签名": "The minutes were replaced; check them again before signing", "没有到会的人不能在记录上签名": "Who was not present does not sign the minutes", "已经签过名": "Signed already",
    "签名须是图像": "A signature is a picture", "请上传签名图像": "Upload a picture of the signature", "这段时间已安排会议,请先改期:{meetings}": "Meetings are planned in that time; move them first: {meetings}", "没有这次会议": "There is no such meeting",
    "这次会议已经召开或取消": "This meeting was held or called off", "不在这次会议的受邀人中": "Was not invited to this meeting", "本案没有这份材料": "The case has no such file", "请先上传": "Upload it first",
    "这位调解员不能调解这起纠纷:{why},请先更换": "This mediator may not mediate this dispute: {why}; choose another first", "这位调解员不能调解这起纠纷:{why}": "This mediator may not mediate this dispute: {why}", "已声明与当事人或纠纷有利害关系": "has declared a tie to a party or the dispute",
    "没有这个调解室": "There is no such room", "请从本会调解室或共享法庭中选择": "Choose one of the committee's rooms or a shared court room", "{who}请假": "{who} is on leave", "{who}请假,请先改期或另选调解员": "{who} is on leave; move the meeting or choose another mediator",
    "没有这些账号:{names}": "There are no such accounts: {names}", "先建账号,或留空": "Make the account first, or leave it empty", "没有写明与谁有关系": "It is not said to whom the tie is", "这起纠纷现在没有选定的调解员": "No mediator is chosen for this dispute now",
    "只有受理这起纠纷的调解委员会可以登记当事人": "Only the committee that took the dispute enters parties", "本案不是由报告转来的,或报告人没有同意公开身份": "The case did not come from a report, or the reporter did not agree to be named",
    "一件纠纷最多登记 {most} 方当事人": "A dispute has {most} parties at most", "请从机构清单中选择,不在清单中的留空": "Choose from the register; leave it empty where it is not listed", "只有受理的调解委员会和原工作站可以提出共享事实": "Only the committee and the station it came from offer shared facts",
    "这起纠纷的调解已经结束": "The mediation of this dispute is over", "这不是调解案件": "This is no mediation", "只有受理这起纠纷的调解委员会可以办理": "Only the committee that took the dispute may", "这不是本案的当事人": "This is no party of the case", "请从本案当事人中选择": "Choose among the parties of the case",
    "会议时间不正确": "The time of the meeting is wrong", "请假时间不正确": "The time of the leave is wrong", "结束须晚于开始,一次最长一年": "It ends after it begins, within a year", "没有这位调解员": "There is no such mediator", "没有这次请假": "There is no such leave",
    "这件纠纷已经选定调解员,更换须先说明原因": "A mediator was chosen for this dispute; to change it, say why first", "这个合同编号已经登记过,或没有这个调解委员会": "This contract was entered before, or there is no such committee", "没有这件投诉": "There is no such complaint", "没有这个订阅密钥": "There is no such subscription key",
    "结束须晚于开始": "It ends after it begins", "开始时间须晚于现在": "It begins after now", "以一刻钟为单位,如 09:00、09:15": "In quarters of an hour, as in 09:00, 09:15", "一次会议最长 {n} 小时": "A meeting takes {n} hours at most", "只能预约一年以内": "Within a year from now",
    "与当事人一方有利害关系({tie})": "tied to a party ({tie})", "与当事人单位有利害关系({tie})": "tied to the organisation of a party ({tie})", "近亲属": "near kin", "任职": "works there", "不在聘期内": "not in service", "在办 {n} 件,已达上限": "{n} open cases, which is the most",
    "此前参与过这起纠纷的执法处理": "took part in the enforcement in this dispute", "此前已在本案中更换": "was replaced in this case before", "请假{span}": "on leave, {span}",
    "{year}年{month}月{day}日{begins}至{ends}": "{year}-{month}-{day} {begins} to {ends}", "{year}年{month}月{day}日{time}": "{year}-{month}-{day} {time}",
    # why a mediator is proposed
    "近一年办理 {n} 件({points})": "{n} cases within a year ({points})", "正擅长这一事项({points})": "expert in this very matter ({points})", "擅长这一类事项({points})": "expert in this kind of matter ({points})", "各类纠纷均可({points})": "takes disputes of all kinds ({points})", "未登记擅长这类事项({points})": "not entered as expert in this kind of matter ({points})",
    "熟悉当地({points})": "knows the place ({points})", "会{languages}({points})": "speaks {languages} ({points})", "不会{languages}({points})": "does not speak {languages} ({points})", "属其他调解委员会,跨会支援({points})": "of another committee, helping out ({points})", "在办 {n} 件({points})": "{n} open cases ({points})",
    # documents
    "您的岗位不能出具《{paper}》": "Your role may not make this document: {paper}", "还没有出具《{paper}》的机关": "Nobody can make this document yet: {paper}", "这件案件没有这份文书": "The case has no such document", "这份文书已经作废,不能再出新版本": "The document was voided; no new version can be made",
    "这类案件没有这种文书": "Cases of this kind have no such document", "“{organ}”没有登记机关代字,不能编号,请在地区包 organs.csv 中补上": "“{organ}” has no short name for numbers; add it to organs.csv of the pack", "只有出具单位可以作废这份文书": "Only who made the document may void it",
    "这份文书已经作废": "The document was voided", "文书文件与登记的校验值不符,请联系管理员": "The file of the document does not agree with its digest; tell the administrator",
    "《{paper}》全文 {signs} 字,最多 {most} 字": "{paper} has {signs} signs; {most} at most", "字库中没有这些字,印不出来:{signs};请改写,或安装含有它们的字体(HUIYIN_FONTS)": "No font has these signs, so they cannot be printed: {signs}; write it differently, or install a font that has them (HUIYIN_FONTS)",
    "文件是空的": "The file is empty", "不能为空": "May not be empty", "文件超过 {most} 字节": "The file is longer than {most} bytes",
    # suits
    "只有批次提交的案件可以组成同类案件组": "Only suits submitted in a batch form a family", "没有可以等待示范裁判的同类案件": "No like suit could wait for a model", "其中有的案件不是同一物业、小区的在办案件,或已在另一组": "Some are not open suits of the same firm and community, or stand in another family",
    "没有这个同类案件组": "There is no such family", "这个同类案件组已经参照示范裁判处理": "This family has followed its model already", "示范案件的裁判还没有生效": "The model is not decided in force yet", "示范案件由人民法院确定": "The court chooses the model",
    "没有这个接收诉状的机构": "There is no such body that receives suits", "请填写承担诉状接收和筛查的机构代码": "Give the code of the body that receives and screens suits", "没有这个人民法院": "There is no such court", "请填写人民法院的机构代码": "Give the code of the court", "没有批次编号": "The batch has no number",
    "请填写1至80字的批次编号": "Give the batch a number of 1 to 80 signs", "这个批次提交的是另一个人民法院": "This batch goes to another court", "请改用另一个批次编号": "Use another number of a batch", "这个批次已经封存提交,请换一个批次编号": "This batch was closed and submitted; use another number",
    "这个诉状编号已经收过,内容不同而本件不在补正中;若是另一件请换编号": "This number of a suit was taken with another content, and the suit is not being repaired; give another suit another number", "批次清单没有登记,请联系管理员": "The manifest was not entered; tell the administrator",
    "一份清单最多 {most} 件,余下的编入下一批": "A manifest has {most} suits at most; the others join the next batch", "没有确定的金额": "The amount is not certain", "这个批次的清单刚刚由别人出具,请刷新后再办": "Somebody has just drawn the manifest of this batch; reload and go on from there",
    "这个批次没有可以提交的诉状": "The batch has no suit that may be submitted", "没有这个批次": "There is no such batch", "已有同名的同类案件组": "There is a family of this name", "请换一个名称": "Take another name", "其中有的案件已在另一个同类案件组,请先退出": "Some stand in another family; let them leave it first",
    "这件案件不在这个同类案件组": "The case is not in this family", "筛查结论、批次和同类案件组由接收诉状的机构登记": "Result of screening, batch and family are entered by the body that receives the suit", "只能以本单位的名义起诉": "One sues for one's own organisation only", "请从接收诉状的机构中选择": "Choose a body that receives suits",
    "请从机构清单中选择,或只填名称": "Choose from the register, or give the name alone", "没有写明当事人": "The party is not named", "请填写姓名或者名称": "Give the name", "批次清单没有批次编号。": "The manifest has no number of the batch.", "请填写批次编号。": "Give the number of the batch.",
    "本批没有通过筛查的诉状,不能制作批次清单。": "No suit of the batch passed screening; no manifest can be made.", "本批有两件诉状编号相同,更正后再制作批次清单。": "Two suits of the batch have the same number; correct it before making the manifest.", "第{n}行缺少编号、金额或期间,不能列入批次清单。": "Line {n} lacks number, amount or period; it cannot go on the manifest.",
    # links, reports, mediations opened
    "没有这个链接": "There is no such link", "链接已失效": "The link no longer works", "只有部门任务可以发办件链接": "Links are for tasks of departments only", "封存的公安任务不能发链接,请由公安账号办理": "There are no links to sealed tasks of the police; they use their account", "任务已经办结或退回,不能再发链接": "The task is concluded or returned; there are no more links to it", "只有派遣任务的工作站可以发办件链接": "Only the station that sent the task gives links to it", "发现时间不能晚于现在": "The time it was found may not lie ahead", "请从事项清单中选择,不确定可留空": "Choose from the catalogue, or leave it empty if not sure",
    "该小区所在街道没有工作站": "The street of this community has no station", "请联系街道办事处": "Ask the street office", "没有这个小区": "There is no such community", "请填写本辖区的小区名称": "Give the name of a community of this area", "没有这个事项,或当地没有工作站": "There is no such matter, or no station here",
    "只能登记本调解委员会受理的纠纷": "Only disputes of one's own committee can be entered", "该小区所在街道没有人民调解委员会": "The street of this community has no mediation committee", "请填写受理机构": "Give the body that takes it", "请从机构清单中选择": "Choose from the register", "年份不正确": "The year is wrong",
    # who is competent
    "事项「{matter}」的主办和协办部门均已退单成立,请提请协调指定管辖": "Lead and assisting departments of “{matter}” have all returned it; ask for a decision on competence", "事项目录中没有「{code}」,请先认定事项": "The catalogue has no “{code}”; say the matter first",
    "事项「{matter}」在 {day} 不在有效期内": "“{matter}” is not in force on {day}", "「{street}」不是{area}的街道(镇),无法确定主办部门": "“{street}” is no street of {area}; no lead department can be found", "事项「{matter}」在 {day} 有多个指定主办({names}),请提请协调": "“{matter}” has several lead departments on {day} ({names}); ask for a decision",
    "事项「{matter}」应由{duty}主办,但本地区没有登记该机构": "“{matter}” is led by {duty}, but none is registered here", "事项「{matter}」有多个主办机构({names}),请提请协调指定管辖": "“{matter}” has several lead bodies ({names}); ask for a decision on competence",
    # addresses, numbers, times
    "网段过多": "Too many networks", "最多 {most} 个": "{most} at most", "网段 {network} 过宽或不能作为接收地址": "The network {network} is too wide, or none to receive at", "网段 {network} 未经批准,请系统管理员先在 HUIYIN_HOOK_NETWORKS 中登记": "The network {network} is not approved; the administrator has to name it in HUIYIN_HOOK_NETWORKS first", "网段写法不正确": "The network is not written correctly", "应为 CIDR,如 10.1.2.0/24": "Write it as CIDR, as in 10.1.2.0/24", "接收地址不正确": "The address is not correct",
    "应为 http(s)://主机[:端口]/路径,不含用户名和片段": "Write it as http(s)://host[:port]/path, without user and fragment", "接收地址的主机名不能使用": "This host cannot be used to receive at", "这个地址不能作为接收地址": "This address cannot be used to receive at", "内网地址须同时登记所在网段": "For an inside address its network is entered too",
    # why a notice was not sent, in the log of deliveries
    "接收地址所在网段已不在系统管理员批准的范围内,没有发出": "Not sent: the administrator no longer approves the network this address lies in", "接收地址不在公网,也不在许可网段内": "The address is neither public nor in an approved network",
    "接收地址指向禁止访问的网段": "The address leads into a network that is never called", "公网接收地址须使用 https": "A public address needs https", "接收地址无法解析": "The address has no number just now", "接收地址的许可网段写法有误": "The networks of the address cannot be read",
    "超时未答复": "No answer in time", "连接失败:{error}": "No connection: {error}",
    "时间缺少时区": "The time has no time zone", "须带时区,例如 2026-11-21T09:00:00+08:00": "With time zone, as in 2026-11-21T09:00:00+08:00", "时间不在可计算的年份内": "The time lies outside the years that can be reckoned", "年份须在{first}至{last}之间": "The year lies between {first} and {last}",
    "期限超出可计算的年份": "The limit ends outside the years that can be reckoned", "期限过长": "The limit is too long", "暂停的结束早于开始": "The stand ends before it begins", "不得早于开始": "Not before the beginning", "证件号码不正确": "The identity number is wrong", "请核对号码,不确定可留空": "Check the number, or leave it empty if not sure",
    "期限写法无法识别:{text}": "The limit cannot be read: {text}", "应形如 3wd、30d、30d!、24h、30min、4work_h、2m、1y": "Write it as 3wd, 30d, 30d!, 24h, 30min, 4work_h, 2m or 1y", "只有 d、m、y 可以写不顺延(!)": "Only d, m and y can be written without roll-over (!)", "期限单位不明:{unit}": "Unknown unit: {unit}", "只能是 {units}": "One of {units}",
    "期限数有误:{amount}": "Wrong number: {amount}", "须为正整数": "A whole number above 0", "期限过长:{span}": "The limit is too long: {span}", "不得超过一百年": "A hundred years at most", "比例有误:{share}": "Wrong share: {share}", "须在 0 与 1 之间": "Between 0 and 1", "期限届满早于起算": "The limit ends before it begins", "不得早于起算时间": "Not before its beginning",
    # the calendar
    "通知中没有找到任何节日的安排,应有“一、元旦:1月1日……”这样的段落": "The notice arranges no holiday; there should be paragraphs like “一、元旦:1月1日……”", "第{n}行: {name}没有放假日期": "Line {n}: {name} has no days off", "没有找到标题,应有“{title}”这样的一行": "No title was found; there should be a line like “{title}”",
    "通知中有不止一个{what}:{found}": "The notice has more than one {what}: {found}", "{place}: 看不懂“{words}”({name})": "{place}: “{words}” cannot be read ({name})", "{place}: {name}自 {first} 至 {last},前后颠倒或过长": "{place}: {name} from {first} to {last} is reversed or too long",
    "{place}: {name}写明共 {told} 天,日期却有 {n} 天": "{place}: {name} is said to have {told} days, but {n} are named", "{place}: {name}写明与周末连休,日期却不与周末相连": "{place}: {name} is said to join the weekend, but its days do not", "{place}: {day} 是{weekday},不是{told}": "{place}: {day} is a {weekday}, no {told}",
    "{place}: {name}中的{month}月{day}日不存在": "{place}: {name} names {month}-{day}, which does not exist", "{year}年的放假安排已收录,内容不同({days_named});确需替换的,请写明替换和理由": "The arrangement of {year} is on record and differs ({days_named}); to replace it, say so and why",
    "{year}年与已收录的{first}至{last}年不相连,请先收录{missing}年的放假安排": "{year} does not join the years on record, {first} to {last}; take in {missing} first", "通知涉及上一年的 {days_named},请先收录{year}年的放假安排": "The notice concerns days of the year before ({days_named}); take in {year} first",
    "{place}: {day} 不在{year}年内": "{place}: {day} does not lie in {year}", "{place}: {day} 重复,已见于{other}": "{place}: {day} was named before in {other}", "{place}: {day} 是{weekday},不是周末,不能标为调休上班": "{place}: {day} is a {weekday}, no weekend; it cannot be a make-up day",
    "{place}: {name}放假缺少 {missing}({weekday}),各日须相连": "{place}: {name} lacks {missing} ({weekday}); its days must join", "{year}年的法定节假日未收录,不能核对,请先更新法定节假日表": "The holidays of {year} by law are not on record; bring that table up to date first",
    "{year}年放假占用工作日 {off} 天,调休上班 {work} 天,相差 {between} 天;法定节假日为 {given} 天({source}){more},两数应当相等": "In {year}, {off} working days are off and {work} weekend days are worked, {between} more off; by law it is {given} days ({source}){more}; the two must be equal", ",另行放假 {n} 天": ", and {n} more",
    "{year}年缺少法定假日 {day}({weekday},{name}),安排不完整": "{year} lacks the holiday {day} ({weekday}, {name}); the arrangement is not complete", "周一": "Monday", "周二": "Tuesday", "周三": "Wednesday", "周四": "Thursday", "周五": "Friday", "周六": "Saturday", "周日": "Sunday",
    "替换已收录的年份须写明理由": "To replace a year on record, say why",
    # accounts and lists
    "没有这个岗位": "There is no such role", "至少一个岗位": "At least one role", "系统管理员、审计员不得兼任其他岗位": "Administrators and auditors have no other role", "不得兼任": "Not together", "这个登录名已有人使用": "Somebody has this login", "没有这个账号": "There is no such account",
    "密钥有效期最长一年": "A key is valid for a year at most", "最长一年": "A year at most", "没有这个权限范围": "There is no such scope", "没有这个密钥": "There is no such key", "没有这个任务": "There is no such task",
    "这是最后一个启用的系统管理员,不能停用或改任;请先另设一位系统管理员": "This is the last active administrator; appoint another one first", "翻页标记不正确": "The mark of the page is wrong", "请使用上一页给出的标记": "Use the mark the last page gave", "没有这个清单视图": "There is no such view",
    "没有这种排序": "There is no such order", "{one} 或 {other}": "{one} or {other}", "没有这种灯色": "There is no such light",
}
# fmt: on
