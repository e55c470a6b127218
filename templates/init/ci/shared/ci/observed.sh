#!/bin/sh
# 见证：把“CI 在此刻见到此提交”记到 refs/kept/observed 上的 observed.txt，一行一条：提交号 时间。
# 用法：sh ci/observed.sh [远端] [提交]。每次合入主干后运行。
# 提交里的时间由提交人的电脑填写，可以随意设置；这里的时间来自 CI 的时钟，由另一方写下，
# 证明该提交及其全部祖先此时已经存在。kept audit --ledger refs/kept/observed 会读取它。
# 平台不接受 refs/kept/ 时，设 KEPT_LEDGER=refs/heads/kept-observed，并保护该分支，只许 CI 写入。
set -eu
remote=${1:-origin}
commit=$(git rev-parse --verify "${2:-HEAD}^{commit}")
ref=${KEPT_LEDGER:-refs/kept/observed}
export GIT_AUTHOR_NAME="${KEPT_LEDGER_NAME:-kept CI}" GIT_AUTHOR_EMAIL="${KEPT_LEDGER_EMAIL:-kept-ci@localhost}"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
ledger=$(mktemp)
trap 'rm -f "$ledger"' EXIT
tries=0
while :; do
	status=0
	git ls-remote --exit-code "$remote" "$ref" >/dev/null || status=$?
	parent=
	case $status in
	0)
		git fetch -q --no-tags "$remote" "$ref"
		parent=$(git rev-parse --verify FETCH_HEAD)
		git cat-file blob "$parent:observed.txt" >"$ledger"
		;;
	2) : >"$ledger" ;; # 还没有账本
	*)
		echo "读不到远端 $remote" >&2
		exit 3
		;;
	esac
	# 以第一次见到为准
	if grep -q "^$commit " "$ledger"; then exit 0; fi
	printf '%s %s\n' "$commit" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$ledger"
	blob=$(git hash-object -w "$ledger")
	tree=$(printf '100644 blob %s\tobserved.txt\n' "$blob" | git mktree)
	new=$(git commit-tree "$tree" ${parent:+-p "$parent"} -m "observed $commit")
	# 不用强制推送：账本只增不改。别的任务抢先写了，就取来再加。
	if git push -q "$remote" "$new:$ref"; then exit 0; fi
	tries=$((tries + 1))
	if [ "$tries" -ge 5 ]; then
		echo "五次都没有写成账本 $ref" >&2
		exit 3
	fi
	sleep "$tries"
done
