// What the frame does in the browser beyond links and forms. Pages work without it, dialogs excepted.
(() => {
  "use strict";
  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      const box = document.getElementById("search");
      if (!box) return;
      event.preventDefault();
      if (box.offsetParent === null) location.assign(box.form.action);
      else box.select();
    }
    if (event.key === "Escape") closeMenus(null, true);
  });

  function closeMenus(inside, returnFocus) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (inside && menu.contains(inside)) continue;
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (returnFocus && held) menu.querySelector("summary").focus();
    }
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target, false);
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target.closest("[data-prints]")) window.print();
    const copier = event.target.closest("[data-copies]");
    if (copier) {
      const source = document.getElementById(copier.dataset.copies);
      navigator.clipboard?.writeText(source.value ?? source.textContent.trim());
      if (copier.dataset.copied) copier.textContent = copier.dataset.copied;
    }
    if (event.target.closest("[data-density]")) {
      const dense = document.documentElement.classList.toggle("dense");
      remember("density", dense ? "dense" : "");
      markDensity();
    }
  });

  document.addEventListener("focusin", (event) => closeMenus(event.target, false));

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && (event.target.dataset.submits !== undefined || form.dataset.autosubmit !== undefined)) form.requestSubmit();
  });

  // On a narrow screen the tab that one is on may stand beyond the edge.
  const here = document.querySelector(".tabs [aria-current]");
  if (here) here.closest(".tabs").scrollLeft = here.offsetLeft - here.closest(".tabs").offsetLeft - 24;

  // A form is sent once: a second press while the first is under way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  function remember(key, value) {
    try {
      localStorage.setItem(`chanjiao-${key}`, value);
    } catch {
      // Storage may be switched off; then nothing is remembered.
    }
  }
  function recall(key) {
    try {
      return localStorage.getItem(`chanjiao-${key}`);
    } catch {
      return null;
    }
  }
  function markDensity() {
    const dense = document.documentElement.classList.contains("dense");
    for (const button of document.querySelectorAll("[data-density]")) button.setAttribute("aria-pressed", String(dense));
  }

  // On a phone a filter form shows its first field; the others unfold at a press, or when one of them is set.
  function foldFilters() {
    const given = new URLSearchParams(location.search);
    for (const form of document.querySelectorAll("form.filters")) {
      const parts = [...form.children].filter((part) => part.matches("div"));
      if (parts.length < 3) continue;
      const names = parts.slice(1).flatMap((part) => [...part.querySelectorAll("[name]")].map((field) => field.name));
      const isSet = names.some((name) => given.get(name));
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button unfold phone-only";
      button.textContent = document.body.dataset.moreFilters;
      button.setAttribute("aria-expanded", String(isSet));
      button.addEventListener("click", () => {
        const isFolded = form.classList.toggle("folded");
        button.setAttribute("aria-expanded", String(!isFolded));
      });
      form.classList.toggle("folded", !isSet);
      form.append(button);
    }
  }
  foldFilters();

  // What is typed into a form marked data-keep stays in this tab until it has been sent and taken: a reload, a lost
  // connection or a log-in in between costs nothing. Secrets, files, tokens and versions are never kept.
  const store = {
    get: (key) => {
      try {
        return JSON.parse(sessionStorage.getItem(`chanjiao-${key}`));
      } catch {
        return null;
      }
    },
    set: (key, value) => {
      try {
        if (value === null) sessionStorage.removeItem(`chanjiao-${key}`);
        else sessionStorage.setItem(`chanjiao-${key}`, JSON.stringify(value));
      } catch {
        // Without storage nothing is kept.
      }
    },
  };
  const isKept = (field) =>
    field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type) && field.name !== "version";
  const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
  const readFields = (fields) => {
    const values = {};
    for (const field of fields) (values[field.name] ??= []).push(isTicked(field) ? field.checked : field.value);
    return values;
  };
  const writeFields = (fields, values) => {
    const left = structuredClone(values);
    for (const field of fields) {
      if (!left[field.name]?.length) continue;
      const value = left[field.name].shift();
      if (field.value !== value) delete field.dataset.label; // the words of another code
      if (isTicked(field)) field.checked = value;
      else field.value = value;
    }
  };

  function keepForms() {
    if (document.querySelector(".messages .success") && store.get("sent")) {
      store.set(store.get("sent"), null);
      store.set("sent", null);
    }
    for (const form of document.querySelectorAll("form[data-keep]")) {
      const key = `kept-${location.pathname}${location.search}`;
      const fields = [...form.elements].filter(isKept);
      const asSent = readFields(fields);
      const kept = store.get(key);
      if (kept && JSON.stringify(kept) !== JSON.stringify(asSent) && !document.querySelector(".error-summary")) {
        writeFields(fields, kept);
        const notice = document.createElement("div");
        notice.className = "notice";
        notice.setAttribute("role", "status");
        const words = document.createElement("span");
        words.textContent = document.body.dataset.kept;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "link-button";
        button.textContent = document.body.dataset.forget;
        button.addEventListener("click", () => {
          store.set(key, null);
          location.reload();
        });
        notice.append(words, button);
        form.prepend(notice);
      }
      form.addEventListener("input", () => store.set(key, readFields(fields)));
      form.addEventListener("change", () => store.set(key, readFields(fields)));
      form.addEventListener("submit", () => store.set("sent", key));
    }
  }
  keepForms();

  if (recall("density") === "dense") document.documentElement.classList.add("dense");
  markDensity();
  document.querySelector(".error-summary")?.focus();
})();
