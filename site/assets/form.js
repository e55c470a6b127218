// The forms (portal/form.go): they check while one types and give the YAML that kept
// itself would write (internal/intake), or let kept serve write it.
"use strict";
(() => {
const $ = id => document.getElementById(id), form = $("form"), m = JSON.parse($("model").textContent), W = m.w, say = (k, n) => W[k].replace("{n}", n);
const Y = kept.yaml, list = Array.isArray, data = document.body.dataset, live = "live" in data, old = $("yaml") && $("yaml").parentNode;
const same = (a, b) => Y.flow(a) == Y.flow(b), tops = (Y.order = m.order.split(" ")).filter(k => !k.includes("."));
let was = {}, covered = "", base = "", count = 0, made, done, said = [], timer;

// The controls: a box holds one field, data-k is its key, data-t its sort.
const boxes = b => [...b.querySelectorAll("[data-k]")].filter(x => x.parentNode.closest("[data-k]") == b);
const box = k => boxes(form).find(b => b.dataset.k == k), input = b => b.querySelector("fieldset,input,select,textarea,button");
const local = v => new Date(v).toLocaleString("sv", { timeZone: m.zone }).replace(" ", "T");
function stamp(t) { // a time of the organisation's zone with its offset
  const u = Date.parse(t + "Z"), off = x => Date.parse(local(x) + "Z") - x, o = off(u - off(u));
  return t.padEnd(19, ":00") + (o ? (o < 0 ? "-" : "+") + new Date(Math.abs(o)).toISOString().slice(11, 16) : "Z");
}
function add(b) {
  const t = b.querySelector(":scope > fieldset > template"), x = t.content.firstElementChild.cloneNode(true), gone = kept.make("button", x, W.remove);
  count++;
  x.querySelectorAll("*").forEach(e => ["id", "for", "aria-describedby"].forEach(a => e.hasAttribute(a) && e.setAttribute(a, e.getAttribute(a).replace(/~/g, "-" + count))));
  gone.type = "button";
  gone.onclick = () => { x.remove(); hints(); };
  t.before(x);
  return x;
}
function get(b) {
  const t = b.dataset.t, kids = boxes(b).map(x => [x.dataset.k, get(x)]).filter(x => x[1] !== undefined);
  if (t == "l") return kids.length ? kids.map(x => x[1]) : undefined;
  if (t == "o" || b == form) return kids.length ? kids.reduce((o, [k, v]) => (o[k] = v, o), {}) : undefined;
  const v = t == "c" ? [...b.querySelectorAll(":checked")].map(x => x.value) : input(b).value;
  if (v === b.seen || t == "c" && b.orig && same(b.orig.slice().sort(), v.slice().sort())) return b.orig;
  if (!v.length) return;
  const time = /[im]/.test(t) && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(v);
  return t == "b" ? v == "true" : t == "n" && isFinite(v) ? +v : time ? stamp(v.replace(" ", "T")) : v;
}
function put(b, v) {
  const t = b.dataset.t, e = input(b);
  b.orig = v;
  if (t == "l") { boxes(b).forEach(x => x.remove()); v.forEach(x => put(add(b), x)); }
  else if (t == "o") boxes(b).forEach(x => x.dataset.k in v && put(x, v[x.dataset.k]));
  else if (t == "c") b.querySelectorAll("input").forEach(x => x.checked = v.includes(x.value));
  else { e.value = /[im]/.test(t) && v.length > 10 ? local(v) : v; b.seen = e.value; }
}

// The checks of single fields.
function fault(b) {
  const t = b.dataset.t, e = input(b), d = e.dataset, up = b.parentNode.closest("[data-k]"), v = /[loc]/.test(t) ? Object.values(get(b) || {}) : e.value, n = [...v].length;
  if (b.closest("[hidden]") || b.seen === v && b.orig !== undefined) return "";
  if (e.validity && e.validity.badInput) return W.pattern;
  if (!n) return "r" in b.dataset && (up == form || get(up)) ? W.required : up == form && b.orig !== undefined ? W.empty : "";
  if (list(v)) return n < b.dataset.min ? say("few", b.dataset.min) : n > b.dataset.max ? say("many", b.dataset.max) : "";
  if (t == "n" && !isFinite(v)) return W.number;
  return n > d.most ? say("long", d.most) : n < d.least ? say("short", d.least) : +v < d.low ? say("low", d.low) : +v > d.high ? say("high", d.high) :
    d.p && !new RegExp(d.p, "u").test(v) ? W.pattern + e.placeholder : "";
}
function mark(b, text, warns) {
  const e = input(b), id = e.id + ".e", p = $(id) || kept.make("p", b), by = (e.getAttribute("aria-describedby") || "").replace(id, "").trim();
  p.id = id;
  p.className = warns ? "soft" : "err";
  p.textContent = text;
  if (!text) p.remove();
  e.setAttribute("aria-describedby", text ? by + " " + id : by);
  e.setAttribute("aria-invalid", !!text && !warns);
}
// Conditions of the kind as outlined in expr/outline.go; undefined is not known.
function judge(x, o, it) {
  const [op, a, b] = x || [], see = n => n[0] == "." ? it[n.slice(1)] : n.split(".").reduce((v, k) => v && v[k], o);
  const size = n => { const v = typeof n == "number" ? n : see(n); return v && v.length ? Date.parse(v.length > 10 ? v : stamp(v + "T00:00")) : v; };
  const every = l => l.includes(false) ? false : l.includes(undefined) ? undefined : true, not = v => v === undefined ? v : !v;
  if (op == "and") return every([judge(a, o, it), judge(b, o, it)]);
  if (op == "or") return not(every([not(judge(a, o, it)), not(judge(b, o, it))]));
  if (op == "not") return not(judge(a, o, it));
  if (op == "has") return !!see(a) && see(a).length !== 0;
  if (op == "in") return b.includes(see(a) || "");
  if (op == "all") return every((see(a) || []).map(i => judge(b, o, i)));
  if (op) return size(a) == null || size(b) == null ? undefined : op == "<" ? size(a) < size(b) : size(a) <= size(b);
}
function rules() {
  const o = made.o, out = [];
  for (const r of m.rules || []) if (box(r.at) && (!r.when || judge(r.when, o)) && judge(r.require, o) === false) out.push([box(r.at), r.text, r.warn]);
  if (judge(m.guard, o) === false) out.push([JSON.stringify(m.guard).match(/\w+/g).map(box).find(x => x) || $("at").parentNode, $("asks").lastElementChild.textContent]);
  return out;
}

// What kept would write: intake/new.go, advance.go, span.go, operate.go.
function derive(o) {
  for (const [k, s, first, actor] of m.derived || []) {
    const l = (o.transitions || []).filter(t => t.to == s), t = first ? l[0] : l.pop();
    if (t) o[k] = actor ? t.by : t.at;
  }
  return o;
}
function number(at) {
  const n = ((m.last || {})[m.template.includes("{year}") ? at.slice(0, 4) : ""] || 0) + 1;
  return m.template.replace("{year}", at.slice(0, 4)).replace(/\{seq:(\d)\}/, (x, w) => String(n).padStart(w, "0"));
}
function place(o) {
  const d = o[m.date] || "", day = d.length > 10 ? local(d) : d;
  return m.dir + (m.date ? "/" + day.slice(0, 4) + "/" + day.slice(5, 7) : "") + "/" + o.id + ".yaml";
}
function make() {
  const v = get(form) || {}, sets = { ...v }, [role, by] = $("by") ? $("by").value.split(" ") : [], note = $("note") ? $("note").value : "";
  const at = stamp($("at") ? $("at").value : local(Date.now()).slice(0, 16)), o = derive({ ...was }), log = { to: m.sort == "step" ? m.to : m.initial, at };
  const fill = (k, x) => { if (v[k] === undefined && x !== undefined) v[k] = x; };
  for (const [k, x] of Object.entries({ by, role, note })) if (x) log[k] = x;
  for (const [k, x] of m.set || []) fill(k, x[0] != "$" ? x : { $now: at, $today: at.slice(0, 10), $actor: by }[x] || o[x.slice(1)]);
  made = { at, by, role, note, sets };
  if (m.sort == "open" || m.sort == "new" && !was.id) {
    const names = x => Object.values(v).some(y => same(x, y) || same([x], y)), back = m.sort == "open" && !names(was.id) && m.back.find(k => !(k.replace("[]", "") in v));
    if (back) v[back.replace("[]", "")] = back.endsWith("]") ? [was.id] : was.id;
    fill("id", number(at));
    fill("form_no", m.form_no);
    if (m.governed) { fill("owner", by); fill("registered_by", by); v.transitions = [log]; }
    Object.assign(v, { schema: m.schema, status: m.initial });
    made.o = derive({ ...v, as_of: at });
    made.path = place(made.o);
    made.text = "# yaml-language-server: $schema=" + "../".repeat(made.path.split("/").length - 1) + m.file + "\n" + Y.text(tops.reduce((f, k) => (k in v && (f[k] = v[k]), f), {}));
    return;
  }
  const doc = Y.file($("yaml").value), l = (o[m.closes] || []).slice(), i = l.map(x => !x.to).lastIndexOf(true), link = "@" + m.link;
  if (i >= 0) { l[i] = { ...l[i], to: at }; doc.change(m.closes, l); }
  if (m.opens) {
    const x = { from: at, ...v[m.opens] };
    if (m.reason && note && !x.reason) x.reason = note;
    doc.change(m.opens, v[m.opens] = [...o[m.opens] || [], x]);
  }
  if (v[link]) doc.change("links", v.links = [...o.links || [], { rel: m.link, id: v[link] }]);
  if (m.sort == "add") {
    if (m.item) fill("id", (o[m.add] || []).reduce(([a, n], x) => { const [, l, d] = /^([A-Z-]*)(\d{1,6})$/.exec(x.id) || []; return +d >= n ? [l, +d] : [a, n]; }, [m.item, 0]).reduce((a, n) => a + (n + 1)));
    if (m.moves) {
      const t = v.to && (v.to.length > 10 ? local(v.to) : v.to + "T23:59:59");
      fill("from", o[m.moves]);
      if (t) doc.change(m.moves, m.day ? t.slice(0, 10) : stamp(t));
    }
    doc.change(m.add, [...o[m.add] || [], v]);
  } else {
    tops.filter(k => k in v && ![m.opens, "links", "status", "id"].includes(k) && !same(v[k], o[k])).forEach(k => doc.change(k, v[k]));
    if (m.sort == "step") doc.append("transitions", log, ["to", "at", "by", "role", "note"]);
    doc.set("status", m.to || v.status);
  }
  made.o = derive({ ...was, ...v, id: was.id, status: m.to || v.status, transitions: [...was.transitions || [], log], as_of: at });
  made.path = place(made.o);
  made.text = doc.text();
}

// The page.
const stale = () => !was.id ? W.unreadable : $("yaml").value == covered ? W.covered : m.from && !m.from.includes(was.status) ? W.state : "";
function load(text) { // takes the record as it stands, and leaves what somebody typed
  try { was = Y.file(text).o; } catch (e) { was = {}; }
  mark(old, stale());
  $("about").textContent = was.id || "";
  if (m.sort == "step" || m.sort == "new") boxes(form).forEach(b => { const v = was[b.dataset.k]; if (v != null && same(get(b), b.orig)) put(b, v); });
  for (const [k, x] of m.set || []) {
    const b = box(k), v = derive({ ...was })[x.slice(1)];
    if (b && x[0] == "$" && v && !get(b)) { put(b, b.dataset.t == "l" && !list(v) ? [v] : v); b.orig = b.seen = undefined; }
  }
}
function hints() { // of the rules, while one types
  said.forEach(b => mark(b, fault(b)));
  try { make(); said = rules().map(r => (mark(...r), r[0])); } catch (e) { said = []; }
}
function tell(out) { // the summary, with links to the fields
  const all = $("errors");
  all.textContent = out.length ? say("errors", out.length) : "";
  all.hidden = !out.length;
  for (const [b, t] of out) {
    const a = kept.make("a", kept.make("p", all), b.querySelector("label,legend") ? b.querySelector("label,legend").firstChild.data.trim() + W.colon + t : t);
    a.href = "#" + input(b).id;
    a.onclick = e => { e.preventDefault(); for (let d = b; d = d.parentNode.closest("details");) d.open = true; input(b).focus(); };
  }
  if (out.length) all.focus();
}
function show() {
  const changes = was.id && m.sort != "open", page = changes ? m.edit : m.new, a = $("open");
  const url = page && page.replace("-path-", changes ? made.path : encodeURIComponent(made.path)).replace("{text}", encodeURIComponent(made.text)), full = url && url.length < 7500 && page.includes("{text}");
  $("path").textContent = made.path;
  $("text").textContent = made.text;
  $("todo").textContent = W[full ? "put-full" : !page ? "put-none" : changes ? "put-edit" : "put-new"];
  a.hidden = !page;
  a.target = "_blank";
  a.rel = "noreferrer";
  if (page) a.href = full ? url : page.split("&value")[0].replace("-path-", made.path);
  $("download").href = URL.createObjectURL(new Blob([made.text]));
  $("download").download = made.path.split("/").pop();
  $("result").hidden = false;
  $("result").focus();
}
const post = (what, body) => fetch(data.root + "_kept/" + what, { method: "POST", headers: { "X-Kept": document.documentElement.lang }, body }).then(r => r.json());
const record = id => fetch(data.root + "_kept/record?id=" + encodeURIComponent(id)).then(r => r.json());
const ask = what => post(what, JSON.stringify({
  kind: m.of, id: was.id || "", to: was.id ? m.to || made.sets.status : "", by: made.by || "", role: made.role || "", at: made.at, note: made.note, base,
  sets: [].concat(...Object.entries(made.sets).map(([k, v]) => k == "status" || same(v, was[k]) ? [] : k[0] == "@" ? [[k.slice(1), v]] :
    k == m.opens ? Object.entries(v).map(([n, x]) => [k + "." + n + ":", JSON.stringify(x)]) : [[k + ":", JSON.stringify(v)]]))
}));
const found = a => a.error ? [[$("go").parentNode, a.error]] : (a.findings || []).map(f => [box(f.field.split(".")[0]) || (/^(by|role)$/.test(f.field) ? $("by") : $("go")).parentNode, f.message, f.severity != "error"]);
const take = text => { $("yaml").value = text; load(text); };
const renew = id => record(id).then(r => { base = r.base; take(r.yaml); tell([]); return was; });
async function save() { // once: pressed again after a file was refused, it writes no second record
  $("go").disabled = true;
  clearTimeout(timer);
  try {
    const a = done || await ask("write");
    if (!a.ok) {
      tell(found(a).filter(r => !r[2]));
      return a.conflict && kept.merge($("errors"), W, () => renew(was.id), m.sort == "step" || m.sort == "new" ? boxes(form) : [], get, put, same);
    }
    done = a;
    for (const e of form.querySelectorAll("[data-file]")) for (const file of [...e.files]) {
      const f = new FormData(), r = await record(a.id);
      for (const [k, v] of Object.entries({ id: a.id, field: e.dataset.file, base: r.base, file })) f.append(k, v);
      const b = await post("attach", f);
      if (!b.ok) return tell(found(b).map(([, t]) => [e.parentNode, W.half + t]));
      e.value = "";
    }
    location.href = data.root + a.page;
  } catch (e) { tell(found({ error: W.gone })); } finally { $("go").disabled = false; }
}
form.onchange = e => {
  const b = e.target.closest(".q");
  if (e.target != $("yaml")) mark(b, fault(b));
  hints();
  clearTimeout(timer);
  if (live) timer = setTimeout(() => made && ask("plan").then(a => { said = found(a).map(r => (mark(...r), r[0])); }, () => {}), 600);
};
form.oninput = e => {
  const b = e.target.closest(".q"), refs = e.target.getAttribute("list");
  if (b && e.target.getAttribute("aria-invalid") == "true") mark(b, fault(b));
  if (refs) kept.offer(refs, form);
};
form.onsubmit = e => {
  e.preventDefault();
  const out = [...form.querySelectorAll(".q")].filter(b => b != old).map(b => { const t = fault(b); mark(b, t); return [b, t]; }).filter(x => x[1]);
  const t = !old || old.closest("[hidden]") || live ? "" : stale();
  if (t) { mark(old, t); out.unshift([old, t]); }
  if (!out.length) { make(); out.push(...rules().filter(r => !r[2])); out.forEach(r => mark(...r)); }
  tell(out);
  if (!out.length) live ? save() : show();
};
form.onclick = e => { if ("add" in e.target.dataset) input(add(e.target.closest("[data-k]"))).focus(); };
form.addEventListener("focusin", e => { const refs = e.target.getAttribute("list"); if (refs) kept.offer(refs, form); });

const p = kept.params(), id = p.get("id");
$("noscript").hidden = true;
$("go").hidden = false;
if ($("at")) $("at").value = local(Date.now()).slice(0, 16);
if ($("f.id") && m.template) $("f.id").placeholder = number(local(Date.now()));
for (const k of ["id", "status"]) if (box(k)) box(k).hidden = (k == "id") == !!(id && m.sort == "new");
if (live) { $("go").textContent = W.save; if ($("upload")) $("upload").hidden = false; if ($("served")) $("served").hidden = true; }
else if ($("served")) $("go").hidden = true;
p.forEach((v, k) => { const b = k.startsWith("s.") && box(k.slice(2)); if (b) { put(b, v); b.orig = b.seen = undefined; } });
if (old && (id || m.sort != "new")) {
  $("yaml").oninput = () => load($("yaml").value);
  $("old").hidden = live;
  $("old").open = !p.get("y") || p.get("c");
  if (p.get("c")) covered = p.get("y");
  $("about").textContent = id || "";
  if (live && id) renew(id); else if (p.get("y")) take(p.get("y"));
}
})();
