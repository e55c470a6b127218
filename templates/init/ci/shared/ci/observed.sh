#!/bin/sh
# {{见证：把“CI 在此刻见到此提交”记到 refs/kept/observed 上的 observed.txt，一行一条：提交号 时间。|Notes in observed.txt of refs/kept/observed that CI has seen a commit now, a line each: COMMIT TIME.}}
# {{用法：sh ci/observed.sh [远端] [提交]。每次合入主干后运行。|sh ci/observed.sh [REMOTE] [COMMIT]; run it after each merge.}}
# {{提交里的时间由提交人的电脑填写，可以随意设置；这里的时间来自 CI 的时钟，由另一方写下，|The times in commits are set by whoever makes them. These come from CI's clock, by another hand,}}
# {{证明该提交及其全部祖先此时已经存在。kept audit --ledger refs/kept/observed 会读取它。|and prove that the commit and all before it were there. kept audit --ledger refs/kept/observed reads them.}}
# {{平台不接受 refs/kept/ 时，设 KEPT_LEDGER=refs/heads/kept-observed，并保护该分支，只许 CI 写入。|Where the forge refuses refs/kept/, set KEPT_LEDGER=refs/heads/kept-observed, and protect that branch for CI alone.}}
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
	2) : >"$ledger" ;; # {{还没有账本|there is no ledger yet}}
	*)
		echo "{{读不到远端 $remote|the remote $remote cannot be read}}" >&2
		exit 3
		;;
	esac
	# {{以第一次见到为准|The first sight counts}}
	if grep -q "^$commit " "$ledger"; then exit 0; fi
	printf '%s %s\n' "$commit" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$ledger"
	blob=$(git hash-object -w "$ledger")
	tree=$(printf '100644 blob %s\tobserved.txt\n' "$blob" | git mktree)
	new=$(git commit-tree "$tree" ${parent:+-p "$parent"} -m "observed $commit")
	# {{不用强制推送：账本只增不改。别的任务抢先写了，就取来再加。|Never a forced push: the ledger only grows. Where another job was faster, its lines are fetched first.}}
	if git push -q "$remote" "$new:$ref"; then exit 0; fi
	tries=$((tries + 1))
	if [ "$tries" -ge 5 ]; then
		echo "{{五次都没有写成账本 $ref|the ledger $ref could not be written in five tries}}" >&2
		exit 3
	fi
	sleep "$tries"
done
