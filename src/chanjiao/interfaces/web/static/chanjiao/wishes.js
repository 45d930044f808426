// Wishes are put in order by dragging their grip, with a finger or a mouse. Buttons do the same without this file.
(() => {
  "use strict";
  let dragged = null;

  const list = () => document.querySelector("[data-wishes]");
  const order = () => [...list().children].map((item) => item.dataset.seat).join(",");

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button > 0) return;
    dragged = grip.closest("li");
    dragged.classList.add("dragged");
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
  });

  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const others = [...list().children].filter((item) => item !== dragged);
    const below = others.find((item) => {
      const box = item.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    if (dragged.nextElementSibling !== (below ?? null)) list().insertBefore(dragged, below ?? null);
  });

  function drop() {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    dragged = null;
    const form = document.getElementById("wishes");
    if (form.elements.order.value === order()) return;
    form.elements.order.value = order();
    form.requestSubmit();
  }
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
})();
