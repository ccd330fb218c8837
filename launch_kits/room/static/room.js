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
      document.querySelector("main details[open], main [data-dirty], #effect form") ||
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

// A card that a person opens is counted; a program that only reads the page counts nothing.
(() => {
  const form = document.getElementById("opened");
  if (!form) return;
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
})();

// The launch day and the bars of the timeline are dragged, or moved by the arrow keys. The form of
// the act is then shown with its effect; the server alone says which day is meant.
(() => {
  const PAUSE = 300;
  let held = null;
  let dragged = false;
  let waiting = 0;

  const handleAt = (event) => event.target.closest?.(".handles a");
  const board = (handle) => handle.closest(".handles");
  const dayOf = (handle) => handle.dataset.at || handle.dataset.day;
  const time = (day) => Date.parse(day + "T00:00Z") / 86400000;
  const later = (day, days) => new Date((time(day) + days) * 86400000).toISOString().slice(0, 10);

  const place = (handle, day) => {
    const days = time(day) - time(handle.dataset.day);
    handle.dataset.at = day;
    handle.querySelector("rect").setAttribute("transform", `translate(${days * board(handle).dataset.dayWidth} 0)`);
  };

  const release = (besides) => {
    for (const handle of document.querySelectorAll(".handles a[data-at]")) {
      if (handle !== besides) place(handle, handle.dataset.day);
    }
  };

  const preview = async (handle, day) => {
    release(handle);
    await window.htmx.ajax("GET", handle.dataset.to + day, {
      target: "#effect",
      select: "form.act",
      swap: "innerHTML",
    });
    // a refusal has no form: its page says why
    if (!document.querySelector("#effect form")) location.assign(handle.getAttribute("href"));
    const meant = document.querySelector("#effect input[type=date]");
    if (meant && meant.value) place(handle, meant.value);
  };

  document.addEventListener("pointerdown", (event) => {
    const handle = handleAt(event);
    if (!handle || event.button !== 0) return;
    held = { handle, from: event.clientX, day: dayOf(handle) };
    dragged = false;
    handle.setPointerCapture(event.pointerId);
    handle.classList.add("held");
  });

  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const svg = board(held.handle);
    const width = (svg.dataset.dayWidth * svg.clientWidth) / svg.viewBox.baseVal.width;
    const days = Math.round((event.clientX - held.from) / width);
    if (days) dragged = true;
    place(held.handle, later(held.day, days));
  });

  const drop = (event) => {
    if (!held) return;
    const { handle, day } = held;
    held = null;
    handle.classList.remove("held");
    if (event.type === "pointercancel") place(handle, day);
    else if (dayOf(handle) !== day) preview(handle, dayOf(handle));
  };
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
  document.addEventListener("dragstart", (event) => held && event.preventDefault());
  document.addEventListener(
    "click",
    (event) => {
      if (!dragged || !handleAt(event)) return;
      dragged = false;
      event.preventDefault();
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const handle = handleAt(event);
    if (!handle) return;
    clearTimeout(waiting);
    if (event.key === "Escape") {
      release();
      document.getElementById("effect").replaceChildren();
      return;
    }
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const days = board(handle).dataset.workdays.split(" ");
    const now = dayOf(handle);
    const next = event.key === "ArrowRight" ? days.find((day) => day > now) : days.findLast((day) => day < now);
    if (!next) return;
    place(handle, next);
    waiting = setTimeout(() => preview(handle, next), PAUSE);
  });
})();
