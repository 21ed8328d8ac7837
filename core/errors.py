"""Error pages: what happened and what to do next; never a traceback, never a bare code."""

import logging

from flask import Flask, Response, make_response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from core.refusal import Refused
from core.templates import render
from core.text import _

log = logging.getLogger("linli")


def explain(code: int) -> tuple[str, str]:
    """Title and advice for a status."""
    known = {
        400: (_("这一页已经失效"), _("可能打开太久，或在另一个窗口退出过登录。请返回上一页刷新后再试，已填的内容请先复制保存。")),
        403: (_("您的岗位不能看这一页"), _("如果工作需要，请联系社区管理员给您加上相应岗位。")),
        404: (_("没有找到这一页"), _("地址可能打错了，或者内容已经撤下。可以回首页重新找，或打社区电话问一问。")),
        405: (_("这个地址不能这样打开"), _("请从首页重新进入。")),
        409: (_("这一步已经办过了"), _("没有重复登记。请返回查看最新情况。")),
        413: (_("文件太大"), _("请选择小于 10 MB 的文件再传。")),
        429: (_("试得太快了"), _("请过一分钟再试。")),
        503: (_("系统正忙"), _("请稍等一会儿再试，刚才的内容没有丢。")),
    }  # fmt: skip
    return known.get(code, (_("系统出了问题"), _("这不是您的操作造成的，内容没有写入一半。请稍后再试；仍不行请告诉社区管理员。")))


def show(code: int, title: str | None = None, advice: str | None = None) -> Response:
    """An error page; plain words in place of a template where the page itself cannot be built."""
    known_title, known_advice = explain(code)
    context = {"code": code, "title": title or known_title, "advice": advice or known_advice}
    return make_response(render("errors/error.html", **context), code)


def on_http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response
    answer = show(error.code or 500)
    if error.code == 405 and error.valid_methods:
        answer.headers["Allow"] = ", ".join(error.valid_methods)
    return answer


def on_refused(error: Refused) -> Response:
    return show(error.status, _("没有办成"), str(error))


def on_form(error: CSRFError) -> Response:
    return show(400)


def on_failure(error: Exception) -> Response:
    # The form itself is never logged: it may hold somebody's words.
    log.error("%s %s failed", request.method, request.endpoint, exc_info=error)
    return show(500)


def init_errors(app: Flask) -> None:
    """Register the pages; failures are logged without the form's content."""
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_form)
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(Exception, on_failure)
