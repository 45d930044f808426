// A text field for a national code that suggests terms: <input data-suggest="occupation" name="occupation_code">.
// The field that is sent keeps its name and holds the code; what people see is code and name. Without this script the
// code itself is typed. `data-suggest=""` searches every table. Words come from the server.
(() => {
  "use strict";
  const ADDRESS = "/reference/suggest/";
  const PAUSE = 120;
  let made = 0;

  function enhance(field) {
    if (field.dataset.suggesting) return;
    field.dataset.suggesting = "yes";
    const number = ++made;
    const box = document.createElement("div");
    box.className = "suggest";
    const shown = field.cloneNode(false);
    const list = document.createElement("ul");
    const spoken = document.createElement("span");
    shown.removeAttribute("name");
    shown.removeAttribute("data-suggest");
    shown.removeAttribute("pattern");
    shown.removeAttribute("maxlength");
    shown.type = "text";
    shown.value = field.dataset.label || field.value;
    shown.autocomplete = "off";
    shown.spellcheck = false;
    list.id = `suggest-list-${number}`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    spoken.className = "spoken";
    spoken.setAttribute("role", "status");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    }))
      shown.setAttribute(name, value);
    const label = field.labels && field.labels[0];
    if (label) {
      if (!label.id) label.id = `suggest-label-${number}`;
      list.setAttribute("aria-labelledby", label.id);
    }
    field.removeAttribute("id");
    field.removeAttribute("required");
    field.type = "hidden";
    field.after(box);
    box.append(shown, list, spoken);

    let chosen = -1;
    let timer = 0;
    let under = null;
    let last = "";

    const options = () => [...list.querySelectorAll("[role=option]")];

    function close() {
      list.hidden = true;
      chosen = -1;
      shown.setAttribute("aria-expanded", "false");
      shown.removeAttribute("aria-activedescendant");
    }
    function mark(place) {
      const all = options();
      if (!all.length) return;
      chosen = (place + all.length) % all.length;
      all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
      shown.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
    function take(option) {
      field.value = option.dataset.code;
      shown.value = `${option.dataset.code} ${option.dataset.name}`;
      last = shown.value;
      close();
      spoken.textContent = shown.value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    async function ask(text) {
      under?.abort();
      under = new AbortController();
      const query = new URLSearchParams({ q: text, system: field.dataset.suggest });
      shown.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(`${ADDRESS}?${query}`, {
          signal: under.signal,
          headers: { "X-Requested-With": "fetch" },
        });
        if (!answer.ok) throw new Error(String(answer.status));
        list.innerHTML = await answer.text();
      } catch (error) {
        if (error.name === "AbortError") return;
        list.replaceChildren();
      }
      shown.removeAttribute("aria-busy");
      options().forEach((option, at) => {
        option.id = `${list.id}-${at}`;
        option.setAttribute("aria-selected", "false");
      });
      const open = list.childElementCount > 0 && document.activeElement === shown;
      list.hidden = !open;
      shown.setAttribute("aria-expanded", String(open));
      chosen = -1;
      shown.removeAttribute("aria-activedescendant");
      spoken.textContent = list.querySelector("[data-told]")?.textContent ?? "";
    }
    function typed() {
      clearTimeout(timer);
      const text = shown.value.trim();
      field.value = text;
      if (!text) {
        under?.abort();
        list.replaceChildren();
        close();
        return;
      }
      timer = setTimeout(() => ask(text), PAUSE);
    }

    shown.addEventListener("input", typed);
    shown.addEventListener("focus", () => {
      if (shown.value && shown.value !== last && options().length) {
        list.hidden = false;
        shown.setAttribute("aria-expanded", "true");
      }
    });
    shown.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return shown.value.trim() ? ask(shown.value.trim()) : undefined;
        mark(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
      } else if (event.key === "Enter" && open && chosen >= 0) {
        event.preventDefault();
        take(options()[chosen]);
      } else if (event.key === "Escape" && open) {
        event.stopPropagation();
        close();
      } else if (event.key === "Tab" && open && chosen >= 0) {
        take(options()[chosen]);
      }
    });
    shown.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option);
    });
    if (field.value && !field.dataset.label) name();

    async function name() {
      const query = new URLSearchParams({ q: field.value, system: field.dataset.suggest, format: "json" });
      const answer = await fetch(`${ADDRESS}?${query}`);
      if (!answer.ok) return;
      const { items } = await answer.json();
      const same = items.find((item) => item.code === field.value || item.code.slice(1) === field.value);
      if (same && shown.value === field.value) shown.value = last = `${same.code} ${same.name}`;
    }
  }

  const all = (root) => root.querySelectorAll("input[data-suggest]").forEach(enhance);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => all(document));
  else all(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target.matches?.("input[data-suggest]")) enhance(event.target);
    all(event.target);
  });
})();
