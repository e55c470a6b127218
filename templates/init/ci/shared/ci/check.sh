#!/bin/sh
# {{判定一次变更：用法 sh ci/check.sh 基准 [输出目录]，如|Judges a change: sh ci/check.sh BASE [FOLDER], as}} sh ci/check.sh origin/main kept-ci
# {{输出目录中：|In the folder:}}
#   review        {{一行：routine（常规变更）或 second_person（需第二人审核）|one line: routine, or second_person where somebody else must review}}
#   comment.md    {{贴到合并请求上的结论|the verdict for the pull request}}
#   verdict.json  {{全部发现与结论，供其他程序使用|all findings and the verdict, for other programs}}
# {{判定用的是基准分支的类型、人员和设置：变更不能给自己放宽要求。|It judges by the kinds, people and settings of the base: no change loosens what is asked of it.}}
# {{退出码：0 没有错误；1 有错误；其他为 kept 自己无法工作（例如历史不完整），不能当作通过。|Exit codes: 0 no errors; 1 errors; any other: kept could not work (a history that is cut off, say), which is no pass.}}
set -eu
base=$1
out=${2:-kept-ci}
mkdir -p "$out"
rm -f "$out/review" "$out/comment.md"
code=0
kept check --base "$base" --json >"$out/verdict.json" || code=$?
if [ "$code" -gt 1 ]; then exit "$code"; fi
kept check --base "$base" --format markdown >"$out/comment.md" 2>/dev/null || [ $? -eq 1 ]
# {{只认顶层的 review：记录里的文字写在更深的层次，且引号都已转义|Only the review at the top counts: texts of records stand deeper, with their quotes escaped}}
if grep -q '^  "review": "routine"' "$out/verdict.json"; then
	echo routine >"$out/review"
else
	echo second_person >"$out/review"
fi
exit "$code"
