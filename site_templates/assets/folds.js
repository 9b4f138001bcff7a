/* Opens the folds of a page where what is in them is asked for: a link leads to it, or the page is printed. */
(() => {
  "use strict";

  function openAroundTarget() {
    const target = location.hash && document.getElementById(decode(location.hash.slice(1)));
    if (!target) return;
    let opened = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      opened ||= !fold.open;
      fold.open = true;
    }
    if (opened) target.scrollIntoView();
  }

  /* An address can hold any sign. */
  function decode(written) {
    try {
      return decodeURIComponent(written);
    } catch {
      return written;
    }
  }

  addEventListener("hashchange", openAroundTarget);
  openAroundTarget();

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".mb details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
})();
