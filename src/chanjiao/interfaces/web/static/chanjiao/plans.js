// A slider shows its value beside it; without this file the value is read by the browser's own control.
(() => {
  "use strict";
  const show = (slider) => {
    const shown = document.querySelector(`[data-value-of="${slider.id}"]`);
    if (shown) shown.textContent = slider.value;
  };
  document.addEventListener("input", (event) => {
    if (event.target.type === "range") show(event.target);
  });
})();
