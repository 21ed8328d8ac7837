// A member's photo in the door of the board: drag it, turn the wheel or use the sliders; the form sends what they say.
// Without this script the sliders and the buttons below them do the same, and the picture shows it after saving.
(function () {
  "use strict";
  var form = document.querySelector("form[data-cut]");
  if (!form) return;
  var box = form.querySelector(".cut"), shown = box.querySelector("img");
  var across = form.elements.across, down = form.elements.down, zoom = form.elements.zoom;
  var whole = new Image();
  var keep = function (value, field) { return Math.max(+field.min, Math.min(+field.max, value)); };

  // The same sums as blueprints/people/photos.py: the part of the picture that fills the door.
  var place = function () {
    var wide = box.clientWidth, high = box.clientHeight, scale = zoom.value / 100;
    var fit = Math.max(wide / whole.naturalWidth, high / whole.naturalHeight) * scale;
    var w = whole.naturalWidth * fit, h = whole.naturalHeight * fit;
    whole.style.width = w + "px";
    whole.style.height = h + "px";
    whole.style.left = -(w - wide) * across.value / 100 + "px";
    whole.style.top = -(h - high) * down.value / 100 + "px";
    return { x: w - wide, y: h - high };
  };

  whole.addEventListener("load", function () {
    box.classList.add("live");
    whole.alt = shown.alt;
    shown.replaceWith(whole);
    form.querySelector("[data-cut-help]").hidden = false;
    place();
  });
  whole.draggable = false;
  whole.src = form.dataset.cut;
  [across, down, zoom].forEach(function (field) { field.addEventListener("input", place); });

  var from = null;
  box.addEventListener("pointerdown", function (event) {
    from = { x: event.clientX, y: event.clientY, across: +across.value, down: +down.value, room: place() };
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", function (event) {
    if (!from) return;
    if (from.room.x > 0) across.value = keep(from.across - (event.clientX - from.x) * 100 / from.room.x, across);
    if (from.room.y > 0) down.value = keep(from.down - (event.clientY - from.y) * 100 / from.room.y, down);
    place();
  });
  ["pointerup", "pointercancel"].forEach(function (name) { box.addEventListener(name, function () { from = null; }); });
  box.addEventListener("wheel", function (event) {
    event.preventDefault();
    zoom.value = keep(+zoom.value - Math.sign(event.deltaY) * 10, zoom);
    place();
  }, { passive: false });
})();
