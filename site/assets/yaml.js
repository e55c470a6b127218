// The YAML of records as kept itself writes and edits it (internal/yamldoc), byte for
// byte. It reads what kept writes; anything else throws.
"use strict";
kept.yaml = (() => {
const list = Array.isArray, map = v => v && typeof v == "object" && !list(v), join = (at, k) => at ? at + "." + k : k;
const body = s => s.replace(/\n+$/, ""), blank = l => !l.some(x => x.trim());
const odd = /[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]/g, escapes = s => s.search(odd) >= 0;
const hex = c => "\\u" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
function quote(s, inFlow) {
  const escape = escapes(s);
  if (s && s.trim() == s && !escape && !(inFlow && /[,[\]{}:#?]/.test(s)) &&
    !/^[-?:,[\]{}#&*!|>'"%@`.+<=~]|: | #|:$|^\d[-+\da-fxotz:._ ]*$|^(y|n|yes|no|on|off|true|false|null)$/i.test(s)) return s;
  if (/["\\]/.test(s) && !escape) return "'" + s.replace(/'/g, "''") + "'";
  return '"' + s.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t").replace(odd, hex) + '"';
}
const long = s => typeof s == "string" && (s.includes("\n") || [...s].length > 80) && /^[^ \t\n]/.test(s) &&
  !/[ \t]$/.test(body(s)) && !escapes(s.replace(/[\n\t]/g, ""));
function literal(s, ind) {
  const ends = s.length - body(s).length;
  return ["|-", "|", "|+"][Math.min(ends, 2)] + "\n" + body(s).replace(/^(?=.)/gm, ind) + "\n".repeat(ends || 1);
}
function keys(o, at) {
  const rank = k => [join(at, k), k].map(n => y.order.indexOf(n)).concat(999).find(i => i >= 0);
  return Object.keys(o).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
const entry = (k, v, at, ind) => quote(k, true) + ":" + value(v, join(at, k), ind);
const mapping = (o, at, ind) => keys(o, at).map(k => ind + entry(k, o[k], at, ind)).join("");
function value(v, at, ind) {
  const deep = ind + "  ";
  if (list(v) && v.length) return "\n" + v.map(x => item(x, at, deep)).join("");
  if (map(v) && keys(v).length) return "\n" + mapping(v, at, deep);
  return " " + (long(v) ? literal(v, deep) : flow(v, at) + "\n");
}
function item(v, at, ind) {
  if (!map(v)) return ind + "-" + value(v, at, ind);
  const line = flow(v, at), wide = x => map(x) || list(x) && x.length > 3 || long(x);
  return ind + "- " + ([...line].length <= 130 && !Object.values(v).some(wide) ? line + "\n" : mapping(v, at, ind + "  ").slice(ind.length + 2));
}
function flow(v, at, inFlow) {
  if (list(v)) return "[" + v.map(x => flow(x, at, true)).join(", ") + "]";
  if (map(v)) return "{" + keys(v, at).map(k => quote(k, true) + ": " + flow(v[k], join(at, k), true)).join(", ") + "}";
  return typeof v == "string" ? quote(v, inFlow) : String(v);
}

const token = /"(\\.|[^"\\])*"|'(''|[^'])*'|[[\]{},]|:(?=\s)|[^\s:,[\]{}](?:[^\s:,[\]{}]|:(?=\S)| +(?=[^\s#,[\]{}:]))*/g;
const json = t => /^("|([[\]{},:]|true|false|null|-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?)$)/i.test(t) ? t :
  JSON.stringify(t[0] == "'" ? t.slice(1, -1).replace(/''/g, "'") : t);
const fail = () => { throw Error("layout"); };
const dedent = l => { const n = l.find(x => x.trim()).search(/\S/); return l.map(x => x.slice(0, n).trim() ? fail() : x.slice(n)); };
const cut = (l, re) => l.reduce((c, x) => (re.test(x) ? c.push([x]) : c.length ? c[c.length - 1].push(x) : x.trim() && fail(), c), []);
const key = /^([\w-]+):( .*|)$/;
function parse([t, ...l]) { // t stands behind a colon or a dash, l below
  const v = (/^\s*("(?:\\.|[^"\\])*"|'(?:''|[^'])*'|[[{].*[\]}]|[^#\s].*?)?(?:\s+#.*|\s*)$/.exec(t) || fail())[1];
  if (/^\|[-+]?$/.test(v)) {
    const s = dedent(l).join("\n") + "\n";
    return v == "|+" ? s : body(s) + (v == "|" ? "\n" : "");
  }
  if (v) return !blank(l) || /^[&*!>%@`]/.test(v) ? fail() : JSON.parse(/^[[{]/.test(v) ? v.replace(token, json) : json(v));
  if (blank(l)) return null;
  l = dedent(l);
  return l[0][0] != "-" ? fields(l) : cut(l, /^-( |$)/).map(([t, ...l]) =>
    key.test(t.slice(1).trim()) ? fields(dedent([t.replace("-", " "), ...l])) : parse([t.slice(1), ...l]));
}
function fields(l) {
  const o = {};
  cut(l, key).forEach(([t, ...l]) => { const [, k, rest] = key.exec(t); o[k] = k in o ? fail() : parse([rest, ...l]); });
  return o;
}

// A file being changed in place: its entries, each with the comments up to the next.
function file(text) {
  const parts = (body(text) + "\n").split(/^(?=\w+:[ \n])/m).map(t => {
    const [, own, k, tail] = /^((\w+):[^]*?\n)((?:#.*\n|[ \t]*\n)*)$/.exec(t) || [, "", "", t];
    return { own, k, tail };
  });
  const o = fields(parts.map(p => body(p.own)).join("\n").trim().split("\n")), find = k => parts.find(p => p.k == k);
  const order = y.order, tops = order.filter(k => !k.includes("."));
  function set(k, v, before) {
    const p = find(k), i = parts.findIndex(p => p.k == before), at = i < 0 ? parts.length : i;
    const note = p && /^\w+:(?: "[^"]*"| '[^']*'|[^'"#\n]*?)(\s+#.*)\n/.exec(p.own), own = entry(k, v, "", "").replace("\n", (note ? note[1] : "") + "\n");
    if (p) p.own = own;
    else { parts.splice(at, 0, { k, own, tail: parts[at - 1].tail }); parts[at - 1].tail = ""; }
  }
  function append(k, x, keys) {
    const p = find(k), dash = p && /\n( *)- /.exec(p.own);
    y.order = keys || order.filter(n => n.startsWith(k + ".")).map(n => n.slice(k.length + 1));
    if (dash) p.own += item(x, k, dash[1]); else set(k, [...o[k] || [], x]);
    y.order = order;
  }
  return {
    o, set, append, text: () => parts.map(p => p.own + p.tail).join(""),
    change(k, v) { // a list that only grew keeps its lines
      const n = list(o[k]) ? o[k].length : 0;
      if (n && v.length > n && flow(o[k], k) == flow(v.slice(0, n), k)) v.slice(n).forEach(x => append(k, x));
      else set(k, v, tops.slice(tops.indexOf(k) + 1).find(n => n in o));
    }
  };
}
const y = { order: [], mapping, flow, file, text: s => mapping(s, "", "") };
return y;
})();
