// Lets the rows of a register be chosen and ordered, all kept in the address.
// Without it the page shows every row.
"use strict";
(() => {
  const table = document.querySelector(".register table"), tools = document.querySelector(".tools");
  if (!table || !tools) return;
  const CHUNK = 100, body = table.tBodies[0], box = table.parentNode, none = document.querySelector(".none");
  const [q, shown, clear, link, save] = ["q", "shown", "clear", "link", "save"].map(n => document.getElementById(n));
  const text = e => e.textContent.trim(), fold = s => s.normalize("NFKC").toLowerCase();
  const heads = [...table.rows[0].cells], rows = [...table.rows].slice(1).map((row, at) => ({
    row, at, date: row.dataset.d, picks: (row.dataset.f || "").split("|").map(p => p.split("."))
  }));
  const facets = [...tools.querySelectorAll("details")].map(e => {
    const [sum] = e.children;
    return { e, sum, key: e.dataset.key, title: text(sum), boxes: [...e.querySelectorAll("input")] };
  });
  let order = rows, found, end;
  [...table.tBodies].slice(1).forEach(e => e.remove());

  // Tells whether a day lies in 2026, 2026-H1, 2026-Q3 or 2026-09; no day lies in
  // every period, as in print.
  function within(period) {
    const m = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)))?$/.exec(period);
    if (!m) return () => true;
    const n = m[2] ? 6 : m[3] ? 3 : m[4] ? 1 : 12, last = n * (m[2] || m[3] || m[4] || 1);
    return d => !d || d.slice(0, 4) === m[1] && d.slice(5, 7) > last - n && d.slice(5, 7) <= last;
  }

  function filter() {
    const words = fold(q.value).split(/\s+/), period = kept.get("p"), inside = within(period);
    const on = facets.map(f => {
      const picked = f.boxes.filter(b => b.checked);
      f.n = f.boxes.map(() => 0);
      f.sum.textContent = [f.title, ...picked.map(b => text(b.nextElementSibling))].join(" · ");
      f.sum.className = picked.length ? "on" : "";
      return picked.length > 0;
    });
    found = order.filter(r => {
      if (!inside(r.date) || !words.every(w => !w || (r.text = r.text || fold(r.row.textContent)).includes(w))) return false;
      const missed = facets.map((f, i) => on[i] && !r.picks[i].some(k => f.boxes[k].checked)), misses = missed.filter(Boolean).length;
      // A facet counts the rows that all others let through.
      facets.forEach((f, i) => { if (misses - missed[i] < 1) r.picks[i].forEach(k => f.n[k]++); });
      return !misses;
    });
    facets.forEach(f => f.boxes.forEach((b, i) => {
      b.parentNode.lastElementChild.textContent = f.n[i];
      b.parentNode.hidden = !f.n[i] && !b.checked;
    }));
    clear.hidden = !(q.value || period || on.some(Boolean));
    shown.textContent = clear.hidden ? "" : [period, found.length + " / " + rows.length].join(" ");
    none.hidden = found.length > 0;
    body.replaceChildren();
    end = box.scrollTop = 0;
    more();
  }
  // Rows enter the page as they come into sight, and all of them for a print.
  function more() { body.append(...found.slice(end, end += CHUNK).map(r => r.row)); }
  box.onscroll = () => { if (end < found.length && box.scrollTop + 3 * box.clientHeight > box.scrollHeight) more(); };
  addEventListener("beforeprint", () => { while (end < found.length) more(); });

  // Orders by the column of sort=key or, downwards, sort=-key. Empty cells come last.
  function sort() {
    const spec = kept.get("sort"), down = spec[0] === "-", i = heads.findIndex(h => h.dataset.key === spec.slice(down));
    const f = facets.findIndex(f => "ranked" in f.e.dataset && i >= 0 && f.key === heads[i].dataset.key), ranks = {};
    heads.forEach((h, j) => h.setAttribute("aria-sort", i !== j ? "none" : down ? "descending" : "ascending"));
    order = rows;
    if (i < 0) return;
    rows.forEach(r => {
      const c = r.row.cells[i], s = c.dataset.sort || text(c);
      r.key = s && f >= 0 ? r.picks[f][0] : heads[i].className ? parseFloat(s) : s ? " " + s : NaN;
      ranks[r.key] = +r.key;
    });
    Object.keys(ranks).sort(new Intl.Collator(document.documentElement.lang, { numeric: true }).compare)
      .forEach((s, n) => { if (s[0] === " ") ranks[s] = n; });
    order = [...rows].sort((a, b) => {
      const x = ranks[a.key], y = ranks[b.key];
      return isNaN(x) - isNaN(y) || (down ? y - x : x - y) || a.at - b.at;
    });
  }

  function restore() {
    const p = kept.params();
    q.value = p.get("q") || "";
    facets.forEach(f => f.boxes.forEach(b => { b.checked = p.getAll("f." + f.key).includes(b.value); }));
    sort();
    filter();
  }

  heads.forEach(h => {
    const b = document.createElement("button"), key = h.dataset.key;
    b.className = "sort";
    b.append(...h.childNodes);
    h.append(b);
    b.onclick = () => {
      kept.set("sort", { ascending: "-" + key, descending: "", none: key }[h.getAttribute("aria-sort")]);
      sort();
      filter();
    };
  });
  q.oninput = tools.onchange = () => {
    kept.set("q", q.value);
    facets.forEach(f => kept.set("f." + f.key, f.boxes.filter(b => b.checked).map(b => b.value)));
    filter();
  };
  clear.onclick = () => {
    const period = kept.get("p");
    history.replaceState(null, "", location.pathname);
    if (period) location.reload();
    restore();
  };
  link.onclick = () => {
    const ask = () => prompt(text(link), location.href);
    if (!navigator.clipboard) return ask();
    navigator.clipboard.writeText(location.href).then(() => { shown.textContent = link.dataset.done; }, ask);
  };
  addEventListener("click", e => facets.forEach(f => { if (!f.e.contains(e.target)) f.e.open = false; }));
  document.addEventListener("kept-period", filter);
  addEventListener("hashchange", () => { if (!/^#[^=]+$/.test(location.hash)) restore(); });
  tools.hidden = false;
  restore();
})();
