// The minute-taker's page: each field is sent by itself a moment after it was typed, and again until it has arrived.
// What has not arrived lies in localStorage, so neither a restart of the server nor of this machine loses a word.
// Two people write at once: the server counts the versions of each field; where two texts meet, both are shown.
(function () {
  "use strict";
  var desk = document.querySelector("[data-record][data-open]");
  if (!desk || !window.fetch || !window.JSON) return;
  var words = desk.dataset, form = document.getElementById("record");
  if (!form) return;
  var token = form.querySelector("[name=csrf_token]").value;
  var FIELDS = ["speaker", "text", "responsible", "due_on", "cited", "removed"];
  var since = Number(words.since), busy = false, failures = 0, timer = 0, item = 0;
  var waiting = {}, held = {}, dropped = [];
  desk.classList.add("scripted");

  var each = function (list, act) { Array.prototype.forEach.call(list, act); };
  var line = function (uid) { return form.querySelector("[data-line='" + uid + "']"); };
  var field = function (box, name) { return box && box.querySelector("[data-field='" + name + "']"); };
  var version = function (box, name) { return box && box.querySelector("[data-version='" + name + "']"); };
  var value = function (input) { return input.type === "checkbox" ? (input.checked ? "1" : "") : input.value; };
  var fill = function (input, text) {
    if (input.type === "checkbox") input.checked = text === "1" || text === 1 || text === true;
    else if (input.value !== text) { input.value = text; grow(input); }
  };
  var grow = function (input) {
    if (input.tagName !== "TEXTAREA" || (window.CSS && CSS.supports("field-sizing", "content"))) return;
    input.rows = Math.max(2, input.value.split("\n").length);
  };

  // What has not arrived yet, by line and field; kept on this machine until the server has said so.
  var keep = function () {
    try {
      if (Object.keys(waiting).length) window.localStorage.setItem(words.key, JSON.stringify(waiting));
      else window.localStorage.removeItem(words.key);
    } catch (e) { /* a private window keeps nothing; the page itself still does */ }
  };
  var remembered = function () {
    try { return JSON.parse(window.localStorage.getItem(words.key)) || {}; } catch (e) { return {}; }
  };
  var show = function (text, late) {
    var state = desk.querySelector("[data-state]");
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("late", Boolean(late));
  };
  var telling = function () {
    var n = Object.keys(waiting).length, stuck = Object.keys(held).length;
    if (failures) show(words.offline.replace("{n}", n), true);
    else if (n > stuck) show(words.saving);
    else if (n) show(words.choose.replace("{n}", n), true);
  };

  var type = function (box, name, text) {
    var counted = version(box, name), key = box.dataset.line + " " + name, input = field(box, name);
    delete held[key];
    waiting[key] = {
      uid: box.dataset.line, item: Number(box.closest("[data-item]").dataset.item), kind: box.dataset.kind, field: name,
      value: text, version: counted ? Number(counted.value) : 0, after: box.dataset.after || ""
    };
    if (input) input.classList.add("unsaved");
    keep();
    telling();
    soon(1500);
  };
  var soon = function (after) { window.clearTimeout(timer); timer = window.setTimeout(send, after); };

  var send = function () {
    if (busy) return;
    busy = true;
    var keys = Object.keys(waiting).filter(function (key) { return !held[key]; });
    var sent = keys.map(function (key) { return waiting[key]; });
    var letting = dropped.slice();
    var stop = window.AbortController ? new AbortController() : null;
    var limit = window.setTimeout(function () { if (stop) stop.abort(); }, 15000);
    fetch(words.record, {
      method: "POST", credentials: "same-origin", redirect: "manual", signal: stop && stop.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ writes: sent, since: since, item: item, dropped: letting })
    }).then(function (answer) {
      if (answer.type === "opaqueredirect" || answer.status === 400 || answer.status === 403) throw new Error("away");
      if (!answer.ok && answer.status !== 409) throw new Error("offline");
      return answer.json();
    }).then(function (told) {
      failures = 0;
      if (told.error) { show(told.error, true); return; }
      dropped = dropped.slice(letting.length);
      arrived(told, keys, sent);
    }).catch(function (failure) {
      failures += 1;
      if (failure.message === "away") show(words.away, true); else telling();
    }).then(function () {
      window.clearTimeout(limit);
      busy = false;
      var left = Object.keys(waiting).some(function (key) { return !held[key]; });
      soon(failures ? Math.min(2000 * failures, 10000) : left ? 1500 : 5000);
    });
  };

  var arrived = function (told, keys, sent) {
    told.saved.forEach(function (one) {
      var box = line(one[0]), key = one[0] + " " + one[1], counted = version(box, one[1]), input = field(box, one[1]);
      if (counted) counted.value = one[2];
      var mine = sent[keys.indexOf(key)];
      if (waiting[key] && mine && waiting[key].value === mine.value) {
        delete waiting[key];
        if (input) input.classList.remove("unsaved");
      } else if (waiting[key]) waiting[key].version = one[2];
    });
    told.conflicts.forEach(function (one) { meet(line(one[0]), one[1], one[2], one[3], one[4]); });
    told.refused.forEach(function (one) {
      var box = line(one[0]);
      held[one[0] + " " + one[1]] = true;
      if (box) note(box, one[1], one[2], []);
    });
    told.lines.forEach(take);
    since = told.revision;
    keep();
    desk.querySelector("[data-others]").textContent = told.others.join("  ");
    if (!Object.keys(waiting).length) show(words.saved + " " + told.time);
    else telling();
  };

  // A line somebody else wrote or changed; a field one is typing in oneself is left alone until both texts meet.
  var take = function (row) {
    var box = line(row.uid);
    if (row.removed) { // one that was taken away here stays hidden, so that it can come back
      if (box && version(box, "removed")) version(box, "removed").value = row.versions.removed || 0;
      if (box && !box.hidden && !box.contains(document.activeElement)) box.remove();
      return;
    }
    if (!box) box = put(row);
    FIELDS.forEach(function (name) {
      var input = field(box, name), counted = version(box, name), key = row.uid + " " + name;
      if (waiting[key]) return;
      if (counted) counted.value = row.versions[name] || 0;
      if (input) fill(input, name === "cited" ? String(row.cited) : row[name]);
    });
    box.querySelector("[data-at]").textContent = row.at;
    box.dataset.position = row.position;
  };
  var put = function (row) {
    var list = form.querySelector("[data-item='" + row.item + "'] [data-lines]"), made = pattern(row.kind, row.uid, row.item);
    var next = Array.prototype.filter.call(list.children, function (other) {
      return Number(other.dataset.position) > row.position;
    })[0];
    list.insertBefore(made, next || null);
    return made;
  };
  var pattern = function (kind, uid, number) {
    var copy = desk.querySelector("[data-pattern='" + kind + "']").content.firstElementChild.cloneNode(true);
    copy.dataset.line = uid;
    each(copy.querySelectorAll("[name]"), function (input) { input.name = input.name.replace(/\.new$/, "." + uid); });
    copy.querySelector("[name^='item.']").value = number;
    copy.querySelector("[data-drop]").value = "drop:" + uid;
    return copy;
  };

  // Two texts for one field: theirs stands on the server, mine stays in the box and, kept aside, on the server too.
  var meet = function (box, name, counted, theirs, who) {
    if (!box) return;
    var key = box.dataset.line + " " + name;
    held[key] = true;
    note(box, name, words.other.replace("{name}", who), [
      [words.mine, function () { version(box, name).value = counted; type(box, name, value(field(box, name))); }],
      [words.theirs, function () {
        delete waiting[key];
        delete held[key];
        dropped.push([box.dataset.line, name]);
        version(box, name).value = counted;
        fill(field(box, name), theirs);
        field(box, name).classList.remove("unsaved");
        keep();
        soon(200);
      }]
    ], theirs);
  };
  var note = function (box, name, text, choices, quoted) {
    var asides = box.querySelector("[data-asides]"), old = asides.querySelector("[data-about='" + name + "']");
    if (old) old.remove();
    var told = document.createElement("div"), said = document.createElement("p");
    told.className = "note warn";
    told.dataset.about = name;
    told.setAttribute("role", "alert");
    var inside = document.createElement("div");
    told.appendChild(inside);
    said.textContent = text;
    inside.appendChild(said);
    if (quoted !== undefined) {
      var quote = document.createElement("blockquote");
      quote.textContent = quoted;
      inside.appendChild(quote);
    }
    choices.forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn line sm";
      button.textContent = choice[0];
      button.addEventListener("click", function () { told.remove(); choice[1](); });
      inside.appendChild(button);
      inside.appendChild(document.createTextNode(" "));
    });
    asides.appendChild(told);
  };

  var uid = function () {
    var noise = new Uint32Array(2);
    window.crypto.getRandomValues(noise);
    return Date.now().toString(36) + noise[0].toString(36) + noise[1].toString(36);
  };
  var begin = function (kind, number, speaker) {
    var section = form.querySelector("[data-item='" + number + "']"), list = section.querySelector("[data-lines]");
    var now = document.activeElement.closest && document.activeElement.closest("[data-line]");
    var after = now && list.contains(now) ? now : list.lastElementChild;
    var made = pattern(kind, uid(), number);
    made.dataset.after = after && after.dataset.line ? after.dataset.line : "";
    list.insertBefore(made, after ? after.nextSibling : null);
    if (speaker && field(made, "speaker")) { fill(field(made, "speaker"), speaker); type(made, "speaker", speaker); }
    else type(made, "text", "");
    var first = speaker || kind !== "speech" ? field(made, "text") : field(made, "speaker");
    first.focus();
    made.scrollIntoView({ block: "nearest" });
  };
  var drop = function (box) {
    var mark = document.createElement("li"), undo = document.createElement("button");
    mark.className = "undo small";
    mark.textContent = words.removed;
    undo.type = "button";
    undo.className = "linkish";
    undo.textContent = words.undo;
    mark.appendChild(undo);
    box.hidden = true;
    box.parentNode.insertBefore(mark, box);
    type(box, "removed", "1");
    undo.addEventListener("click", function () {
      mark.remove();
      box.hidden = false;
      type(box, "removed", "");
      field(box, "text").focus();
    });
    undo.focus();
  };
  var current = function () {
    var inside = document.activeElement.closest && document.activeElement.closest("[data-item]");
    return inside ? Number(inside.dataset.item) : item || Number(form.querySelector("[data-item]").dataset.item);
  };
  var step = function (by) {
    var all = Array.prototype.slice.call(form.querySelectorAll("[data-item]"));
    var at = all.findIndex(function (one) { return Number(one.dataset.item) === current(); });
    var goal = all[Math.max(0, Math.min(all.length - 1, at + by))];
    var last = goal.querySelector("[data-lines] > :last-child:not([hidden]) textarea") || goal.querySelector("[data-add='speech']");
    last.focus();
    goal.scrollIntoView({ block: "start" });
  };

  form.addEventListener("input", function (event) {
    var box = event.target.closest("[data-line]");
    if (!box || !event.target.dataset.field || event.isComposing) return;
    grow(event.target);
    type(box, event.target.dataset.field, value(event.target));
  });
  form.addEventListener("compositionend", function (event) {
    var box = event.target.closest("[data-line]");
    if (box && event.target.dataset.field) type(box, event.target.dataset.field, value(event.target));
  });
  form.addEventListener("submit", function (event) {
    // To choose between two texts that were kept from before, the whole form goes, with all that was typed in it.
    if (event.submitter && /^(mine|theirs):/.test(event.submitter.value)) return;
    event.preventDefault();
    soon(0);
  });
  form.addEventListener("click", function (event) {
    var add = event.target.closest("[data-add]"), gone = event.target.closest("[data-drop]");
    if (!add && !gone) return;
    event.preventDefault();
    if (add) begin(add.dataset.add, Number(add.closest("[data-item]").dataset.item), "");
    else drop(gone.closest("[data-line]"));
  });
  form.addEventListener("focusin", function (event) {
    var inside = event.target.closest("[data-item]");
    if (!inside) return;
    item = Number(inside.dataset.item);
    each(desk.querySelectorAll("[data-goto]"), function (link) {
      if (Number(link.dataset.goto) === item) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
  });
  form.addEventListener("focusout", function () { if (Object.keys(waiting).length) soon(200); });
  each(desk.querySelectorAll("[data-speaker]"), function (button) {
    button.disabled = false;
    // mousedown would take the focus away from the item one is in
    button.addEventListener("mousedown", function (event) { event.preventDefault(); });
    button.addEventListener("click", function () { begin("speech", current(), button.dataset.speaker); });
  });
  document.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    var digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code || "");
    if (event.altKey && !event.ctrlKey && digit) {
      var button = desk.querySelectorAll("[data-speaker]")[Number(digit[1]) - 1];
      if (button) begin("speech", current(), button.dataset.speaker);
    } else if (event.altKey && event.code === "KeyD") begin("decision", current(), "");
    else if (event.altKey && event.code === "KeyR") begin("view", current(), "");
    else if (event.altKey && event.key === "ArrowDown") step(1);
    else if (event.altKey && event.key === "ArrowUp") step(-1);
    else if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && form.contains(event.target)) begin("speech", current(), "");
    else if (event.key === "Enter" && event.target.dataset.field === "speaker") field(event.target.closest("[data-line]"), "text").focus();
    else return;
    event.preventDefault();
  });
  window.addEventListener("online", function () { soon(0); });
  document.addEventListener("visibilitychange", function () { if (document.hidden && Object.keys(waiting).length) soon(0); });

  // What this machine still holds from before goes on top of what the server shows, and is sent again.
  var before = remembered();
  Object.keys(before).forEach(function (key) {
    var one = before[key], box = line(one.uid);
    if (one.field === "removed" && !box) return;
    if (!box && form.querySelector("[data-item='" + one.item + "']")) box = put({ uid: one.uid, kind: one.kind, item: one.item, position: Infinity });
    if (!box) return;
    waiting[key] = one;
    if (field(box, one.field)) { fill(field(box, one.field), one.value); field(box, one.field).classList.add("unsaved"); }
  });
  each(form.querySelectorAll("textarea"), grow);
  if (Object.keys(waiting).length) show(words.here); else show(words.saved);
  soon(Object.keys(waiting).length ? 100 : 5000);
})();
