// Keys for whoever calls: 1 2 3 mark the row and go on, 0 goes on without a mark, Backspace goes back, Enter records
// the ballot (the browser's own), V void, W whole, U undo. Everything works without this by Tab, arrows and Enter.
(function () {
  "use strict";
  var typing = function (node) { return node.tagName === "INPUT" && node.type !== "radio"; };
  var form = function () { return document.querySelector("[data-calling]"); };
  var rows = function () { return Array.prototype.slice.call(document.querySelectorAll("[data-row]")); };
  var at = function () {
    var row = document.activeElement.closest && document.activeElement.closest("[data-row]");
    return row ? rows().indexOf(row) : -1;
  };
  var go = function (index) {
    var all = rows();
    var row = all[index];
    if (row) { (row.querySelector("input:checked") || row.querySelector("input")).focus(); return; }
    var end = form().querySelector("[name=name]") || form().querySelector("[data-key=enter]");
    if (index >= all.length && end) end.focus();
  };
  document.addEventListener("keydown", function (event) {
    if (!form() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    var key = event.key.toLowerCase();
    var here = Math.max(0, at());
    if (/^[0-9]$/.test(key) && rows().length) {
      var choices = rows()[here].querySelectorAll("input");
      if (key === "0") choices.forEach(function (one) { one.checked = false; });
      else if (choices[key - 1]) choices[key - 1].checked = true;
      else return;
      go(here + 1);
    } else if (key === "backspace" && rows().length) {
      go(at() < 0 ? rows().length - 1 : Math.max(0, here - 1));
    } else {
      var button = /^[a-z]$/.test(key) && form().querySelector("[data-key=" + key + "]");
      if (!button || button.disabled) return;
      button.click();
    }
    event.preventDefault();
  });
})();
