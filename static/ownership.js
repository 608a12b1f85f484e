// The ownership chart: zoom by buttons, keys and ctrl + wheel, move by dragging. It is read and followed without this file.
(() => {
  "use strict";
  const LEAST = 0.4, MOST = 3, STEP = 1.25;

  const set = (box, scale, at) => {
    const svg = box.querySelector("svg.structure"), view = svg.viewBox.baseVal;
    const before = svg.clientWidth / view.width || 1;
    const now = Math.min(MOST, Math.max(LEAST, scale));
    // What is at this point of the box stays there.
    const x = at ? at.x : box.clientWidth / 2, y = at ? at.y : box.clientHeight / 2;
    const left = (box.scrollLeft + x) * now / before - x, top = (box.scrollTop + y) * now / before - y;
    svg.setAttribute("width", Math.round(view.width * now));
    svg.setAttribute("height", Math.round(view.height * now));
    box.scrollLeft = left;
    box.scrollTop = top;
    box.dataset.scale = now;
    const shown = box.closest(".charted").querySelector("[data-zoom=fit]");
    shown.textContent = `${Math.round(now * 100)} %`;
  };
  const scaleOf = (box) => Number(box.dataset.scale || 1);
  const zoom = (box, how, at) => {
    set(box, how === "fit" ? 1 : scaleOf(box) * (how === "in" ? STEP : 1 / STEP), at);
  };
  const boxOf = (element) => element.closest?.(".chartbox");

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-zoom]");
    if (button) zoom(button.closest(".charted").querySelector(".chartbox"), button.dataset.zoom);
  });

  const KEYS = { "+": "in", "=": "in", "-": "out", "0": "fit" };
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    zoom(box, KEYS[event.key]);
  });

  document.addEventListener("wheel", (event) => {
    const box = boxOf(event.target);
    if (!box || !event.ctrlKey) return;
    event.preventDefault();
    const edge = box.getBoundingClientRect();
    set(box, scaleOf(box) * Math.exp(-event.deltaY / 300), { x: event.clientX - edge.left, y: event.clientY - edge.top });
  }, { passive: false });

  // Dragging moves the chart; a click that did not drag still follows the link.
  let held = null;
  document.addEventListener("pointerdown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.button !== 0 || event.pointerType !== "mouse") return;
    held = { box, x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop, moved: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const x = event.clientX - held.x, y = event.clientY - held.y;
    if (!held.moved && Math.hypot(x, y) < 5) return;
    held.moved = true;
    held.box.classList.add("grabbed");
    held.box.scrollLeft = held.left - x;
    held.box.scrollTop = held.top - y;
  });
  const release = () => {
    if (!held) return;
    held.box.classList.remove("grabbed");
    const { moved } = held;
    held = null;
    if (!moved) return;
    const stay = (event) => event.preventDefault();
    window.addEventListener("click", stay, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", stay, { capture: true }));
  };
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", () => { held = null; });
  document.addEventListener("dragstart", (event) => { if (boxOf(event.target)) event.preventDefault(); });

  // A node has no scroll margin of its own: what a row leads to must not end up below the strip that stays on top.
  const shown = () => {
    if (location.hash.startsWith("#node-")) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center", inline: "center" });
  };
  window.addEventListener("hashchange", shown);

  // Where the box is narrower than the chart, the customer in the middle is in sight first.
  const ready = () => document.querySelectorAll(".charted .zoom[hidden]").forEach((each) => {
    const box = each.closest(".charted").querySelector(".chartbox");
    each.hidden = false;
    if (!location.hash.startsWith("#node-")) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  });
  ready();
  shown();
  document.addEventListener("htmx:afterSettle", ready);
})();
