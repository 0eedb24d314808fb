/* The conversation without reloading the page. Everything here has its plain counterpart in the form:
   without this script the browser sends the form and the server gives the whole page back.
   The log only grows; the buttons under it are replaced; the focus stays in the text field. */
(function () {
  "use strict";
  var form = document.getElementById("chat");
  var fields = form.elements;
  var text = document.getElementById("text");
  var log = document.querySelector("#log ol");
  var choices = document.getElementById("choices");
  var status = document.getElementById("status");
  var alert = document.getElementById("alert");
  var leave = document.getElementById("leave");
  var own = JSON.parse(fields.own.value);
  var sending = false;
  var MOST_OWN_BYTES = 20000;
  var MOST_SHOWN = 2000;
  var SLOW = 700;

  function copy(id) {
    return document.getElementById(id).content.firstElementChild.cloneNode(true);
  }

  function newTurn() {
    if (window.crypto.randomUUID) return crypto.randomUUID();
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); })
      .join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function isWebAddress(url) {
    return /^https?:\/\//i.test(url);
  }

  function telephone(phone) {
    var number = /\+?\d[\d\s\u00a0()–-]*\d/.exec(phone);
    return number ? "tel:" + number[0].replace(/[^\d+]/g, "") : "";
  }

  function addParagraphs(to, words) {
    words.forEach(function (paragraph) {
      var p = document.createElement("p");
      p.textContent = paragraph;
      to.append(p);
    });
  }

  /* What the person said */

  function addOwn(words) {
    var item = copy("own");
    var before = document.getElementById("latest");
    if (before) before.removeAttribute("id");
    item.id = "latest";
    item.querySelector("p").textContent = words;
    log.append(item);
    item.scrollIntoView({ block: "start" });
    return item;
  }

  function remember(words) {
    own.push(words.slice(0, MOST_SHOWN));
    while (new Blob([JSON.stringify(own)]).size > MOST_OWN_BYTES) own.shift();
    fields.own.value = JSON.stringify(own);
    keep();
  }

  /* The browser's own history brings the conversation back after "reload" or "back": nothing else keeps it. */
  function keep() {
    history.replaceState({ conversation: fields.conversation.value, own: own }, "", "/");
  }

  /* What the service says */

  function fill(card, offer) {
    var call = telephone(offer.phone);
    var shown = Object.assign({}, offer, {
      phone: call ? offer.phone : "",
      phone_words: call ? "" : offer.phone,
      url: isWebAddress(offer.url) ? offer.url : ""
    });
    card.querySelectorAll("[data-field]").forEach(function (place) {
      var value = shown[place.dataset.field];
      if (!value.length) return place.remove();
      if (place.dataset.field === "why") return addParagraphs(place, value);
      if (place.dataset.field === "phone") place.href = call;
      if (place.dataset.field === "url") place.href = value;
      place.textContent = place.dataset.words ? place.dataset.words.replace("{name}", offer.name) : value;
    });
    card.querySelectorAll("[data-row], .facts, dl").forEach(function (row) {
      if (!row.querySelector("[data-field]")) row.remove();
    });
    return card;
  }

  function addReply(reply) {
    var item = copy("adviser");
    if (reply.urgent) item.classList.add("urgent");
    addParagraphs(item.querySelector(".words"), reply.text.trim().split(/\n\s*\n/).filter(Boolean));
    reply.offers.forEach(function (offer) { item.querySelector(".cards").append(fill(copy("card"), offer)); });
    log.append(item);
  }

  function choiceOf(choice) {
    var element;
    if (choice.url && isWebAddress(choice.url)) {
      element = copy("link");
      element.href = choice.url;
      if (choice.key === "exit") {
        element.classList.add("exit");
        element.removeAttribute("target");
        showLeave(choice);
      }
    } else {
      element = copy("button");
      element.value = choice.key;
    }
    element.textContent = choice.label;
    return element;
  }

  function showLeave(choice) {
    var link = leave.querySelector("a");
    link.href = choice.url;
    link.textContent = choice.label;
    leave.hidden = false;
  }

  function showChoices(replies) {
    var shown = new Map();
    replies.forEach(function (reply) {
      reply.choices.forEach(function (choice) { shown.set(choice.key, choice); });
    });
    var place = choices.querySelector(".choices");
    place.textContent = "";
    shown.forEach(function (choice) { place.append(choiceOf(choice)); });
    choices.hidden = !shown.size;
    tell(Array.from(shown.values()));
  }

  /* The log is read aloud by itself; the new buttons above the text field would go unnoticed. */
  function tell(offered) {
    var labels = offered.map(function (choice) { return choice.label; });
    var legend = choices.querySelector("legend").textContent;
    document.getElementById("offered").textContent = labels.length ? legend + ": " + labels.join(", ") : "";
  }

  function take(answer, words) {
    fields.conversation.value = answer.conversation;
    fields.turn.value = newTurn();
    remember(words);
    if (answer.language !== fields.language.value) {
      /* The words around the conversation are in another language now: the server knows them all. */
      fields.language.value = answer.language;
      text.value = "";
      form.submit();
      return;
    }
    answer.replies.forEach(addReply);
    showChoices(answer.replies);
  }

  /* Sending */

  function send(words, more) {
    if (sending) return;
    addOwn(words);
    var message = Object.assign({
      conversation: fields.conversation.value,
      turn: newTurn(),
      language: fields.language.value,
      greeted: true
    }, more);
    post(message, words);
    rest();
  }

  function post(message, words) {
    sending = true;
    alert.textContent = "";
    var slow = setTimeout(function () {
      status.textContent = document.getElementById("moment").content.textContent;
    }, SLOW);
    fetch("/api/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message)
    }).then(function (response) {
      if (!response.ok) throw response.status;
      return response.json();
    }).then(function (answer) { take(answer, words); }).catch(function (fault) {
      complain(fault === 429 ? "too-fast" : "not-sent", function () { post(message, words); });
    }).then(function () {
      clearTimeout(slow);
      status.textContent = "";
      sending = false;
    });
  }

  /* The same turn is sent again, so a message that did arrive is not taken twice. */
  function complain(id, again) {
    alert.textContent = "";
    alert.append(document.getElementById(id).content.cloneNode(true));
    var button = alert.querySelector("button");
    if (button) button.addEventListener("click", function () { text.focus(); again(); });
  }

  /* Back to the text field; where a keyboard would then cover the screen, to the choices instead. */
  function rest() {
    var touch = window.matchMedia("(pointer: coarse)").matches;
    if (!touch || document.activeElement === text) text.focus({ preventScroll: true });
    else choices.focus({ preventScroll: true });
  }

  function sendText() {
    var words = text.value.trim();
    if (!words) return text.focus();
    if (sending) return;
    text.value = "";
    send(words, { text: words });
  }

  function share(label) {
    if (!navigator.geolocation) return complain("share-failed");
    navigator.geolocation.getCurrentPosition(function (position) {
      var point = [position.coords.latitude, position.coords.longitude];
      send(label, { choice: "share_location", point: point });
    }, function () { complain("share-failed"); }, { timeout: 15000, maximumAge: 600000 });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var button = event.submitter || document.activeElement;
    var label = button && button.textContent.trim();
    if (!button || button.name !== "choice") sendText();
    else if (button.value === "share_location") share(label);
    else send(label, { choice: button.value });
  });

  text.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendText();
  });

  /* Another language in the middle of the conversation: the form takes the conversation along. */
  document.querySelector(".languages").addEventListener("click", function (event) {
    var link = event.target.closest("a[hreflang]");
    if (!link || !fields.conversation.value) return;
    event.preventDefault();
    send(link.textContent.trim(), { choice: "language:" + link.dataset.language });
  });

  document.getElementById("again").addEventListener("click", function () {
    history.replaceState(null, "", "/");
  });
  document.getElementById("print").addEventListener("click", function () { window.print(); });

  /* Leaving at once: nothing stays on the screen, and "back" does not lead here again. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.exit");
    if (!link) return;
    event.preventDefault();
    history.replaceState(null, "", "/");
    document.body.hidden = true;
    document.title = "";
    location.replace(link.href);
  });

  if (fields.conversation.value) window.addEventListener("load", keep);
  else if (history.state && history.state.conversation) {
    fields.conversation.value = history.state.conversation;
    fields.own.value = JSON.stringify(history.state.own);
    text.value = "";
    form.submit();
  }
})();
