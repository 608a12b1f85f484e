// Niceties of the case page: it shows and decides the same without this file.
(() => {
  "use strict";

  // time[data-ago] stays true while the page stays open, by the server's clock (html[data-now]).
  const served = Date.parse(document.documentElement.dataset.now);
  const skew = Number.isNaN(served) ? 0 : served - Date.now();
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
  const units = [["year", 31536000], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
  const tell = () => {
    document.querySelectorAll("time[data-ago]").forEach((time) => {
      const seconds = (Date.now() + skew - Date.parse(time.dateTime)) / 1000;
      const unit = units.find(([, size]) => seconds >= size);
      if (unit) time.textContent = words.format(-Math.floor(seconds / unit[1]), unit[0]);
    });
  };
  setInterval(tell, 20000);

  // Where the tabs do not fit, the current one is in sight.
  const tabs = document.querySelector(".tabs"), current = tabs?.querySelector("[aria-current]");
  if (current && current.offsetLeft + current.offsetWidth > tabs.clientWidth) tabs.scrollLeft = current.offsetLeft - 16;

  // form[data-keep]: what is written in it and not sent is not left without a question.
  const written = () => [...document.querySelectorAll("form[data-keep]:not([data-sent]) textarea")].some((area) => area.value.trim());
  window.addEventListener("beforeunload", (event) => { if (written()) event.preventDefault(); });

  // New events took the place of the old ones, and of the link that asked for them: reading goes on at their title.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "events") document.getElementById("events-title").focus({ preventScroll: true });
  });
})();
