// Live updates: a page is loaded again in place when its launch changes by any door.
"use strict";

(() => {
  const about = document.body.dataset.live;
  if (!about || !window.EventSource) return;

  // a form that its reader fills in, or a part that they opened, must not change under their hands
  const isBusy = () => {
    const at = document.activeElement;
    return Boolean(
      document.querySelector("main details[open], main [data-dirty]") ||
        (at && at.matches("main input, main textarea, main select")),
    );
  };

  document.addEventListener("input", (event) => {
    if (event.target.form) event.target.form.dataset.dirty = "yes";
  });

  let waits = false;
  const refresh = () => {
    if (document.hidden || isBusy()) {
      waits = true;
      return;
    }
    waits = false;
    window.htmx.ajax("GET", location.pathname + location.search, {
      target: "#page",
      select: "#page",
      swap: "outerMorph",
    });
  };

  const source = new EventSource("/live");
  source.addEventListener("changed", (event) => {
    if (about === "*" || JSON.parse(event.data).includes(about)) refresh();
  });
  document.addEventListener("visibilitychange", () => waits && refresh());
  document.addEventListener("focusout", () => setTimeout(() => waits && refresh(), 0));
  window.addEventListener("pagehide", () => source.close());
})();
