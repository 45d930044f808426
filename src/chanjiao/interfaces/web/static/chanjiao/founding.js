// The draft beside its source: a fact and its stretch of text light each other up, by mouse, focus and keys.
(() => {
  "use strict";
  const all = (selector) => document.querySelectorAll(selector);
  const cards = () => [...all(".fact-card[data-fact]")];
  const cardOf = (id) => document.getElementById(`fact-${id}`);
  const bitsOf = (id) => [...all(".bit")].filter((bit) => bit.dataset.facts.split(" ").includes(id));

  function light(ids) {
    for (const lit of all(".lit")) lit.classList.remove("lit");
    for (const id of ids) {
      cardOf(id)?.classList.add("lit");
      for (const bit of bitsOf(id)) bit.classList.add("lit");
    }
  }

  function showSource(id) {
    const source = document.getElementById("source");
    const first = bitsOf(id)[0];
    if (!source || !first) return;
    const top = first.offsetTop;
    if (top < source.scrollTop || top > source.scrollTop + source.clientHeight - 48) {
      source.scrollTop = Math.max(0, top - source.clientHeight / 3);
    }
  }

  document.addEventListener("mouseover", (event) => {
    const bit = event.target.closest?.(".bit");
    const card = event.target.closest?.(".fact-card[data-fact]");
    if (bit) light(bit.dataset.facts.split(" "));
    else if (card) light([card.dataset.fact]);
  });

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.(".fact-card[data-fact]");
    if (!card) return;
    light([card.dataset.fact]);
    showSource(card.dataset.fact);
  });

  // A second click on the same words goes on to the next fact that stands there.
  document.addEventListener("click", (event) => {
    const bit = event.target.closest?.(".bit");
    const card = event.target.closest?.(".fact-card[data-fact]");
    if (bit) {
      const ids = bit.dataset.facts.split(" ");
      const at = ids.indexOf(document.activeElement?.dataset?.fact);
      const next = cardOf(ids[(at + 1) % ids.length]);
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: "center" });
    } else if (card) {
      showSource(card.dataset.fact);
    }
  });

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
