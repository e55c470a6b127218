#!/bin/sh
# {{把逾期和临近到期的事项发到聊天群：企业微信、钉钉或飞书的群机器人。|Sends what is overdue or due soon to a chat, by a robot of WeCom, DingTalk or Feishu (Lark).}}
# KEPT_WEBHOOK {{是机器人的地址（放在平台的机密变量里）；没有设置时只在标准输出显示要发的内容。|is the robot's address (a secret of the forge); without it the message goes to standard output.}}
# KEPT_ROBOT {{可写 wecom、dingtalk 或 feishu，不写则由地址判断。钉钉机器人请设自定义关键词“kept”。|may be wecom, dingtalk or feishu, else the address tells. Give a robot of DingTalk the keyword kept.}}
# KEPT_AS_OF {{是判断逾期的时刻，不写则为现在。消息按纯文本发送，只含标题、编号、期限和责任人编号。|is the moment that judges what is late, now by default. The message is plain text: titles, numbers, limits, ids of owners.}}
set -eu
kind=${KEPT_ROBOT:-}
if [ -z "$kind" ]; then
	case ${KEPT_WEBHOOK:-} in
	*feishu* | *larksuite*) kind=feishu ;;
	*dingtalk*) kind=dingtalk ;;
	*) kind=wecom ;;
	esac
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kept due --json ${KEPT_AS_OF:+--as-of "$KEPT_AS_OF"} >"$work/due.json"
# {{每个键占一行，值已按 JSON 转义，原样放进消息即可，不必还原。尖括号换成全角，免得被当作“@所有人”。|Each key has its line, and values are escaped as JSON wants them. Angle brackets become wide, lest they call everybody.}}
LC_ALL=C awk -v kind="$kind" '
	function value(line) {
		sub(/^ *"[a-z_]+": /, "", line); sub(/,$/, "", line)
		if (line ~ /^"/) line = substr(line, 2, length(line) - 2)
		gsub(/<|\\u003c/, "＜", line); gsub(/>|\\u003e/, "＞", line)
		return line
	}
	/^  \{/ { title = about = record = period = due = state = owner = role = ""; days = 0 }
	/^    "title":/ { title = value($0) }
	/^    "about":/ { about = value($0) }
	/^    "record":/ { record = value($0) }
	/^    "period":/ { period = value($0) }
	/^    "due":/ { due = substr(value($0), 1, 10) }
	/^    "state":/ { state = value($0) }
	/^    "owner":/ { owner = value($0) }
	/^    "owner_role":/ { role = value($0) }
	/^    "days":/ { days = value($0) + 0 }
	/^  \}/ {
		if (state == "overdue") { over++; late = "{{逾期 " (-days) " 天"|overdue by " (-days) (days == -1 ? " day" : " days")}} } else { soon++; late = {{"还有 " days " 天|days (days == 1 ? " day" : " days") " left}}" }
		line = "\\n" late "{{：|: }}" title (period == "" ? "" : " " period) (record == "" ? "" : " " record) (about == "" ? "" : " " about) "{{，期限 " due "，|, due " due ", }}" (owner == "" ? role : owner)
		# {{企业微信的一条消息最多 2048 字节|A message of WeCom has 2048 bytes at most}}
		if (length(text) + length(line) < 1700) text = text line; else left++
	}
	END {
		if (over + soon == 0) exit
		text = "{{kept：逾期 " (over + 0) " 项，临近 " (soon + 0) " 项|kept: " (over + 0) " overdue, " (soon + 0) " due soon}}" text
		if (left > 0) text = text "{{\\n另有 " left " 项，见|\\n" left " more:}} kept due"
		if (kind == "feishu") printf "{\"msg_type\":\"text\",\"content\":{\"text\":\"%s\"}}\n", text
		else printf "{\"msgtype\":\"text\",\"text\":{\"content\":\"%s\"}}\n", text
	}
' "$work/due.json" >"$work/message.json"
if [ ! -s "$work/message.json" ]; then exit 0; fi # {{没有事项就不打扰|nothing to say}}
if [ -z "${KEPT_WEBHOOK:-}" ]; then
	cat "$work/message.json"
	exit 0
fi
# {{地址是机密，不出现在命令行和日志里|The address is a secret: it stands in no command line and no log}}
printf 'url = "%s"\n' "$KEPT_WEBHOOK" |
	curl -fsS -m 30 -K - -H 'Content-Type: application/json' --data-binary "@$work/message.json" >"$work/answer.json"
# {{机器人出错时 HTTP 状态也是 200|The status is 200 where the robot fails, too}}
grep -Eq '"(errcode|code|StatusCode)": *0[,}]' "$work/answer.json" || {
	echo "{{机器人没有接受消息：|the robot did not take the message: }}$(head -c 300 "$work/answer.json" | tr -d '\r\n')" >&2
	exit 1
}
