// Entering from a text: a file dropped or pasted anywhere on the form, a code chosen under its field, and keys.
(() => {
  "use strict";
  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  function takeFile(form, files) {
    const field = form?.querySelector("input[type=file]");
    if (!field || !files.length) return false;
    const held = new DataTransfer();
    held.items.add(files[0]);
    field.files = held.files;
    field.form.requestSubmit();
    return true;
  }
  const dropping = document.querySelector("form.drops");
  if (dropping) {
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (takeFile(dropping, event.dataTransfer.files)) event.preventDefault();
    });
    document.addEventListener("paste", (event) => {
      if (takeFile(dropping, event.clipboardData.files)) event.preventDefault();
    });
  }

  function choose(button) {
    const field = button.form.elements[button.dataset.chooses];
    field.value = button.dataset.value;
    const shown = field.closest(".form-row").querySelector(".suggest input[role=combobox]");
    if (shown) shown.value = button.dataset.label;
    field.form.dispatchEvent(new Event("change", { bubbles: true }));
    for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-chooses]");
    if (button) choose(button);
  });

  const form = document.querySelector("form[data-part]");
  const tabs = [...document.querySelectorAll(".part-tabs a")];
  const here = tabs.findIndex((tab) => tab.getAttribute("aria-current"));
  const press = (selector) => form?.querySelector(selector)?.click();

  document.addEventListener("keydown", (event) => {
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      press("[name=save][value=submit]");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.closest("[data-fact]")?.querySelector("[data-chooses]")?.focus() ?? event.target.blur();
      return;
    }
    const codes = event.target.closest?.("[data-fact]")?.querySelectorAll("[data-chooses]") ?? [];
    if (codes[Number(event.key) - 1]) {
      choose(codes[Number(event.key) - 1]);
      return;
    }
    const deeds = {
      Enter: () => press("[name=save][value=submit]"),
      d: () => press("[name=save][value=draft]"),
      x: () => press("[name=skip]"),
      j: () => tabs[here + 1]?.click(),
      k: () => tabs[here - 1]?.click(),
    };
    const onControl = event.key === "Enter" && event.target.closest("a, button");
    if (!deeds[event.key] || onControl) return;
    event.preventDefault();
    deeds[event.key]();
  });
})();
