// A shared device forgets the voter before: a page with data-leave goes to that address after data-after
// seconds and says how many are left. Ballots themselves have no timer. A page the browser kept is asked anew.
(function () {
  "use strict";
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    var start = document.body.dataset.booth;  // a ballot asked anew would be sent again: go to the start instead
    if (start) window.location.replace(start); else window.location.reload();
  });
  var box = document.querySelector("[data-leave]");
  if (!box) return;
  var left = parseInt(box.dataset.after || "15", 10);
  var seconds = box.querySelector("[data-seconds]");
  var tick = function () {
    if (seconds) seconds.textContent = String(left);
    if (left <= 0) { window.location.replace(box.dataset.leave); return; }
    left -= 1;
    window.setTimeout(tick, 1000);
  };
  tick();
})();
