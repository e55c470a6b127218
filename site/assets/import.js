// Imports a ledger: sends the chosen file to kept serve, shows what would become of
// each row, and has that written. Whatever comes out of a file is shown as text.
"use strict";
(() => {
const $ = id => document.getElementById(id), m = JSON.parse($("model").textContent), W = m.w, form = $("import"), data = document.body.dataset;
const MOST = 200 << 20, FIRST = 50, NEXT = 200, sheets = $("sheets"), sets = $("sets"), asks = [...form.querySelectorAll("[data-k]")];
const input = b => b.querySelector("input, select, textarea"), name = b => b.querySelector("label").firstChild.data.trim(), says = { "X-Kept": document.documentElement.lang };
let bytes, called, digest = "", asked = 0, gone;

// One part of the preview: drawn anew, the first of it, and more at a press; out of sight
// where it has nothing.
function part(id, items, draw, more) {
  const box = document.querySelector('[data-part="' + id + '"]'), at = box.querySelector("tbody, ul"), rest = box.querySelector(":scope > .soft");
  const some = (from, to) => {
    items.slice(from, to).forEach(x => draw(at, x));
    if (!rest) return;
    rest.textContent = to < items.length ? "" : more || "";
    if (to >= items.length) return;
    const go = $("more").content.firstElementChild.cloneNode(true);
    go.textContent += " (" + to + " / " + items.length + ")";
    go.onclick = () => {
      const last = at.lastElementChild;
      some(to, to + NEXT);
      last.nextElementSibling.tabIndex = -1;
      last.nextElementSibling.focus(); // the first of what is new
    };
    rest.append(go);
  };
  at.textContent = "";
  box.hidden = !items.length;
  some(0, rest ? FIRST : items.length);
}
const row = (at, cells) => cells.reduce((tr, text) => (kept.make("td", tr, text), tr), kept.make("tr", at));
const line = (at, text) => kept.make("li", at, text);
const wide = (at, text, tag, name) => { kept.make(tag, kept.make("tr", at), text, name).colSpan = 2; };

function show(a) {
  digest = a.digest;
  $("tally").textContent = a.tally;
  $("said").textContent = a.said;
  part("findings", a.findings, (at, f) => {
    const td = row(at, [f.place, ""]).lastChild;
    kept.make("span", td, f.word, "chip " + (f.severity == "error" ? "bad" : "warn"));
    td.append(" " + f.message);
  }, a.found_more);
  mend(a);
  part("rows", a.rows, row, a.rows_more);
  part("tables", a.tables, (at, t) => {
    wide(at, t.title, "th");
    t.columns.forEach(c => row(at, c));
    t.out.forEach(text => wide(at, text, "td", "soft"));
  });
  part("notes", a.notes, line);
  part("left", a.left, line);
  const box = sheets.querySelector("div");
  box.textContent = "";
  a.sheets.forEach(s => {
    const label = kept.make("label", box, "", "tick"), tick = kept.make("input", label);
    tick.type = "checkbox";
    tick.value = s.name;
    tick.checked = s.read;
    label.append(" " + s.name + (s.hidden ? W.hidden : ""));
  });
  sheets.hidden = a.sheets.length < 2;
  $("write").hidden = !a.write;
  $("write").textContent = a.write;
  $("preview").hidden = false;
  $("preview").focus();
}
// The refused rows as a file of their own.
function mend(a) {
  const link = $("mend").querySelector("a");
  if (link.href) URL.revokeObjectURL(link.href);
  $("mend").hidden = !a.mend;
  link.href = URL.createObjectURL(new Blob([a.mend]));
  link.download = a.mend_name;
  link.textContent = a.mend_word;
}
function wrong(text) {
  $("errors").textContent = text;
  if (text) $("file").focus();
}
// Shows how far the server is, until the answer is there.
function busy(on, job, write) {
  $("busy").hidden = !on;
  $("stop").hidden = !on || write;
  $("look").disabled = $("write").disabled = on;
  if (!on) return;
  $("progress").removeAttribute("value");
  $("busy").lastChild.textContent = "";
  if (document.activeElement.disabled || document.activeElement == document.body) $(write ? "busy" : "stop").focus();
  const look = () => fetch(data.root + "_kept/import/progress?job=" + job, { headers: says }).then(r => r.json()).then(p => {
    if (job != asked || $("busy").hidden) return;
    $("busy").lastChild.textContent = p.said;
    if (p.total) { $("progress").max = p.total; $("progress").value = p.done; } else $("progress").removeAttribute("value");
    setTimeout(look, 300);
  }, () => {});
  setTimeout(look, 300);
}
// Sends the file and gives its answer, nothing where it is an error or came too late.
async function send(write, saying) {
  const body = new FormData();
  if (gone) gone.abort();
  gone = new AbortController();
  const mine = asked = String(Math.random()).slice(2);
  for (const [k, v] of [["kind", m.kind], ["by", $("by") ? $("by").value.split(" ").pop() : ""], ["base", write ? digest : ""]]) body.append(k, v);
  sheets.querySelectorAll(":checked").forEach(x => body.append("sheet", x.value));
  asks.forEach(b => {
    const v = input(b).value.trim();
    if (v) (b.dataset.k == "scale" ? v.split(/[;；]/) : [v]).forEach(x => body.append(b.dataset.k, x));
  });
  if ($("scans")) for (const f of $("scans").files) body.append("scan", f);
  body.append("file", new File([bytes], called));
  wrong("");
  $("status").textContent = saying;
  busy(true, mine, write);
  let a;
  try {
    a = await fetch(data.root + "_kept/import" + (write ? "/write" : "") + "?job=" + mine, { method: "POST", headers: says, body, signal: gone.signal }).then(r => r.json());
  } catch (e) { a = { error: W.gone }; }
  if (mine != asked) return;
  $("status").textContent = "";
  busy(false);
  if (a.error) wrong(a.error);
  else return a;
}
$("stop").onclick = () => {
  asked = 0;
  gone.abort();
  busy(false);
  $("status").textContent = W.stopped;
  $("look").focus();
};
async function preview() {
  if (!bytes) return wrong(W.choose);
  const lacks = asks.find(b => "r" in b.dataset && !input(b).value.trim());
  if (lacks) { wrong(W.lacks.replace("{field}", name(lacks))); return input(lacks).focus(); }
  $("preview").hidden = $("result").hidden = true;
  const a = await send(false, W.reading.replace("{file}", called));
  if (a) show(a);
}
// Takes a file into memory, so that what is written is what was previewed.
async function take(file) {
  bytes = undefined;
  $("preview").hidden = $("result").hidden = true;
  if (!file) return;
  if (file.size > MOST) return wrong(W.big);
  try { bytes = await file.arrayBuffer(); } catch (e) { return wrong(W.unreadable); }
  called = file.name;
  sheets.querySelector("div").textContent = "";
  sheets.hidden = true;
  preview();
}
$("file").onchange = () => take($("file").files[0]);
// What every row gets: a field comes into view when it is chosen.
if (sets) {
  const also = $("also"), fields = [...sets.querySelectorAll("[data-k]")];
  fields.forEach((b, i) => { b.hidden = true; also.append(new Option(name(b), i)); });
  also.onchange = () => {
    const b = fields[also.value], o = also.selectedOptions[0];
    also.value = "";
    if (!b) return;
    b.hidden = false;
    o.remove();
    input(b).focus();
  };
}
form.addEventListener("focusin", e => { const refs = e.target.getAttribute("list"); if (refs) kept.offer(refs, form); });
// The template has no columns for what is said of the whole file.
const link = $("template"), bare = link && link.href;
if (link) form.addEventListener("change", () => {
  link.href = asks.reduce((at, b) => { const v = input(b).value; return v && b.dataset.k.startsWith("set.") ? at + "&" + b.dataset.k + "=" + encodeURIComponent(v) : at; }, bare);
});
form.onsubmit = e => { e.preventDefault(); preview(); };
$("write").onclick = async () => {
  data.newer = ""; // what was written is told here
  const a = await send(true, W.writing);
  if (!a) return;
  if (!a.written) return show(a);
  $("written").textContent = a.written;
  $("preview").hidden = true;
  $("result").hidden = false;
  $("result").focus();
};
const given = files => {
  $("file").files = files;
  for (const what of ["input", "change"]) $("file").dispatchEvent(new Event(what, { bubbles: true }));
};
addEventListener("paste", e => { // a file, or cells that a spreadsheet copied, of which it gives a picture, too
  const from = e.clipboardData, text = from.getData("text/plain"), files = new DataTransfer();
  if (/[\t\n]/.test(text.trim())) {
    if (e.target.closest("input:not([type=file]), textarea")) return;
    files.items.add(new File([text], W.pasted + ".tsv"));
  } else if (from.files.length) files.items.add(from.files[0]);
  else return;
  e.preventDefault();
  given(files.files);
});
addEventListener("dragover", e => { e.preventDefault(); $("drop").classList.add("on"); });
addEventListener("dragleave", e => { if (!e.relatedTarget) $("drop").classList.remove("on"); });
addEventListener("drop", e => {
  e.preventDefault(); // else the browser opens the file in place of the page
  $("drop").classList.remove("on");
  if (!e.dataTransfer.files.length) return;
  given(e.dataTransfer.files);
});
$("noscript").hidden = true;
form.hidden = false;
})();
