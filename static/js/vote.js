// The QR on a slip ends in #CODE. Move it into the form and take it out of the address, so that
// neither a later copy of the address nor the Referer carries it. Without this script people type the code.
(function () {
  "use strict";
  var field = document.querySelector("input[data-code]");
  if (!field) return;
  var group = function (text) {
    return text.toUpperCase().replace(/[^0-9A-Z]/g, "").slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ");
  };
  var take = function () {
    var code = window.location.hash.slice(1);
    if (!code) return;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    if (/^[0-9A-Za-z -]{16,24}$/.test(code)) field.value = group(code);
  };
  field.addEventListener("blur", function () { field.value = group(field.value); });
  window.addEventListener("hashchange", take);
  take();
})();
