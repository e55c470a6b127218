#!/bin/sh
# 判定一次变更：用法 sh ci/check.sh 基准 [输出目录]，如 sh ci/check.sh origin/main kept-ci
# 输出目录中：
#   review        一行：routine（常规变更）或 second_person（需第二人审核）
#   comment.md    贴到合并请求上的结论
#   verdict.json  全部发现与结论，供其他程序使用
# 判定用的是基准分支的类型、人员和设置：变更不能给自己放宽要求。
# 退出码：0 没有错误；1 有错误；其他为 kept 自己无法工作（例如历史不完整），不能当作通过。
set -eu
base=$1
out=${2:-kept-ci}
mkdir -p "$out"
rm -f "$out/review" "$out/comment.md"
code=0
kept check --base "$base" --json >"$out/verdict.json" || code=$?
if [ "$code" -gt 1 ]; then exit "$code"; fi
kept check --base "$base" --format markdown >"$out/comment.md" 2>/dev/null || [ $? -eq 1 ]
# 只认顶层的 review：记录里的文字写在更深的层次，且引号都已转义
if grep -q '^  "review": "routine"' "$out/verdict.json"; then
	echo routine >"$out/review"
else
	echo second_person >"$out/review"
fi
exit "$code"
