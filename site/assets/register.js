// Makes a register's table filter and sort. Everything can be read without it.
"use strict";
(function () {
  var table = document.querySelector(".register table");
  var tools = document.querySelector(".tools");
  if (!table || !tools) return;
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  var box = document.getElementById("q");
  var shown = document.getElementById("shown");
  var buttons = Array.prototype.slice.call(tools.querySelectorAll("button"));
  var stateColumn = heads.findIndex(function (h) { return h.dataset.key === "status"; });
  var texts = rows.map(function (r) { return r.textContent.toLowerCase(); });
  var states = rows.map(function (r) { return stateColumn < 0 ? "" : r.cells[stateColumn].textContent; });
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  tools.hidden = false;
  if (stateColumn < 0) buttons.forEach(function (b) { b.hidden = true; });

  function filter() {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    var on = buttons.filter(function (b) { return b.getAttribute("aria-pressed") === "true"; })
      .map(function (b) { return b.dataset.state; });
    var n = 0;
    rows.forEach(function (row, i) {
      var show = words.every(function (w) { return texts[i].indexOf(w) >= 0; }) &&
        (!on.length || on.indexOf(states[i]) >= 0);
      if (row.hidden === show) row.hidden = !show;
      if (show) n++;
    });
    shown.textContent = words.length || on.length ? n + " / " + rows.length : "";
    keep(on);
  }

  // The state is kept in the address, so that a view can be sent to others.
  function keep(on) {
    kept.set("q", box.value);
    kept.set("s", on);
  }

  function restore() {
    var p = kept.params();
    box.value = p.get("q") || "";
    var on = p.getAll("s");
    buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(on.indexOf(b.dataset.state) >= 0)); });
    if (box.value || on.length) filter();
  }

  function sort(column, down) {
    var key = function (r) { var c = r.cells[column]; return c.dataset.sort || c.textContent; };
    var order = rows.map(function (r) { return { row: r, key: key(r) }; });
    order.sort(function (a, b) {
      if (!a.key !== !b.key) return a.key ? -1 : 1;
      return collator.compare(a.key, b.key) * (down ? -1 : 1);
    });
    var all = document.createDocumentFragment();
    order.forEach(function (o) { all.appendChild(o.row); });
    body.appendChild(all);
    heads.forEach(function (h, i) {
      if (i === column) h.setAttribute("aria-sort", down ? "descending" : "ascending");
      else h.removeAttribute("aria-sort");
    });
  }

  heads.forEach(function (h, i) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    while (h.firstChild) button.appendChild(h.firstChild);
    h.appendChild(button);
    button.addEventListener("click", function () { sort(i, h.getAttribute("aria-sort") === "ascending"); });
  });
  buttons.forEach(function (b) {
    b.addEventListener("click", function () {
      b.setAttribute("aria-pressed", String(b.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  });
  box.addEventListener("input", filter);
  restore();
})();
