// What every page shares: the state of a view in the address, files loaded when
// they are asked for, the keyboard. Everything can be read without it.
"use strict";
var kept = {
  // The parameters behind the hash; an anchor such as #duties is none of them.
  params: () => new URLSearchParams(location.hash.indexOf("=") < 0 ? "" : location.hash.slice(1)),
  get: name => kept.params().get(name) || "",
  // Writes one parameter, or all values of a list; nothing removes it.
  set: (name, value) => {
    const p = kept.params();
    p.delete(name);
    [].concat(value || []).forEach(v => p.append(name, v));
    const hash = p.toString();
    try {
      history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    } catch (e) { /* a browser may refuse */ }
  },
  // Runs a script once, then whoever asked. Data files call kept.give.
  data: {},
  give: (name, value) => { kept.data[name] = value; },
  scripts: {},
  load: (src, then) => (kept.scripts[src] = kept.scripts[src] || new Promise(done => {
    const s = kept.make("script", document.head);
    s.onload = done;
    s.src = document.body.dataset.root + src;
  })).then(then),
  // Offers ids while one types, from the lists of their kinds.
  offer: (refs, at) => {
    if (document.getElementById(refs)) return;
    const l = kept.make("datalist", at);
    l.id = refs;
    refs.split(":").slice(1).forEach(kind => kept.load(document.documentElement.lang + "/form/" + kind + ".js", () =>
      kept.data["ref." + kind].forEach(([id, text]) => { kept.make("option", l, text).value = id; })));
  },
  make: (tag, parent, text, name) => {
    const e = document.createElement(tag);
    e.textContent = text || "";
    if (name) e.className = name;
    return parent.appendChild(e);
  },
  // Goes to the next or the last row of a register or of results, or opens it.
  move: (step, open) => {
    const $ = document.querySelector("dialog[open]") || document;
    const stops = [...$.querySelectorAll(".found a, .register tr:not([hidden]) td:first-child a")];
    const at = stops.findIndex(a => a.closest("li, tr, a").contains(document.activeElement));
    const next = stops[Math.max(0, Math.min(stops.length - 1, at + step))];
    if (next) open ? next.click() : next.focus();
  }
};
addEventListener("DOMContentLoaded", () => {
  const $ = selector => document.querySelector(selector), nav = $("#nav");
  const search = () => kept.load("assets/search.js", () => kept.search());
  let help, g = 0;
  const keys = () => kept.load(document.documentElement.lang + "/search/words.js", () => {
    if (!help) {
      help = kept.make("dialog", document.body);
      kept.make("h2", help, kept.data.words.title);
      const list = kept.make("dl", help);
      for (const [key, what] of kept.data.words.keys) {
        kept.make("kbd", kept.make("dt", list), key);
        kept.make("dd", list, what);
      }
    }
    help.showModal();
  });
  addEventListener("click", e => {
    const a = e.target.closest(".lang, .find, .menu, .close");
    if (!a || e.ctrlKey || e.metaKey) return;
    if (a.className === "lang") { a.hash = location.hash; return; }
    e.preventDefault();
    if (a.className === "find") search();
    else if (nav.classList.toggle("open")) nav.querySelector("li a").focus();
  });
  addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    const on = e.target, key = e.key, open = $("dialog[open]"), field = on.closest("input, select, textarea"), row = on.closest(".found, tr");
    const to = g > Date.now() && !field && !open && $('[data-go="' + CSS.escape(key) + '"]');
    g = 0;
    if (key === "Escape") {
      nav.classList.remove("open");
      if (open) open.close(); else if (field) on.blur();
    } else if (key === "ArrowDown" && (row || on.type === "search")) kept.move(1);
    else if (key === "ArrowUp" && row) kept.move(-1);
    else if (field) return;
    else if (to) to.click();
    else if (key === "j" || key === "k") kept.move(key === "j" ? 1 : -1);
    else if (open) return;
    else if (key === "/") search();
    else if (key === "?") keys();
    else if (key === "g") g = Date.now() + 1500;
    else return;
    e.preventDefault();
  });
  if ($("#search")) search();
});
