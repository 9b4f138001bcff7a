/* Reads other pages of this site, for the scripts that load after this one. */
window.minutebook = {
  /* The page at an address, relative to this one, with its links as seen from here. Fails where it cannot be read. */
  async fetchPage(address) {
    const url = new URL(address, location.href);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of page.querySelectorAll(".mb a[href]")) link.href = new URL(link.getAttribute("href"), url);
    return page;
  },
};
