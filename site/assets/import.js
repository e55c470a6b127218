// Imports a ledger: sends the chosen file to kept serve, shows what would become of
// each row, and has that written. Whatever comes out of a file is shown as text.
"use strict";
(() => {
const $ = id => document.getElementById(id), m = JSON.parse($("model").textContent), W = m.w, form = $("import"), data = document.body.dataset;
const MOST = 200 << 20, sheets = $("sheets"), asks = [...form.querySelectorAll("[data-k]")];
let bytes, name, digest = "", asked = 0;

// One part of the preview: drawn anew, and out of sight where it has nothing.
function part(id, items, draw, more) {
  const box = document.querySelector('[data-part="' + id + '"]'), at = box.querySelector("tbody, ul"), rest = box.querySelector(":scope > p");
  at.textContent = "";
  items.forEach(x => draw(at, x));
  box.hidden = !items.length;
  if (rest) rest.textContent = more || "";
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
function wrong(text) {
  $("errors").textContent = text;
  if (text) $("file").focus();
}
// Sends the file and gives its answer, nothing where it is an error or came too late.
async function send(write, saying) {
  const body = new FormData(), mine = ++asked;
  for (const [k, v] of [["kind", m.kind], ["by", $("by") ? $("by").value.split(" ").pop() : ""], ["base", write ? digest : ""]]) body.append(k, v);
  sheets.querySelectorAll(":checked").forEach(x => body.append("sheet", x.value));
  asks.forEach(b => { const v = b.querySelector("input, select").value.trim(); if (v) body.append(b.dataset.k, v); });
  if ($("scans")) for (const f of $("scans").files) body.append("scan", f);
  body.append("file", new File([bytes], name));
  wrong("");
  $("status").textContent = saying;
  $("progress").hidden = false;
  $("progress").removeAttribute("value");
  $("look").disabled = $("write").disabled = true;
  let a;
  try {
    a = await fetch(data.root + "_kept/import" + (write ? "/write" : ""), { method: "POST", headers: { "X-Kept": document.documentElement.lang }, body }).then(r => r.json());
  } catch (e) { a = { error: W.gone }; }
  if (mine != asked) return;
  $("status").textContent = "";
  $("progress").hidden = true;
  $("look").disabled = $("write").disabled = false;
  if (a.error) wrong(a.error);
  else return a;
}
async function preview() {
  if (!bytes) return wrong(W.choose);
  const lacks = asks.find(b => "r" in b.dataset && !b.querySelector("input, select").value.trim());
  if (lacks) { wrong(W.lacks.replace("{field}", lacks.querySelector("label").firstChild.data.trim())); return lacks.querySelector("input, select").focus(); }
  $("preview").hidden = $("result").hidden = true;
  const a = await send(false, W.reading.replace("{file}", name));
  if (a) show(a);
}
// Takes a file into memory, so that what is written is what was previewed.
async function take(file) {
  bytes = undefined;
  if (!file) return;
  if (file.size > MOST) return wrong(W.big);
  try { bytes = await file.arrayBuffer(); } catch (e) { return wrong(W.unreadable); }
  name = file.name;
  sheets.querySelector("div").textContent = "";
  sheets.hidden = true;
  preview();
}
$("file").onchange = () => take($("file").files[0]);
// The template has no columns for what is said of the whole file.
const link = $("template"), bare = link && link.href;
if (link) form.addEventListener("change", () => {
  link.href = asks.reduce((at, b) => { const v = b.querySelector("input, select").value; return v && b.dataset.k != "scale" ? at + "&" + b.dataset.k + "=" + encodeURIComponent(v) : at; }, bare);
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
addEventListener("dragover", e => { e.preventDefault(); $("drop").classList.add("on"); });
addEventListener("dragleave", e => { if (!e.relatedTarget) $("drop").classList.remove("on"); });
addEventListener("drop", e => {
  e.preventDefault(); // else the browser opens the file in place of the page
  $("drop").classList.remove("on");
  if (!e.dataTransfer.files.length) return;
  $("file").files = e.dataTransfer.files;
  for (const what of ["input", "change"]) $("file").dispatchEvent(new Event(what, { bubbles: true }));
});
$("noscript").hidden = true;
form.hidden = false;
})();
