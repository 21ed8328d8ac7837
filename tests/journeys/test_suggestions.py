"""A resident says something on a telephone, the secretary handles it, the resident reads the answer and rates it."""

import re
import time

import pytest

pytestmark = pytest.mark.browser
WORDS = "三楼楼梯口的感应灯不亮，老人晚上下楼看不见"


def says(resident, words):
    """The whole form, as slowly as a person fills it in; answers the receipt code."""
    resident.opens("/").follows("提意见")
    resident.page.get_by_label("意见", exact=True).check()
    resident.page.get_by_label("具体是什么事？").fill(words)
    resident.page.get_by_label("同意公开答复").check()
    time.sleep(3)
    resident.presses("提交意见").sees("意见已收到")
    code = re.sub(r"\D", "", resident.page.locator(".rcode").inner_text())
    assert len(code) == 16
    resident.presses("我已抄下").sees("查办理进度")
    return code


def tracks(resident, code):
    resident.opens("/suggestions/track")
    resident.page.get_by_label("查询码").fill(" ".join(code[at : at + 4] for at in range(0, 16, 4)))
    return resident.presses("查询")


def handles(secretary, words, summary):
    """From the page of what is due to the answer."""
    secretary.opens("/office").sees("去登记")
    secretary.opens("/office/suggestions").follows(words[:12])
    secretary.page.get_by_label("内容摘要").fill(summary)
    secretary.presses("登记受理").sees("待交办")
    secretary.page.get_by_label("承办人").select_option(label="书记")
    secretary.presses("交办").sees("已交办")
    secretary.page.get_by_label("核实情况").fill("感应头损坏。")
    secretary.page.get_by_label("办了什么，谁办的，哪天办的").fill("物业今天换了新的感应头。")
    secretary.presses("答复提出人").sees("已公开答复")


def test_from_an_elder_s_telephone_to_the_answer_and_back(office, person):
    resident = person(phone=True, elder=True)
    code = says(resident, WORDS)
    tracks(resident, code).sees("已收到，最晚")
    handles(person().signs_in(), WORDS, "三楼感应灯不亮")
    tracks(resident, code).sees("物业今天换了新的感应头")
    resident.page.get_by_label("满意", exact=True).check()
    resident.presses("提交评价").sees("谢谢您的评价")
    resident.opens("/suggestions/").sees("三楼感应灯不亮").sees("提出人评价：满意")
    assert WORDS not in resident.page.content()
    assert code.encode() not in b"".join(file.read_bytes() for file in office.instance.glob("linli.db*"))


def test_the_same_without_a_script(office, person):
    resident = person(phone=True, script=False)
    words = "北门车棚漏雨，电动车充电口进水"
    code = says(resident, words)
    secretary = person(script=False)
    secretary.signs_in()
    handles(secretary, words, "北门车棚漏雨")
    tracks(resident, code).sees("物业今天换了新的感应头")
    resident.page.get_by_label("不满意", exact=True).check()
    resident.presses("提交评价").sees("谢谢您的评价")
    secretary.opens("/office").sees("去回访")
    resident.presses("撤回这条意见").sees("已撤回")


def test_staff_type_in_a_paper_slip_and_print_the_papers(office, person):
    clerk = person().signs_in("干事")
    clerk.opens("/office/suggestions").follows("登记来信来访")
    clerk.page.get_by_label("纸质", exact=True).check()
    clerk.page.get_by_label("建议", exact=True).check()
    clerk.page.get_by_label("内容", exact=True).fill("建议给一楼坡道加扶手")
    clerk.presses("登记并出回执").sees("意见已收到")
    with clerk.page.expect_response("**/receipt.pdf") as got:
        clerk.page.evaluate(
            "() => { const form = document.querySelector('form[action$=\"receipt.pdf\"]');"
            " return fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))}); }"
        )
    assert got.value.headers["content-type"] == "application/pdf"
    clerk.opens("/office/suggestions").follows("建议给一楼坡道加扶手")
    for path in ("/office/suggestions/blank.pdf", clerk.page.url + "/slip.pdf"):
        assert clerk.page.request.get(path).headers["content-type"] == "application/pdf"
