#!/bin/sh
# {{定时生成门户和打印件：用法 sh ci/portal.sh [输出目录|Builds the portal and the papers: sh ci/portal.sh [FOLDER}}]
# --as-of {{取当前时刻：周末没有人提交，逾期也会如实显示。同一提交、同一时刻得到完全相同的文件。|is now, so that what fell due over a quiet weekend shows. The same commit and moment give the same files.}}
# {{设了 KEPT_PUBLISH（rsync 目标，如 web@portal.example.cn:/srv/kept/）就发布到那里：门户是普通文件，|KEPT_PUBLISH (a target of rsync, as web@portal.example.com:/srv/kept/) publishes it: the portal is plain files}}
# {{任何网页服务器都能放。里面有客户和人员信息，请只放在公司内部能访问的地方。|for any web server. It tells of customers and people: put it where only the company can read it.}}
set -eu
out=${1:-site/public}
kept build --out "$out" --as-of "${KEPT_AS_OF:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}"
if [ -n "${KEPT_PUBLISH:-}" ]; then
	rsync -a --delete "$out/" "$KEPT_PUBLISH"
fi
