// What every page shares: the state of a view, kept in the address so that it can
// be sent to others. Everything can be read without it.
"use strict";
var kept = {
  // The parameters behind the hash; an anchor such as #duties is none of them.
  params: function () {
    var hash = location.hash.slice(1);
    return new URLSearchParams(hash.indexOf("=") < 0 ? "" : hash);
  },
  get: function (name) { return kept.params().get(name) || ""; },
  // Writes one parameter, or all values of a list; nothing removes it.
  set: function (name, value) {
    var p = kept.params();
    p.delete(name);
    [].concat(value || []).forEach(function (v) { p.append(name, v); });
    var hash = p.toString();
    try {
      history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    } catch (e) { /* a browser may refuse */ }
  }
};
