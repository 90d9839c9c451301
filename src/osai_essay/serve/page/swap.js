// Puts a page's new state in the place of its old one, and leaves alone what did not change.
//
// What changed is found between the page as it came and the page as it comes now. The page as it is
// shown is only followed along: scripts may have altered it.

let last = document.cloneNode(true); // the page as it came: our script runs before all others

// Elements that are entered to find what changed in them; any other is replaced whole.
const HOLDERS = new Set("ARTICLE ASIDE BODY DIV FOOTER HEADER MAIN NAV OL SECTION UL".split(" "));

// Scripts say by `data-again` that they may run once more, over what is new in the page.
const AGAIN = "script[data-again]";

export const swapPage = async (text) => {
  const next = new DOMParser().parseFromString(text, "text/html");
  if (!canSwap(next)) {
    location.reload();
    return;
  }
  await changeStyles(next);
  const restoreFocus = rememberFocus();
  document.title = next.title;
  copyAttributes(document.documentElement, last.documentElement, next.documentElement);
  mend(document.body, last.body, next.body);
  last = next;
  document.querySelectorAll(AGAIN).forEach((script) => script.replaceWith(copyOf(script)));
  restoreFocus();
  restoreTarget();
};

// Whatever runs in the page or styles it from within its head has to be the same.
const canSwap = (next) => {
  const fixed = (page) => [...page.querySelectorAll("script:not([data-version]), head style")];
  const said = (page) => fixed(page).map((element) => element.outerHTML).join("\n");
  const isProgram = ({ localName, type }) => localName === "script" && (!type || /script|module/.test(type));
  return said(last) === said(next) && fixed(next).every((each) => !isProgram(each) || each.matches(AGAIN));
};

const changeStyles = async (next) => {
  const links = (page) => [...page.querySelectorAll('link[rel~="stylesheet"]')];
  const addresses = (page) => links(page).map((link) => link.getAttribute("href"));
  const [old, wanted] = [addresses(last), addresses(next)];
  if (old.join() === wanted.join()) return;
  const before = links(document).filter((link) => old.includes(link.getAttribute("href")));
  await Promise.all(links(next).map((link) => new Promise((done) => {
    const fresh = document.importNode(link);
    fresh.onload = fresh.onerror = done;
    document.head.append(fresh);
  })));
  before.forEach((link) => link.remove());
};

const mend = (live, old, next) => {
  if (old.isEqualNode(next)) return;
  const isAlike = live.nodeName === next.nodeName && live.childNodes.length === old.childNodes.length;
  if (!isAlike || !HOLDERS.has(live.nodeName)) {
    replace([live], [next]);
    return;
  }
  copyAttributes(live, old, next);
  mendChildren([...live.childNodes], [...old.childNodes], [...next.childNodes], live);
};

// Equal beginnings and ends stay; what lies between goes in pairs, or all of it anew.
const mendChildren = (lives, olds, nexts, parent) => {
  const most = Math.min(olds.length, nexts.length);
  let start = 0;
  while (start < most && olds[start].isEqualNode(nexts[start])) start += 1;
  let end = 0;
  while (end < most - start && olds.at(-1 - end).isEqualNode(nexts.at(-1 - end))) end += 1;
  const middle = (nodes) => nodes.slice(start, nodes.length - end);
  const [live, old, next] = [lives, olds, nexts].map(middle);
  if (live.length === next.length) live.forEach((node, index) => mend(node, old[index], next[index]));
  else if (live.length) replace(live, next);
  else parent.insertBefore(fragmentOf(next), lives[start] ?? null);
};

const replace = (live, next) => {
  const fresh = fragmentOf(next);
  const opened = (nodes) => nodes.flatMap((node) => node.querySelectorAll
    ? [...(node.matches?.("details") ? [node] : []), ...node.querySelectorAll("details")] : []);
  const states = opened(live).map(({ open }) => open);
  opened([...fresh.childNodes]).forEach((details, index) => { details.open = states[index] ?? details.open; });
  live[0].before(fresh);
  live.forEach((node) => node.remove());
};

const fragmentOf = (nodes) => {
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes.map((node) => document.importNode(node, true)));
  return fragment;
};

const copyAttributes = (live, old, next) => {
  for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value) live.setAttribute(name, value);
  }
};

const copyOf = (script) => {
  const copy = document.createElement("script"); // an imported one would not run
  for (const { name, value } of script.attributes) copy.setAttribute(name, value);
  return copy;
};

// Where what had the focus was replaced, what stands in its place gets it.
const rememberFocus = () => {
  const focused = document.activeElement;
  const places = () => [...document.querySelectorAll("a[href], button, input, select, summary, textarea, [tabindex]")];
  const index = places().indexOf(focused);
  return () => {
    if (index < 0 || focused.isConnected) return;
    const found = (focused.id && document.getElementById(focused.id)) || places()[index];
    found?.focus({ preventScroll: true });
  };
};

// An entry that was open by `:target` is opened again, without the jump to it.
const restoreTarget = () => {
  if (!location.hash || document.querySelector(":target")) return;
  const [left, top] = [scrollX, scrollY];
  location.replace(location.hash);
  scrollTo({ left, top, behavior: "instant" });
};
