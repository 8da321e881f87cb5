"""Facts for one of each document, as an office would fill them in. What does not live here: expectations."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from cases.papers.filling import Occasion

COMMITTEE = "和风区物业纠纷人民调解委员会"
OCCASION = Occasion(date(2026, 11, 21), COMMITTEE, "XS-20261120-0001")

ZHANG = {
    "name": "张伟",
    "sex": "男",
    "ethnicity": "汉族",
    "born": "1980-03-02",
    "id_number": "320400198003020011",
    "job": "教师",
    "address": "和风区柳巷18号锦云苑6幢1单元302室",
    "phone": "13800000001",
}
FIRM = {
    "name": "和风区安居物业服务有限公司",
    "representative": "钱经理(总经理)",
    "address": "和风区东门大街1号",
    "phone": "0519-00000000",
}
LI = {"name": "李娜", "sex": "女", "born": "1985-12-30", "address": "锦云苑6幢1单元402室", "phone": "13800000002"}

FACTS: Mapping[str, Mapping[str, Any]] = {
    "mediation_application": {
        "committee": COMMITTEE,
        "applicants": [ZHANG],
        "respondents": [LI],
        "dispute": "2026年10月中旬起,申请人家中卫生间顶部渗水。\n经物业查看,水从楼上402室卫生间渗下。",
        "requests": ["请求被申请人修复卫生间防水", "请求被申请人赔偿吊顶损失3,200元"],
        "manner": "口头",
        "recorded_by": "王调解",
    },
    "acceptance_register": {
        "received_at": "2026-11-21T09:05",
        "source": "当事人申请",
        "category": "相邻漏水",
        "community": "锦云苑",
        "applicants": [ZHANG],
        "respondents": [LI],
        "dispute": "402室卫生间渗水至302室,双方对原因和赔偿有争议。",
        "request": "修复防水并赔偿损失。",
        "materials": "身份证复印件、现场照片6张",
        "decision": "受理",
        "mediator": "王调解",
        "registered_by": "孙登记",
    },
    "rights_notice": {
        "party": "李娜",
        "committee": COMMITTEE,
        "mediators": ["王调解(相邻关系)", "赵调解(物业服务合同)"],
        "phone": "0519-00000001",
    },
    "mediation_record": {
        "committee": COMMITTEE,
        "meeting": 2,
        "began_at": "2026-11-23T14:00",
        "ended_at": "2026-11-23T16:30",
        "place": "锦云苑社区调解室",
        "open": "不公开",
        "parties": [ZHANG, LI],
        "others": "社区居民委员会周主任(经双方同意)",
        "mediators": "王调解",
        "recorder": "孙登记",
        "words": "王调解:今天请双方到场,先请申请人说明情况。\n张伟:从十月起滴水,吊顶发霉。\n"
        "李娜:我家防水做了五年,愿意修,但赔偿金额要有依据。\n王调解:双方是否同意以维修报价单为准?\n双方:同意。",
        "result": "达成协议",
    },
    "investigation_record": {
        "began_at": "2026-11-22T10:00",
        "ended_at": "2026-11-22T10:40",
        "place": "锦云苑6幢402室",
        "asked": [{"name": "周水电", "sex": "男", "job": "维修工", "phone": "13800000003"}],
        "relation": "物业维修人员",
        "investigators": "王调解、孙登记",
        "recorder": "孙登记",
        "subject": "402室卫生间防水层现状",
        "words": "问:渗水从哪里来?\n答:地漏周边防水层开裂,做了闭水试验,两小时后楼下滴水。",
    },
    "agreement": {
        "committee": COMMITTEE,
        "parties": [ZHANG, LI],
        "facts": "2026年10月起,402室卫生间防水层开裂,渗水至302室,致302室吊顶发霉。",
        "issues": "渗水原因、修复责任和赔偿金额。",
        "responsibility": "乙方对其专有部分负有维修责任,承担修复和赔偿责任;甲方提供施工便利。",
        "content": ["乙方修复402室卫生间防水层,经闭水试验不渗漏。", "乙方赔偿甲方吊顶损失。", "甲方不再提出其他请求。"],
        "terms": [
            {
                "obligor": "李娜",
                "obligee": "张伟",
                "kind": "其他行为",
                "content": "修复防水并做48小时闭水试验",
                "due": "2026-12-10",
                "manner": "委托有资质的施工单位",
            },
            {
                "obligor": "李娜",
                "obligee": "张伟",
                "kind": "给付金钱",
                "content": "赔偿吊顶损失(第一期)",
                "amount": "2000",
                "due": "2026-12-01",
                "manner": "银行转账,户名张伟,账号6222000000000000001",
            },
            {
                "obligor": "李娜",
                "obligee": "张伟",
                "kind": "给付金钱",
                "content": "赔偿吊顶损失(第二期)",
                "amount": 1200.50,
                "due": "2026-12-31",
                "manner": "同上",
            },
        ],
        "default": "乙方逾期给付的,自逾期之日起按全国银行间同业拆借中心公布的一年期贷款市场报价利率支付利息。",
        "copies": 3,
        "mediators": "王调解",
        "recorder": "孙登记",
    },
    "oral_agreement": {
        "committee": COMMITTEE,
        "parties": [ZHANG, LI],
        "dispute": "楼上拖动桌椅影响楼下休息。",
        "content": "李娜当场在桌椅脚加装静音垫,22时后不再拖动;张伟表示谅解。",
        "amount": "0",
        "manner": "当场加装",
        "due": "2026-11-21",
        "reached_at": "2026-11-21T19:40",
        "place": "锦云苑6幢门厅",
        "mediators": "王调解",
        "performed": True,
    },
    "termination_notice": {
        "committee": COMMITTEE,
        "parties": [{"name": "张伟"}, {"name": "李娜"}],
        "category": "相邻漏水纠纷",
        "accepted_on": "2026-10-20",
        "ground": "调解不成",
        "explained": "本委员会于2026年10月28日、11月5日两次组织调解,双方对赔偿金额分歧较大,未达成协议。",
        "routes": ["向人民法院提起诉讼"],
    },
    "confirmation_application": {
        "applicants": [ZHANG, LI],
        "court": "和风区人民法院",
        "committee": COMMITTEE,
        "agreement_number": "（2026）和物调字第12号",
        "agreed_on": "2026-11-21",
        "dispute": "双方因卫生间渗水发生纠纷,约定李娜于2026年12月10日前修复,并分两期赔偿3,200.50元。",
        "materials": ["人民调解协议书一份", "双方身份证复印件各一份", "不动产权证书复印件各一份"],
        "service": [
            {"name": "张伟", "address": "锦云苑6幢1单元302室", "phone": "13800000001"},
            {"name": "李娜", "address": "锦云苑6幢1单元402室", "phone": "13800000002"},
        ],
        "truthful": True,
    },
    "demand_letter": {
        "firm": FIRM["name"],
        "owner": "覃涛",
        "community": "锦云苑",
        "room": "14幢1单元201室",
        "contract": "2022年6月1日签订的《锦云苑前期物业服务合同》",
        "standard": "每月每平方米1.25元(建筑面积144.37平方米),电梯运行费每月15元",
        "arrears": [
            {"item": "物业服务费", "begins": "2025-01-01", "ends": "2025-12-31", "amount": "2165.55"},
            {"item": "电梯运行费", "begins": "2025-01-01", "ends": "2025-12-31", "amount": "180"},
        ],
        "due": "2026-12-20",
        "manner": "服务中心前台现金或者扫码,或者转账至本公司账户",
        "contact": "马会计,0519-00000002",
    },
    "screening_sheet": {
        "batch": "2026年第4批",
        "suit_no": "和物协诉〔2026〕001号",
        "firm": FIRM["name"],
        "defendant": "覃涛",
        "community": "锦云苑14-1-201",
        "period": "2023年9月1日至2025年12月31日",
        "amount": "5472.95",
        "checks": [
            {"item": "物业服务合同及备案", "finding": "通过"},
            {"item": "收费标准及依据", "finding": "通过", "reason": "备案价目表"},
            {"item": "服务履行证据", "finding": "通过", "reason": "收支公示照片、维修单"},
            {"item": "书面催告及送达凭证", "finding": "补正", "reason": "家人代收,须补送达回证"},
            {"item": "诉讼时效", "finding": "通过", "reason": "2024年9月、2025年7月均书面催收"},
            {"item": "未经调解或者调解不成", "finding": "不适用"},
        ],
        "result": "补正",
        "repair": "补交催缴函送达回证,期限7日。",
        "advice": "已向双方提示调解、分期履行和诉讼风险。",
        "screened_by": "吴筛查",
        "screened_on": "2026-11-21",
    },
    "batch_manifest": {
        "batch": "2026年第4批",
        "court": "和风区人民法院",
        "contact": "吴筛查",
        "phone": "0519-00000003",
        "cases": [
            {
                "suit_no": f"和物协诉〔2026〕{n:03d}号",
                "plaintiff": FIRM["name"],
                "defendant": "覃涛",
                "community": f"锦云苑14-1-{n:03d}",
                "amount": f"{1000 + n}.50",
            }
            for n in range(1, 61)
        ],
    },
    "statement_of_claim": {
        "plaintiffs": [
            {
                "kind": "法人或者其他组织",
                "name": FIRM["name"],
                "address": FIRM["address"],
                "phone": FIRM["phone"],
                "representative": "钱经理,总经理",
                "representative_phone": "13800000009",
            }
        ],
        "defendants": [
            {
                "kind": "自然人",
                "name": "覃涛",
                "sex": "男",
                "unit": "不详",
                "address": "和风区晴和大道88号锦云苑14幢1单元201室",
                "phone": "13800000004",
            }
        ],
        "cause": "物业服务合同纠纷",
        "claims": ["判令被告支付物业费5,472.95元", "本案诉讼费用由被告负担"],
        "amount": "5472.95",
        "grounds": "原告按约提供物业服务,被告自2023年9月起未缴物业费。\n原告多次书面催告,被告仍未支付。",
        "evidence": [
            {"name": "物业服务合同及备案回执", "origin": "原告提供", "proves": "合同关系和收费标准"},
            {"name": "催缴函及妥投记录", "origin": "邮政速递", "proves": "已依法催告"},
        ],
        "witnesses": [{"name": "周楼长", "address": "锦云苑14幢1单元101室"}],
        "court": "和风区人民法院",
        "copies": 1,
    },
    "supervision_order": {
        "level": "二级（橙）",
        "unit": "和风区城市管理局",
        "case": "XS-20261120-0001",
        "matter": "违法搭建",
        "place": "锦云苑",
        "step": "签收",
        "was_due": "2026-11-20T17:30",
        "requirement": "一、立即签收并指派两名执法人员到场核查。\n二、说明超期原因和责任人。",
        "due": "2026-11-23T17:30",
        "reply": ["系统回复", "书面报告"],
        "issuer": "吴督办",
        "contact": "吴督办,0519-00000004",
    },
    "feedback_notice": {
        "case": "XS-20261120-0001",
        "reported_on": "2026-11-20",
        "matter": "飞线充电",
        "community": "锦云苑",
        "result": "经消防救援机构现场核查,违规充电线路已拆除,并当场告知当事人不得再次飞线充电。",
        "remedies": "如对办理结果有不同意见,可以自收到本告知书之日起向本工作站提出,也可以拨打12345。",
        "phone": "0519-00000005",
    },
}


def facts_of(code: str, /, **changed: Any) -> dict[str, Any]:
    """The sample facts of a document, to be changed freely; a name given ``None`` is left out."""
    facts = {**deepcopy(dict(FACTS[code])), **changed}
    return {name: value for name, value in facts.items() if value is not None}
