#!/bin/sh
# {{取得 kept。运行器上已有 kept 就用它；没有则从 KEPT_URL 下载，核对 KEPT_SHA256 后安装到 KEPT_BIN。|Gets kept: the runner's own, else that of KEPT_URL, compared with KEPT_SHA256, into KEPT_BIN.}}
# {{程序请放在公司自己的文件服务器上：记录和工具都不必出公司网络。|Put the program on a server of your own: neither records nor tools need to leave the network.}}
set -eu
bin=${KEPT_BIN:-$HOME/.local/bin}
# {{GitHub、Gitea 的后续步骤从这里找程序|Where later steps of GitHub and Gitea look for programs}}
if [ -n "${GITHUB_PATH:-}" ]; then echo "$bin" >>"$GITHUB_PATH"; fi
if command -v kept >/dev/null || [ -x "$bin/kept" ]; then
	exit 0
fi
: "${KEPT_URL:?{{请在平台的 CI 变量中填写 KEPT_URL（kept 程序的下载地址），或在运行器上预装 kept|set the CI variable KEPT_URL (where kept is downloaded), or install kept on the runner}}}"
: "${KEPT_SHA256:?{{请在平台的 CI 变量中填写 KEPT_SHA256（该程序的 SHA-256）|set the CI variable KEPT_SHA256 (the SHA-256 of that program)}}}"
mkdir -p "$bin"
curl -fsSL --retry 3 -o "$bin/kept.part" "$KEPT_URL"
echo "$KEPT_SHA256  $bin/kept.part" | sha256sum -c - >/dev/null || {
	rm -f "$bin/kept.part"
	echo "{{下载的 kept 与 KEPT_SHA256 不符，未安装|the downloaded kept is not that of KEPT_SHA256, so it was not installed}}" >&2
	exit 3
}
chmod +x "$bin/kept.part"
mv "$bin/kept.part" "$bin/kept"
