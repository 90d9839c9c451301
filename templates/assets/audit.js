/* An opened number or claim, for the keyboard: Escape closes it, and closing leads back to the link that opened it. */
(() => {
  if (document.documentElement.hasAttribute("data-audit")) return; // it listens for the whole page already
  document.documentElement.setAttribute("data-audit", "");
  let opener = null;

  addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^='#']");
    if (link?.hash !== "#closed") opener = link;
  });

  addEventListener("hashchange", ({ oldURL }) => {
    if (location.hash !== "#closed") return;
    const { hash } = new URL(oldURL);
    const link = opener?.hash === hash ? opener : document.querySelector(`a[href="${CSS.escape(hash)}"]`);
    link?.focus({ preventScroll: true });
  });

  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && document.querySelector(".audit-list :target")) location.hash = "closed";
  });
})();
