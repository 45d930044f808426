// The draft beside its source, by keys; lit.js lights facts and their words.
(() => {
  "use strict";
  const cards = () => [...document.querySelectorAll(".fact-card[data-fact]")];
  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
  let marked = ""; // the fact that the next m or Enter merges into another

  function mark(id) {
    marked = id;
    for (const card of cards()) card.classList.toggle("marked", card.dataset.fact === id);
  }

  function go(card) {
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  }

  function nextDoubtful(from) {
    const listed = cards();
    const at = listed.indexOf(from);
    return [...listed.slice(at + 1), ...listed.slice(0, at + 1)].find((card) => card.classList.contains("doubtful"));
  }

  function mergeInto(card) {
    card.querySelector("[data-other]").value = marked;
    mark("");
    card.querySelector("[data-merge]").click();
  }

  function accept() {
    const doubtful = nextDoubtful(document.activeElement);
    if (doubtful) go(doubtful);
    else document.querySelector(".founding-accept button.btn-primary")?.click();
  }

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const card = event.target.closest?.(".fact-card");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (!card?.classList.contains("editing")) accept();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      mark("");
      if (card?.classList.contains("editing")) card.querySelector("[data-cancel]")?.click();
      return;
    }
    if (isTyping(event.target)) return;
    const listed = cards();
    const at = listed.indexOf(card);
    const onCard = event.target === card;
    const deeds = {
      j: () => go(listed[at + 1]),
      k: () => go(listed[Math.max(0, at - 1)]),
      n: () => go(nextDoubtful(card)),
      "?": () => document.getElementById("keys-help")?.showModal(),
    };
    if (onCard) {
      Object.assign(deeds, {
        ArrowDown: deeds.j,
        ArrowUp: deeds.k,
        Home: () => go(listed[0]),
        End: () => go(listed.at(-1)),
        Enter: () => (marked && marked !== card.dataset.fact ? mergeInto(card) : (card.querySelector("[data-confirm]") ?? { click: () => go(listed[at + 1]) }).click()),
        e: () => card.querySelector("[data-correct]")?.click(),
        m: () => (marked && marked !== card.dataset.fact ? mergeInto(card) : mark(marked ? "" : card.dataset.fact)),
        Delete: () => card.querySelector("[data-remove]")?.click(),
      });
    }
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
    if (touched) go(document.getElementById(touched));
  });
  // The reader begins at the first doubtful fact.
  if (!location.hash) go(nextDoubtful(null));
})();
