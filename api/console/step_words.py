"""What several pages with forms say alike (共用语句). What does not live here: the texts of the templates."""

from __future__ import annotations

TOO_OLD = "这一页打开得太久了,内容已保留,请再提交一次"
