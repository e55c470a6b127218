// Follows the work tree that `kept serve` shows: loads the page anew when it was made
// of what is not there now, unless somebody is typing. Submits.
"use strict";
(function () {
  var data = document.body.dataset, key = "at" + location.pathname, dirty, $ = document.getElementById.bind(document);
  var button = $("submit"), again = $("again"), out = $("submitted"), waits = $("waits");
  // A commit that was not pushed is told, and pushed at another press.
  function wait(a) {
    waits.hidden = !a.waits;
    waits.querySelector("p").textContent = a.waits;
  }
  function send(what) {
    dirty = 1;
    able(false);
    out.textContent = data.busy;
    fetch(data.root + "_kept/submit", {
      method: "POST", headers: { "X-Kept": document.documentElement.lang }, body: JSON.stringify(what)
    }).then(function (r) { return r.json(); }).then(function (a) {
      var said = (a.said || a.error).split(a.url || "\0");
      out.textContent = said.shift();
      if (a.url) {
        kept.make("a", out, a.url).href = a.url;
        out.append(said.join(a.url));
      }
      if (!a.error) wait(a);
      if (a.ok && !what.push && button) {
        button.remove();
        button = 0;
      }
    }).catch(function () {
      out.textContent = data.gone;
    }).then(function () {
      able(true);
      out.focus();
    });
  }
  function able(yes) {
    [button, again].forEach(function (b) { if (b) b.disabled = !yes; });
  }
  scrollTo(0, sessionStorage.getItem(key) || scrollY);
  sessionStorage.removeItem(key);
  addEventListener("input", function () { dirty = 1; });
  new EventSource(data.root + "_kept/events").onmessage = function (e) {
    if (e.data === data.live) return;
    if (dirty) return $("live").textContent = data.newer;
    sessionStorage.setItem(key, scrollY);
    location.reload();
  };
  if (waits) fetch(data.root + "_kept/waits", { headers: { "X-Kept": document.documentElement.lang } }).then(function (r) { return r.json(); }).then(wait, function () {});
  if (button) button.onclick = function () { send({ message: $("message").value }); };
  if (again) again.onclick = function () { send({ push: true }); };
})();
// Brings what another window wrote into a form that somebody filled in: their values
// where one typed none, both to choose from where both wrote.
kept.merge = function (at, words, renew, boxes, get, put, same) {
  var go = kept.make("button", kept.make("p", at), words.merge);
  go.type = "button";
  go.onclick = function () {
    var before = boxes.map(function (b) { return b.orig; });
    renew().then(function (was) {
      boxes.forEach(function (b, i) {
        var theirs = was[b.dataset.k], none = theirs == null;
        if (b.closest("[hidden]") || same(theirs, before[i]) || same(theirs, get(b))) return;
        var p = kept.make("p", b, words.theirs + (none ? "–" : typeof theirs == "object" ? JSON.stringify(theirs) : theirs) + " ", "soft");
        var take = kept.make("button", p, words.take);
        take.type = "button";
        take.onclick = function () {
          put(b, none ? b.dataset.t == "l" || b.dataset.t == "c" ? [] : "" : theirs);
          if (none) b.orig = b.seen = undefined;
          p.remove();
        };
      });
    });
  };
  go.focus();
};
