import { signal } from "@preact/signals";

/** Path and query of the page that is shown. */
export const place = signal(read());

function read() {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Shows another page of ours. @param replace instead of adding a step to the browser's history */
export function go(url: string, replace = false): void {
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  place.value = read();
  if (!replace) {
    scrollTo(0, 0);
    // A screen reader goes on at the new page's heading.
    requestAnimationFrame(() => document.querySelector<HTMLElement>("h1")?.focus());
  }
}

export function startRouter(): void {
  addEventListener("popstate", () => (place.value = read()));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a");
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download") || link.hasAttribute("data-outside")) return;
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // A jump within the page is the browser's.
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
