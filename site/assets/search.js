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
      const n = rows.length, head = [id, title, g.kind, state, ""].join("\n"), all = head + text;
      rows.push({
        g, id, title, state, tone, all, hay: fold(all), head: head.length, page: page || g.folder + "/" + id + ".html",
        order: g.order ? (g.order === "late" ? -n : n - 1e9) : n
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
    const q = fold(box.value).split(/\s+/).filter(Boolean), groups = new Map(), most = dialog ? 6 : 30;
    const hits = [];
    if (q.length) for (const row of rows) { const n = rank(row, q); if (n >= 0) hits.push({ row, rank: n }); }
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
    const id = r.id.length, at = Math.min(...q.map(w => r.hay.indexOf(w, r.head)).filter(i => i >= 0));
    const from = at < 1e9 && at > r.head + 30 ? at - 24 : r.head;
    a.href = root + r.page;
    mark(a, r, 0, id, q);
    if (id) a.append(" ");
    mark(a, r, id + 1, id + 1 + r.title.length, q);
    if (r.state) { a.append(" "); kept.make("span", a, r.state, "chip " + r.tone); }
    mark(kept.make("span", a, from > r.head ? "…" : "", "soft"), r, from, Math.min(from + 110, r.all.length), q);
  }
  // Writes a part of what a row says, with the words in it marked.
  function mark(parent, r, at, end, q) {
    while (at < end) {
      let next = end, length = 0;
      for (const w of q) {
        const i = r.hay.indexOf(w, at);
        if (i >= 0 && i < next) { next = i; length = w.length; }
      }
      parent.append(r.all.slice(at, next));
      at = next + length;
      if (length) kept.make("mark", parent, r.all.slice(next, at));
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
  kept.search.take = take;
})();
