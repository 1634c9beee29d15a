// Opens what a link points into, filters findings, and shows which words a finding rests on.
(function () {
  "use strict";
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    for (var at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: "start" });
  }
  addEventListener("hashchange", reveal);
  // A second click on the same link changes no hash.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a");
    var to = link && (link.getAttribute("href") || link.getAttribute("xlink:href"));
    if (to && to === location.hash) reveal();
  });
  reveal();

  document.querySelectorAll("li[data-f]").forEach(function (item) {
    function light(on) {
      document.querySelectorAll('mark[data-f~="' + item.dataset.f + '"]').forEach(function (mark) {
        mark.classList.toggle("on", on);
      });
    }
    item.addEventListener("mouseenter", light.bind(null, true));
    item.addEventListener("mouseleave", light.bind(null, false));
  });

  var selects = Array.from(document.querySelectorAll(".filters select"));
  var rows = Array.from(document.querySelectorAll(".findings tbody tr"));
  var counted = document.getElementById("counted");
  function filter() {
    var shown = 0;
    rows.forEach(function (row) {
      var fits = selects.every(function (one) {
        return !one.value || row.dataset[one.name] === one.value;
      });
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    if (counted) counted.textContent = shown + " shown";
  }
  selects.forEach(function (one) {
    one.addEventListener("change", filter);
  });
  document.querySelectorAll(".filters").forEach(function (one) {
    one.hidden = false;
  });
})();
