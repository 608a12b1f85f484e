// Niceties only: every page decides and shows the same without this file.
(() => {
  "use strict";

  // Menus (<details class="more|menu">) close on a click elsewhere and on Escape.
  const openMenus = () => document.querySelectorAll("details.more[open], details.menu[open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    });
  });

  // "/" goes to the search, unless one types.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = [...document.querySelectorAll("[data-search]")].find((each) => each.checkVisibility());
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // A form that changes something is sent once. The button is disabled after the browser has read its value.
  // data-repeat on the form allows it again (downloads leave the page where it is).
  const buttonsOf = (form) => [...form.elements].filter((each) => each.type === "submit");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post" || "repeat" in form.dataset) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = event.submitter;
    setTimeout(() => {
      buttonsOf(form).forEach((each) => { each.disabled = true; });
      if (button) button.setAttribute("aria-busy", "true");
    });
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      buttonsOf(form).forEach((each) => {
        each.disabled = false;
        each.removeAttribute("aria-busy");
      });
    });
  });

  // When the session has ended, the window goes to sign in; a form[data-keep] that somebody has changed is taken along.
  const changed = (field) => field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.options ? [...field.options].some((each) => each.selected !== each.defaultSelected)
      && field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected))
      : field.type !== "hidden" && field.type !== "submit" && field.value !== field.defaultValue;
  let leaving = false;
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401) return;
    if (leaving) { event.preventDefault(); return; }
    leaving = true;
    const kept = [...document.querySelectorAll("form[data-keep]:not([data-sent])")];
    kept.forEach((form) => { form.dataset.sent = "yes"; });
    // What the page itself came with from an earlier try has not been sent either.
    const isFilledIn = (form) => form.dataset.keep === "filled" || [...form.elements].some(changed);
    const form = kept.find(isFilledIn);
    if (!form) return;
    event.preventDefault();
    const of = Object.assign(document.createElement("input"), { type: "hidden", name: "kept_for" });
    of.value = new URL(form.action, location.href).pathname;
    form.append(of);
    form.setAttribute("action", document.body.dataset.takenAlong);
    HTMLFormElement.prototype.submit.call(form);
  });

  // [data-expires="ISO time"] counts down, by the server's clock (html[data-now]); data-gone holds the word for 'over'.
  const served = Date.parse(document.documentElement.dataset.now);
  const skew = Number.isNaN(served) ? 0 : served - Date.now();
  const left = (ms) => {
    const seconds = Math.floor(ms / 1000), minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
    if (hours) return `${hours} h ${minutes % 60} min`;
    return minutes >= 10 ? `${minutes} min` : minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
  };
  const tick = () => {
    document.querySelectorAll("[data-expires]").forEach((element) => {
      const ms = Date.parse(element.dataset.expires) - Date.now() - skew;
      if (Number.isNaN(ms)) return;
      const words = ms > 0 ? left(ms) : element.dataset.gone || left(0);
      if (element.textContent !== words) element.textContent = words;
    });
  };

  // A page that asks for news and gets no answer says since when, and nothing on it seems to be under way.
  const root = document.documentElement, unheard = document.getElementById("unheard"), PATIENCE = 5000;
  let heard = Date.now();
  const hear = () => {
    heard = Date.now();
    delete root.dataset.unheard;
    unheard.replaceChildren();
  };
  const miss = (event) => {
    if (event.detail.xhr?.status === 401 || "unheard" in root.dataset || Date.now() - heard < PATIENCE) return;
    root.dataset.unheard = "";
    const parts = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" };
    const since = new Intl.DateTimeFormat(root.lang, { ...parts, timeZone: root.dataset.zone }).format(heard + skew);
    const box = document.createElement("div");
    box.className = "ds-alert";
    box.dataset.color = "warning";
    box.append(Object.assign(document.createElement("p"), { textContent: unheard.dataset.words.replace("{since}", since) }));
    unheard.replaceChildren(box);
  };
  if (unheard) {
    ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, miss));
    document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) hear(); });
  }

  // What scrolls sideways must be reachable by keyboard in every browser.
  const reach = () => {
    document.querySelectorAll(".scroll, .panel > .in").forEach((box) => {
      if (box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX === "auto") box.tabIndex = 0;
    });
  };

  const refresh = () => { tick(); reach(); };
  refresh();
  setInterval(tick, 1000);
  window.addEventListener("resize", reach);
  document.addEventListener("htmx:afterSettle", refresh);
})();
