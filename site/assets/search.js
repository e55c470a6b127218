// Search: a dialog on every page, and search.html with its words in the address
// (#q=). The index is loaded when it is first asked for.
"use strict";
(() => {
  const lang = document.documentElement.lang, root = document.body.dataset.root + lang + "/", place = document.getElementById("search"), rows = [];
  let box, said, list, dialog, words;

  // Case and full width make no difference. Lengths stay, so that hits can be marked.
  const fold = s => s.replace(/[！-～]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).toLowerCase();

  function take(groups) {
    for (const g of groups) for (const [id, title, state, tone, text, page] of g.rows) {
      const n = rows.length;
      rows.push({
        g, id, title, state, tone, text, page: page || g.folder + "/" + id + ".html",
        hay: fold([id, title, g.kind, state, text].join("\n")), order: g.order ? (g.order === "late" ? -n : n - 1e9) : n
      });
    }
    find();
  }
  // Every word must occur: best as the number, in it, in the title, elsewhere.
  function rank(r, q) {
    let best = 3;
    for (const w of q) {
      const at = r.hay.indexOf(w), id = r.id.length;
      if (at < 0) return -1;
      best = Math.min(best, at > id + r.title.length + r.g.kind.length + 1 ? 3 : at > id || !id ? 2 : at || w.length < id ? 1 : 0);
    }
    return best;
  }
  function find() {
    const q = fold(box.value).split(/\s+/).filter(Boolean), groups = new Map(), most = dialog ? 6 : 100;
    const hits = q.length ? rows.map(row => ({ row, rank: rank(row, q) })).filter(hit => hit.rank >= 0) : [];
    hits.sort((a, b) => a.rank - b.rank || a.row.order - b.row.order);
    list.textContent = "";
    for (const { row } of hits) {
      let g = groups.get(row.g.kind);
      if (!g) groups.set(row.g.kind, g = { n: 0, head: kept.make("h2", list, row.g.kind + " "), list: kept.make("ul", list) });
      if (++g.n <= most) show(kept.make("a", kept.make("li", g.list)), row, q);
    }
    groups.forEach(g => kept.make("span", g.head, (g.n > most ? most + " / " : "") + g.n, "n"));
    if (dialog && hits[0]) kept.make("a", list, words.more).href = root + "search.html#" + new URLSearchParams({ q: box.value });
    said.textContent = q.length ? (hits[0] ? words.count + hits.length : words.none) : "";
  }
  function show(a, r, q) {
    a.href = root + r.page;
    mark(a, r.id + (r.id && " ") + r.title + " ", q);
    if (r.state) kept.make("span", a, r.state, "chip " + r.tone);
    const low = fold(r.text), at = Math.min(...q.map(w => low.indexOf(w)).filter(i => i >= 0)), from = at < 1e9 && at > 30 ? at - 24 : 0;
    mark(kept.make("span", a, from ? "…" : "", "soft"), r.text.substr(from, 110), q);
  }
  function mark(parent, text, q) {
    for (let low = fold(text), at = 0; at < text.length;) {
      const [next, w] = q.map(w => [low.indexOf(w, at), w]).filter(m => m[0] >= 0).sort((a, b) => a[0] - b[0])[0] || [text.length, ""];
      parent.append(text.slice(at, next));
      at = next + w.length;
      if (w) kept.make("mark", parent, text.slice(next, at));
    }
  }
  function build() {
    words = kept.data.words;
    const into = place || (dialog = kept.make("dialog", document.body));
    into.setAttribute("aria-label", words.search);
    box = kept.make("input", into, "", "box");
    box.type = "search";
    box.setAttribute("aria-label", words.search);
    said = kept.make("output", into);
    list = kept.make("div", into, "", "found");
    if (place) box.value = kept.get("q");
    box.oninput = () => { find(); if (place) kept.set("q", box.value); };
    box.onkeydown = e => { if (e.key === "Enter" && !e.isComposing) kept.move(1, true); };
    list.onclick = () => dialog && dialog.close();
    for (let i = 0; i < words.files; i++) kept.load(lang + "/search/" + i + ".js", () => take(kept.data["search/" + i]));
  }
  kept.search = () => kept.load(lang + "/search/words.js", () => {
    if (!box) build();
    if (dialog && !dialog.open) dialog.showModal();
    box.select();
  });
})();
