"""Why a limit ends when it does, in English (时限来由英文): its source, its days, and all that moved it.

What does not live here: what only a pack can say (events, bases, grounds, counting rules of a law), which stays Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
REASONS: Mapping[str, str] = {
    # the source
    "起算事由:{event}": "Begins with: {event}", "依据:办理时指定的期限": "Basis: the time named in the step", "计算规则:{rule}": "Counting rule: {rule}",
    "依据:{code} {name},{source}(已核对原文)": "Basis: {code} {name}, {source} (compared with the text)", "依据:{code} {name},{source}(设计值,无法定依据)": "Basis: {code} {name}, {source} (set by design, not by law)",
    "依据:{code} {name},{source}(凭记忆,把握较大,未核对原文)": "Basis: {code} {name}, {source} (from memory, rather sure, not compared with the text)", "依据:{code} {name},{source}(凭记忆,把握一般,未核对原文)": "Basis: {code} {name}, {source} (from memory, fairly sure, not compared with the text)",
    "依据:{code} {name},{source}(凭记忆,把握较小,未核对原文)": "Basis: {code} {name}, {source} (from memory, not sure, not compared with the text)",
    "按分钟连续计算,夜间和节假日不停(CR9)": "minutes on end, through nights and holidays (CR9)", "按小时连续计算,夜间和节假日不停(CR9)": "hours on end, through nights and holidays (CR9)", "按工作小时计算,只计工作日的办公时间(CR11)": "office hours of working days only (CR11)",
    # its days
    "起算:{when},期限:{span}": "Starts {when}; limit: {span}", "其中原期限{span},延长{more}": "Of these {span} at first, extended by {more}", "期限届满:{when}": "Ends {when}", "暂算:涉及的年份尚无放假安排通知,通知收录后重新计算": "Provisional: no holiday notice is known for a year on the way; it is counted again when it is",
    "以上按现行日历计算;本时限按当时的日历({calendar})计得{when},以此为准": "Counted by the calendar of today; by the calendar of its time ({calendar}) it ends {when}, and that holds",
    "{first}至{last}:不计入,{why}": "{first} to {last}: not counted, {why}", "{first}至{last}:计入,{why}": "{first} to {last}: counted, {why}", "{first}至{last}:计入,第{n}至{total}日,{why}": "{first} to {last}: counted as day {n} to {total}, {why}", "{first}至{last}:计入,第{n}日,{why}": "{first} to {last}: counted as day {n}, {why}",
    "{day}:不计入,{why}": "{day}: not counted, {why}", "{day}:计入,{why}": "{day}: counted, {why}", "{day}:计入,第{n}日,{why}": "{day}: counted as day {n}, {why}",
    "起算当日不计": "the day it starts is not counted", "当日办公时间已过": "office hours were over", "连续计算,节假日不停": "runs on through holidays", "零时届满": "it ends as this day begins", "工作日": "working day", "自然日": "natural day",
    "末日,{why}": "last day, {why}", "末日,{why},须顺延": "last day, {why}, rolls on", "末日,{why},不顺延": "last day, {why}, does not roll on", "{why},继续顺延": "{why}, rolls on", "顺延至此,{why}": "rolled on to this day, {why}", "{why};其间{pause}": "{why}; in it {pause}", "暂停": "stood still", "暂停:{ground}": "stood still: {ground}",
    "{weekday},调休上班": "{weekday}, worked to make up for a holiday", "{holiday}放假": "{holiday} holiday", "{holiday}放假(法定假日推定,{year}年放假通知未收录)": "{holiday} holiday (by law; no notice for {year} is known yet)",
    "{plain}(暂定,{year}年放假通知未收录,调休未推算)": "{plain} (assumed: no notice for {year} is known yet)", "{plain}(暂定,{year}年放假通知未收录,农历节日和调休未推算)": "{plain} (assumed: no notice for {year}, lunar holidays not known)",
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Tomb-Sweeping Day", "劳动节": "Labour Day", "端午节": "Dragon Boat Festival", "中秋节": "Mid-Autumn Festival", "国庆节": "National Day",
    # what moved it
    "停表:{begins}至{ends}": "Stood still from {begins} to {ends}", "停表:{begins}至{ends},{more}": "Stood still from {begins} to {ends}; {more}", "停表:{begins}起,尚未恢复": "Stands still since {begins}", "停表:{begins}起,尚未恢复,{more}": "Stands still since {begins}; {more}",
    "最迟至{when}": "until {when} at the latest", "最迟至{when},{more}": "until {when} at the latest; {more}", "事由:{ground}": "ground: {ground}", "事由:{ground},{more}": "ground: {ground}; {more}", "文书:{paper}": "document: {paper}", "文书:{paper},{more}": "document: {paper}; {more}",
    "批准:{who}": "granted by {who}", "批准:{who},{more}": "granted by {who}; {more}", "理由:{reason}": "reason: {reason}", "理由:{reason},届满由{before}变为{after}": "reason: {reason}; the end moved from {before} to {after}",
    "理由:{reason},届满由{before}变为{after},按地区包{pack}、日历{calendar}": "reason: {reason}; the end moved from {before} to {after}; by pack {pack}, calendar {calendar}", "延长时限:{at},{more}": "Extended on {at}: {more}", "改按新的时限:{at},{more}": "Put on a new limit on {at}; {more}", "按新日历重算:{at},{more}": "Recounted by a new calendar on {at}; {more}",
    "延长{span},{more}": "by {span}; {more}", "届满由{before}变为{after}": "the end moved from {before} to {after}", "届满由{before}变为{after},按地区包{pack}、日历{calendar}": "the end moved from {before} to {after}; by pack {pack}, calendar {calendar}", "地区包:{pack};日历:{calendar}": "Pack: {pack}; calendar: {calendar}",
}
# fmt: on
