/* "What changed": since the reader's last visit, since the last meeting, or since a day.

   The page holds the changes since the last meeting (pages/since.py): of each commit some of the records, and how many
   records it and all newer commits changed. Older ones are fetched from the pages of the months, on this site. A visit
   is kept in this browser only, for this site only: the place on the mainline, the day and the commit of the newest
   change that was published then. The view is in the address: ?since=visit, ?since=meeting or ?since=2026-03-01. */
(() => {
  "use strict";

  const BREAK = 4 * 60 * 60 * 1000;
  /* More commits than these are not counted: the months tell of them. */
  const MOST = 200;
  const DATE = /^\d{4}-\d\d-\d\d$/;

  const site = new URL("../../", document.currentScript.src).pathname;
  const section = document.querySelector("[data-mb-since]");
  const newest = section && readMark(section.dataset.newest);
  const visit = rememberVisit(newest);
  if (newest) start();

  /* A commit of the mainline, as the page writes it: "41 3f2a... 2026-03-01". */
  function readMark(written) {
    const [position, commit, day] = (written || "").split(" ");
    return commit ? { position: Number(position), commit, day: day || "" } : null;
  }

  /* What was published when the reader last looked, before this sitting: a mark with the day of the visit, or null. */
  function rememberVisit(published) {
    const name = `minutebook:${site}`;
    let kept = {};
    try {
      kept = Object(JSON.parse(localStorage.getItem(name)));
    } catch {
      // The browser keeps nothing, or what it kept is none of ours: every visit is the first.
    }
    const now = Date.now();
    if (isMark(kept.seen) && Number.isSafeInteger(kept.at) && now - kept.at > BREAK) kept.last = { ...kept.seen, on: dayOf(new Date(kept.at)) };
    kept.at = now;
    if (published) kept.seen = published;
    try {
      localStorage.setItem(name, JSON.stringify(kept));
    } catch {
      // As above.
    }
    return isMark(kept.last) && typeof kept.last.on === "string" && DATE.test(kept.last.on) ? kept.last : null;
  }

  function isMark(kept) {
    const isText = (one) => typeof one === "string";
    return Boolean(kept) && Number.isInteger(kept.position) && isText(kept.commit) && isText(kept.day);
  }

  function dayOf(when) {
    const two = (number) => String(number).padStart(2, "0");
    return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  }

  function start() {
    const form = section.querySelector("form");
    const list = section.querySelector(".mb-acts");
    const words = section.querySelector(".mb-since-words");
    const more = section.querySelector(".mb-since-more");
    const older = readMark(section.dataset.older);
    const carried = [...list.children];
    const brief = document.querySelector("[data-mb-since-brief]");
    const byMeeting = { words: [...words.childNodes], more: [...more.childNodes], brief: brief && brief.textContent };
    const isTimeline = !section.dataset.most;
    const most = isTimeline ? MOST : Number(section.dataset.most);
    const mostLines = Number(section.dataset.lines);
    let turn = 0;

    const asked = new URLSearchParams(location.search).get("since") || "";
    const chosen = DATE.test(asked) ? "date" : asked === "meeting" ? "meeting" : "visit";
    const isFirst = chosen === "visit" && !visit;
    if (chosen === "date") form.elements.day.value = asked;
    const ofVisit = form.elements.since.options[0];
    if (visit) ofVisit.text += ` (${visit.on})`;
    else ofVisit.disabled = true;
    form.elements.since.value = isFirst ? "meeting" : chosen;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => update(true));
    form.hidden = false;
    update(false);

    async function update(isChosen) {
      const view = form.elements.since.value;
      const day = form.elements.day.value;
      form.elements.day.parentElement.hidden = view !== "date";
      const named = view === "date" ? day : view;
      if (isChosen && named) remember(named);
      const mine = ++turn;
      section.removeAttribute("aria-busy");
      if (view === "meeting") showMeeting(isFirst && !isChosen);
      if (view === "meeting" || !named) return;
      section.setAttribute("aria-busy", "true");
      const found = view === "visit" ? await sinceVisit() : await newer({ day });
      if (mine !== turn) return;
      section.removeAttribute("aria-busy");
      show(named, found);
    }

    function remember(named) {
      const address = new URL(location.href);
      address.searchParams.set("since", named);
      history.replaceState(null, "", address);
    }

    function showMeeting(isNews) {
      words.replaceChildren(...(isNews ? ["This is your first visit on this browser. "] : []), ...byMeeting.words);
      more.replaceChildren(...byMeeting.more);
      if (brief) brief.textContent = byMeeting.brief;
      list.replaceChildren(...carried);
    }

    /* The changes after the last visit; by its day, where the history is not the one that was seen then. */
    async function sinceVisit() {
      const found = await newer(visit);
      const known = [newest, older, ...found.seen].find((one) => one && one.position === visit.position);
      const isCut = found.failed || found.acts.length > MOST;
      if (isCut || (known && known.commit === visit.commit)) return found;
      return { ...(await newer({ day: visit.day })), rewritten: true };
    }

    /* The acts after a mark, or from a day on, newest first; how many records they changed; and the marks of all that
       was looked through. */
    async function newer({ position, day }) {
      const isNew = (mark) => (position === undefined ? mark.day >= day : mark.position > position);
      const seen = carried.map(markOf);
      const acts = carried.filter((_, place) => isNew(seen[place]));
      const found = { acts, records: acts.length ? Number(acts.at(-1).dataset.records) : 0, seen, failed: false };
      if (!older || !isNew(older)) return found;
      const records = new Set();
      try {
        for await (const act of olderActs(position === undefined ? { month: day.slice(0, 7) } : { position })) {
          const mark = markOf(act);
          const isCarried = mark.position > older.position;
          if (!isCarried) seen.push(mark);
          if (!isNew(mark)) break;
          // What is carried is counted again: it may change the same records, and does not name them all.
          for (const link of recordLinks(act)) records.add(link.href);
          if (isCarried) continue;
          found.acts.push(inBriefLines(act));
          if (found.acts.length > MOST) break;
        }
      } catch {
        found.failed = true;
      }
      found.records = Math.max(found.records, records.size);
      return found;
    }

    /* What the pages of the months hold, newest first, down to a month or to a place on the mainline. */
    async function* olderActs({ month, position }) {
      const address = new URL(section.dataset.timeline, location.href);
      const index = isTimeline ? document : await window.minutebook.fetchPage(address);
      for (const row of index.querySelectorAll("[data-mb-month]")) {
        if (month === undefined ? Number(row.dataset.newest) < position : row.dataset.mbMonth < month) return;
        for (const part of row.dataset.parts.split(" ").reverse()) {
          const page = await window.minutebook.fetchPage(new URL(part, address));
          for (const act of page.querySelectorAll("#changes > li")) {
            // Their permanent ids stay on the pages of their months.
            for (const one of [act, ...act.querySelectorAll("[id]")]) one.removeAttribute("id");
            yield document.adoptNode(act);
          }
        }
      }
    }

    function recordLinks(act) {
      return act.querySelectorAll(".mb-records > li > a:first-child");
    }

    /* A whole act of a month, told as pages/act_lines.py tells one in brief. */
    function inBriefLines(act) {
      const others = [...act.querySelectorAll(".mb-records > li")].slice(mostLines);
      if (!others.length) return act;
      const link = document.createElement("a");
      link.href = act.querySelector("a.mb-permanent").href;
      link.textContent = `${others.length.toLocaleString("en")} more`;
      const more = document.createElement("p");
      more.className = "mb-others";
      more.append("and ", link);
      act.querySelector(".mb-records").after(more);
      for (const line of others) line.remove();
      return act;
    }

    function markOf(act) {
      const commit = act.querySelector("a.mb-permanent").hash.slice("#c-".length);
      return { position: Number(act.dataset.position), commit, day: act.dataset.day };
    }

    function show(named, found) {
      const shown = found.acts.slice(0, most);
      list.replaceChildren(...shown);
      words.textContent = sentence(named, found);
      if (brief) brief.textContent = inBrief(named, found);
      more.replaceChildren();
      if (found.failed) more.append("The pages of the months could not be read: this is a part of it. ");
      if (found.acts.length > shown.length) more.append(`These are the newest ${shown.length}. `);
      if (isTimeline && found.acts.length > shown.length) more.append("The others stand below, by month.");
      if (!isTimeline) more.append(linkToTimeline(named, found.acts.length > shown.length));
    }

    function linkToTimeline(named, hasOthers) {
      const link = document.createElement("a");
      link.href = section.dataset.timeline + (hasOthers ? `?since=${named}#since` : "");
      link.textContent = hasOthers ? "The others, and all by month" : "All changes, by month";
      return link;
    }

    function sentence(named, found) {
      if (found.rewritten) {
        const lost = `What was published on your last visit on ${visit.on} is no part of this history any more.`;
        return `${lost} ${sentence(visit.day, { ...found, rewritten: false })}`;
      }
      const since = named === "visit" ? `your last visit on ${visit.on}` : named;
      if (!found.acts.length && found.failed) return `What changed since ${since} is not known.`;
      if (!found.acts.length) return `Nothing has changed since ${since}.`;
      if (found.acts.length > MOST) return `Since ${since}: more than ${MOST} commits changed records.`;
      // A commit that fills two pages is told on both.
      const commits = new Set(found.acts.map((act) => act.dataset.position)).size;
      return `Since ${since}: ${many(commits, "commit")} changed ${many(found.records, "record")}.`;
    }

    function inBrief(named, found) {
      const least = found.acts.length > MOST ? "at least " : "";
      const records = found.acts.length ? many(found.records, "record") : "no records";
      const since = named !== "visit" ? named : found.rewritten ? visit.day : "your last visit";
      return found.failed ? `what changed since ${since}` : `${least}${records} changed since ${since}`;
    }

    function many(number, what) {
      return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
    }
  }
})();
