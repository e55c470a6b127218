// The period of the header (#p=2026-Q3): figures and registers follow.
"use strict";
(() => {
  const box = document.querySelector(".period"), own = document.querySelector("[data-period]");
  if (!box) return;
  const [kind, back, list, on] = box.querySelectorAll("select, button");
  const all = (what, f, el = document) => el.querySelectorAll(what).forEach(f);
  const use = f => kept.load(document.documentElement.lang + "/figures.js", () => {
    const d = kept.data.figures;
    f(d, d.periods.find(q => q.p === kept.get("p")));
  });

  function show(d, me) {
    document.dispatchEvent(new Event("kept-period"));
    if (!me) return;
    const same = d.periods.filter(q => q.kind === me.kind), i = same.indexOf(me) + 1;
    kind.value = me.kind;
    list.replaceChildren(...same.map(q => new Option(q.name, q.p, false, q === me)));
    [back.value, on.value] = me.beside;
    back.hidden = list.hidden = on.hidden = false;
    all("[data-own]", e => { e.hidden = true; });
    all("[data-p]", e => e.classList.toggle("on", me.holds.includes(e.dataset.p)));
    all("[data-kpi]", el => {
      const k = d.kpis[el.dataset.kpi], f = k.at[me.p] || k.none;
      all("[data-f]", e => {
        e.textContent = e.dataset.f ? d.words[f[e.dataset.f]] : me.name;
        if (e.dataset.f === "2") e.className = "chip " + d.words[f[3]];
      }, el);
      all("[data-page]", e => { e.hidden = f === k.none; e.href = e.dataset.page + me.p + ".html"; }, el);
      all("svg", e => {
        const line = e.firstElementChild, y = same.slice(0, i).slice(-12).map(q => (k.at[q.p] || k.none)[7]);
        line.setAttribute("points", y.map((y, x) => y == null ? "" : 3 + 10 * x + "," + y).join(" "));
        e.setAttribute("aria-label", me.name);
        e.replaceChildren(line);
      }, el);
    });
  }

  function choose(p) {
    kept.set("p", p);
    if (p) use(show); else location.reload();
  }
  if (own) kept.set("p", own.dataset.period);
  else if (kept.get("p")) use(show);
  kind.hidden = own;
  kind.onchange = () => use((d, me) => choose((me || d.newest).as[kind.value]));
  list.onchange = back.onclick = on.onclick = e => choose(e.target.value);
  addEventListener("click", e => {
    const a = e.target.closest("a[href]"), p = kept.get("p");
    if (p && a && a.host === location.host && /\.html(#.*=.*)?$/.test(a.href)) {
      const q = new URLSearchParams(a.hash.slice(1));
      q.set("p", p);
      a.hash = q;
    }
  }, true);
  onhashchange = () => use(show);
})();
