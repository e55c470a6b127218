// Copies a text that people send; without it the text can be selected.
"use strict";
document.querySelectorAll("[data-copy]").forEach(function (button) {
  button.hidden = false;
  button.onclick = function () {
    getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    document.execCommand("copy");
    var said = button.nextElementSibling;
    said.textContent = said.dataset.done;
  };
});
