/* Remembers the text size and colours on this device. The style sheet reads the radio buttons itself;
   the attributes are for browsers whose style sheets cannot (no :has()). */
(function () {
  "use strict";
  var root = document.documentElement;
  var names = ["size", "colours"];
  root.classList.add("script");

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem("display")) || {};
    } catch (unavailable) {
      return {};
    }
  }

  function show(choice) {
    names.forEach(function (name) {
      if (choice[name]) root.dataset[name] = choice[name];
    });
  }

  show(remembered());
  document.addEventListener("DOMContentLoaded", function () {
    var choice = remembered();
    names.forEach(function (name) {
      var radio = document.getElementById(name + "-" + choice[name]);
      if (radio) radio.checked = true;
    });
    document.getElementById("display").addEventListener("change", function (event) {
      choice[event.target.name] = event.target.value;
      show(choice);
      try {
        localStorage.setItem("display", JSON.stringify(choice));
      } catch (unavailable) {
        /* The choice then holds for this page only. */
      }
    });
  });
})();
