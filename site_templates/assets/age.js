/* Says how old a day is by the reader's own clock: <time datetime="2026-03-01" data-mb-age>. */
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;

  for (const time of document.querySelectorAll("time[data-mb-age]")) {
    const since = time.dateTime.split("-").map(Number);
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    const days = Math.round((numberOf(today) - numberOf(since)) / DAY);
    // A clock that is behind the page's day knows nothing of its age.
    if (days >= 0) time.after(days === 0 ? " (today)" : ` (${span(days, since, today)} old)`);
  }

  function numberOf([year, month, day]) {
    return Date.UTC(year, month - 1, day);
  }

  /* In full units of the size that a person would choose, as pages/lateness.py words it. */
  function span(days, since, today) {
    const months = 12 * (today[0] - since[0]) + today[1] - since[1] - (today[2] < since[2] ? 1 : 0);
    if (days < 14) return many(days, "day");
    if (months < 2) return many(Math.floor(days / 7), "week");
    if (months < 36) return many(months, "month");
    return many(Math.floor(months / 12), "year");
  }

  function many(number, unit) {
    return `${number} ${unit}${number === 1 ? "" : "s"}`;
  }
})();
