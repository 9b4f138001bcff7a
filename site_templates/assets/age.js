/* Says how old a day is by the reader's own clock: <time datetime="2026-03-01" data-mb-age>. */
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;

  for (const time of document.querySelectorAll("time[data-mb-age]")) {
    const [year, month, day] = time.dateTime.split("-").map(Number);
    const now = new Date();
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const days = Math.round((today - Date.UTC(year, month - 1, day)) / DAY);
    // A clock that is behind the page's day knows nothing of its age.
    if (days >= 0) time.after(days === 0 ? " (today)" : ` (${span(days)} old)`);
  }

  /* In full units of the size that a person would choose, as pages/lateness.py words it. */
  function span(days) {
    const months = Math.floor((days * 12) / 365);
    if (days < 14) return many(days, "day");
    if (months < 2) return many(Math.floor(days / 7), "week");
    if (months < 24) return many(months, "month");
    return many(Math.floor(days / 365), "year");
  }

  function many(number, unit) {
    return `${number} ${unit}${number === 1 ? "" : "s"}`;
  }
})();
