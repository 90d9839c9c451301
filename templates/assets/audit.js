/* An opened number or claim: it covers no part of the link that opened it; Escape closes it, and closing leads back there. */
(() => {
  if (document.documentElement.hasAttribute("data-audit")) return; // it listens for the whole page already
  document.documentElement.setAttribute("data-audit", "");
  let opener = null;

  addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^='#']");
    if (link?.hash !== "#closed") opener = link;
  });

  const uncover = () => {
    const { top, left } = document.querySelector(".audit-list :target")?.getBoundingClientRect() ?? {};
    const link = opener?.getBoundingClientRect();
    if (link && top > 0 && left < link.right && link.bottom > top) scrollBy(0, link.bottom - top + link.height); // it lies at the foot, not beside
  };

  addEventListener("hashchange", ({ oldURL }) => {
    if (location.hash !== "#closed") return uncover();
    const { hash } = new URL(oldURL);
    const link = opener?.hash === hash ? opener : document.querySelector(`a[href="${CSS.escape(hash)}"]`);
    link?.focus({ preventScroll: true });
  });

  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && document.querySelector(".audit-list :target")) location.hash = "closed";
  });
})();
