// Keys for judging hits: the page decides and shows the same without this file.
(() => {
  "use strict";

  const OFF = "keys-off";
  const isOff = () => localStorage.getItem(OFF) === "1";
  const box = document.querySelector("[data-keys-off]");
  if (box) {
    box.checked = isOff();
    box.addEventListener("change", () => (box.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
  }
  const form = () => document.querySelector("form.judge");
  const isShown = (element) => element && element.checkVisibility();

  document.addEventListener("keydown", (event) => {
    if (isOff() || event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.closest("form.judge")) {
      const next = form().querySelector("button[name=then][value=next]");
      if (isShown(next)) { event.preventDefault(); next.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key === "?") {
      const keys = document.querySelector(".keys-help");
      if (isShown(keys)) { event.preventDefault(); keys.open = !keys.open; }
      return;
    }
    const link = document.querySelector(`.walk [data-key="${CSS.escape(event.key)}"]`);
    const verdict = document.querySelector(`form.judge [data-verdict="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    else if (isShown(verdict)) { event.preventDefault(); verdict.click(); verdict.focus(); }
  });

  document.querySelector("form.judge .errors")?.focus();
})();
