// The draft beside its source, by keys; lit.js lights facts and their words.
(() => {
  "use strict";
  const all = (selector) => document.querySelectorAll(selector);
  const cards = () => [...all(".fact-card[data-fact]")];

  document.addEventListener("keydown", (event) => {
    const card = event.target.closest?.(".fact-card");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && card.classList.contains("editing")) {
      card.querySelector("[data-cancel]")?.click();
      return;
    }
    if (event.target !== card) return;
    const listed = cards();
    const at = listed.indexOf(card);
    const deeds = {
      ArrowDown: () => listed[at + 1]?.focus(),
      ArrowUp: () => listed[at - 1]?.focus(),
      Home: () => listed[0]?.focus(),
      End: () => listed.at(-1)?.focus(),
      Enter: () => card.querySelector("[data-correct]")?.click(),
      Delete: () => card.querySelector("[data-remove]")?.click(),
    };
    if (!deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  });

  // Where the reader was is kept over a change of the board.
  let place = 0;
  document.addEventListener("htmx:beforeSwap", () => {
    place = document.getElementById("source")?.scrollTop ?? 0;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const source = document.getElementById("source");
    if (source && place) source.scrollTop = place;
    const form = document.querySelector(".fact-card.editing");
    if (form) {
      form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      return;
    }
    const touched = document.getElementById("board")?.dataset.touched;
    if (touched) document.getElementById(touched)?.focus({ preventScroll: false });
  });
})();
