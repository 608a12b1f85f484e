// A nicety of the form for another order: which parts go on being shown follows what is chosen to be ordered.
(() => {
  "use strict";

  const held = document.querySelector(".held"), form = held?.closest("form");
  if (!form) return;
  const lists = [...held.querySelectorAll("[data-parts]")].map((list) => [list, [...list.querySelectorAll("data")]]);
  const ordered = () => {
    const preset = form.querySelector('[name="preset"]:checked');
    if (preset && preset.value !== "custom") return new Set(preset.dataset.ticks.split(" "));
    return new Set([...form.querySelectorAll('[name="wanted"]:checked')].map((tick) => tick.value));
  };
  const follow = () => {
    const now = ordered();
    lists.forEach(([list, parts]) => {
      const left = parts.filter((part) => !now.has(part.value));
      list.replaceChildren(...left.flatMap((part, place) => (place ? [", ", part] : [part])));
      list.closest("li").hidden = !left.length;
    });
    held.hidden = !held.querySelector("data");
  };
  form.addEventListener("change", follow);
  window.addEventListener("pageshow", follow);
  follow();
})();
