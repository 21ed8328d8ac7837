// Comfort for staff: J and K walk the rows of a table marked data-keys, Enter opens, A presses the row's act,
// / goes to the search box. The account menu switches the letters off (WCAG 2.1.4). Esc closes an open menu.
// A box marked data-all="ids" ticks every box of that name in its data-scope, else in its form; the door last opened stays marked on the plan.
(function () {
  "use strict";
  var KEY = "linli-keys";
  var read = function () { try { return window.localStorage.getItem(KEY) !== "off"; } catch (e) { return true; } };
  var on = read();
  var rows = function () { return Array.prototype.slice.call(document.querySelectorAll("table[data-keys] tbody tr")); };
  var goal = function (row) { return row && row.querySelector("td.main a, td a"); };
  var move = function (step) {
    var all = rows();
    if (!all.length) return;
    var at = all.indexOf(document.activeElement.closest ? document.activeElement.closest("tr") : null);
    var link = goal(all[Math.max(0, Math.min(all.length - 1, at + step))]);
    if (link) link.focus();
  };
  var act = function () {
    var row = document.activeElement.closest && document.activeElement.closest("table[data-keys] tr");
    var button = row && row.querySelector("[data-act], .act");
    if (button) button.click();
  };
  var typing = function (node) { return node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName); };

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var open = document.querySelector("details.drop[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    var key = event.key.toLowerCase();
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "a") act();
    else if (key === "/") { var box = document.getElementById("find"); if (box) box.focus(); }
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.drop[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  var button = document.querySelector("[data-keys-switch]");
  var show = function () {
    button.querySelector("span").textContent = on ? button.dataset.on : button.dataset.off;
    button.setAttribute("aria-pressed", String(on));
  };
  if (button) {
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      on = !on;
      try { window.localStorage.setItem(KEY, on ? "on" : "off"); } catch (e) { /* the choice then lasts for this page */ }
      show();
    });
  }

  document.querySelectorAll("[data-all]").forEach(function (label) {
    var all = label.querySelector("input");
    label.hidden = false;
    all.addEventListener("change", function () {
      var scope = label.closest("[data-scope]");
      Array.prototype.forEach.call(all.form.elements, function (box) {
        if (box.name === label.dataset.all && (!scope || scope.contains(box))) box.checked = all.checked;
      });
    });
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    var door = event.target.closest && event.target.closest(".plan a");
    if (!door || !event.detail.successful) return;
    document.querySelectorAll(".plan a[aria-current]").forEach(function (other) { other.removeAttribute("aria-current"); });
    door.setAttribute("aria-current", "true");
  });

  // After an act took its row away, the focus stays in the list: on the row that moved up.
  var place = -1;
  document.addEventListener("htmx:beforeSwap", function () {
    var row = document.activeElement.closest && document.activeElement.closest("table[data-keys] tr");
    place = row ? rows().indexOf(row) : -1;
  });
  document.addEventListener("htmx:afterSettle", function () {
    if (place < 0 || document.activeElement !== document.body) return;
    var all = rows();
    var link = goal(all[Math.min(place, all.length - 1)]);
    if (link) link.focus();
    place = -1;
  });
})();
