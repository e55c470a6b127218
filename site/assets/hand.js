// A record's page: links to forms take its YAML along, behind the hash.
"use strict";
document.querySelectorAll(".next a").forEach(a => a.addEventListener("click", () => {
  const y = document.querySelector("pre.yaml");
  if (y && a.hash.indexOf("&y=") < 0) a.hash += "&y=" + encodeURIComponent(y.textContent) + ("whole" in y.dataset ? "" : "&c=1");
}));
