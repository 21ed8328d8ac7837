// Comfort on the form of the box: pictures are made small on the telephone itself, so that they go out quickly and
// take no place and time along; the letters of the text are counted. The server does the same for whoever has no script.
(function () {
  "use strict";
  var LONGEST = 1600, MOST = 3;
  var box = document.querySelector("input[type=file][data-shrink]");
  var small = function (file) {
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (image) {
      var ratio = Math.min(1, LONGEST / Math.max(image.width, image.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(image.width * ratio));
      canvas.height = Math.max(1, Math.round(image.height * ratio));
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) { done({ file: new File([blob], "photo.jpg", { type: "image/jpeg" }), canvas: canvas }); }, "image/jpeg", 0.86);
      });
    }).catch(function () { return { file: file, canvas: null }; });
  };
  var show = function (made, cut) {
    box.parentNode.querySelectorAll(".thumbs").forEach(function (old) { old.remove(); });
    if (cut) {
      var said = document.createElement("p");
      said.className = "hint thumbs";
      said.setAttribute("role", "status");
      said.textContent = box.dataset.many;
      box.parentNode.appendChild(said);
    }
    var list = document.createElement("ul");
    list.className = "thumbs";
    made.forEach(function (one, at) {
      var item = document.createElement("li");
      if (one.canvas) item.appendChild(one.canvas);
      item.appendChild(document.createTextNode(box.dataset.shrink.replace("{n}", at + 1)));
      list.appendChild(item);
    });
    box.parentNode.appendChild(list);
  };
  if (box && window.createImageBitmap && window.DataTransfer) {
    box.addEventListener("change", function () {
      var files = Array.prototype.slice.call(box.files, 0, MOST);
      var cut = box.files.length > MOST;
      Promise.all(files.map(small)).then(function (made) {
        var carrier = new DataTransfer();
        made.forEach(function (one) { carrier.items.add(one.file); });
        box.files = carrier.files;
        show(made, cut);
      });
    });
  }
  document.querySelectorAll("textarea[data-count]").forEach(function (text) {
    var line = document.createElement("p");
    line.className = "hint count";
    var count = function () {
      var number = Array.from(text.value.trim()).length;
      line.textContent = number ? text.dataset.count.replace("{n}", number) : "";
      line.classList.toggle("bad", number > Number(text.dataset.most));
    };
    text.parentNode.appendChild(line);
    text.addEventListener("input", count);
    count();
  });
})();
