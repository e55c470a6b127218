#!/bin/sh
# 定时生成门户和打印件：用法 sh ci/portal.sh [输出目录]
# --as-of 取当前时刻：周末没有人提交，逾期也会如实显示。同一提交、同一时刻得到完全相同的文件。
# 设了 KEPT_PUBLISH（rsync 目标，如 web@portal.example.cn:/srv/kept/）就发布到那里：门户是普通文件，
# 任何网页服务器都能放。里面有客户和人员信息，请只放在公司内部能访问的地方。
set -eu
out=${1:-site/public}
kept build --out "$out" --as-of "${KEPT_AS_OF:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}"
if [ -n "${KEPT_PUBLISH:-}" ]; then
	rsync -a --delete "$out/" "$KEPT_PUBLISH"
fi
