// A fact and its words in the source light each other up: by mouse, by focus, by a click on the words.
// The source is #source with .bit[data-facts="a b"]; a fact is whatever bears data-fact="a".
(() => {
  "use strict";
  const all = (selector) => document.querySelectorAll(selector);
  const factOf = (id) => document.querySelector(`[data-fact="${CSS.escape(id)}"]`);
  const bitsOf = (id) => [...all(".bit")].filter((bit) => bit.dataset.facts.split(" ").includes(id));
  const focusable = (fact) => (fact?.tabIndex >= 0 ? fact : fact?.querySelector("input:not([type=hidden]), select, textarea"));

  function light(ids) {
    for (const lit of all(".lit")) lit.classList.remove("lit");
    for (const id of ids) {
      factOf(id)?.classList.add("lit");
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
    const fact = event.target.closest?.("[data-fact]");
    if (bit) light(bit.dataset.facts.split(" "));
    else if (fact) light([fact.dataset.fact]);
  });

  document.addEventListener("focusin", (event) => {
    const fact = event.target.closest?.("[data-fact]");
    if (!fact) return;
    light([fact.dataset.fact]);
    showSource(fact.dataset.fact);
  });

  // A second click on the same words goes on to the next fact that stands there.
  document.addEventListener("click", (event) => {
    const bit = event.target.closest?.(".bit");
    const fact = event.target.closest?.("[data-fact]");
    if (bit) {
      const ids = bit.dataset.facts.split(" ");
      const at = ids.indexOf(document.activeElement?.closest("[data-fact]")?.dataset.fact);
      const next = factOf(ids[(at + 1) % ids.length]);
      focusable(next)?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: "center" });
    } else if (fact) {
      showSource(fact.dataset.fact);
    }
  });
})();
