"use strict";

// Live updates: a page is loaded again in place when its launch changes by any door.
(() => {
  const page = () => document.getElementById("page");
  const about = page().dataset.live;
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

  let newest = page().dataset.version;
  const refresh = () => {
    if (newest === page().dataset.version || document.hidden || isBusy()) return;
    window.htmx.ajax("GET", location.pathname + location.search, {
      target: "#page",
      select: "#page",
      swap: "outerMorph",
    });
  };

  const source = new EventSource("/live?about=" + encodeURIComponent(about));
  source.addEventListener("version", (event) => {
    newest = event.data;
    refresh();
  });
  document.addEventListener("visibilitychange", refresh);
  document.addEventListener("focusout", () => setTimeout(refresh, 0));
  window.addEventListener("pagehide", () => source.close());
})();

// A line of a card is copied at once; without scripts the next page shows it to be taken.
(() => {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.copy || !navigator.clipboard) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(form.dataset.copy);
    } catch {
      form.submit();
      return;
    }
    const button = form.querySelector("button");
    button.textContent = "Copied";
    button.setAttribute("aria-live", "polite");
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
  });
})();
