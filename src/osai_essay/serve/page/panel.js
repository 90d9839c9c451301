// What is wrong with the site, over the page: errors open, warnings folded away.
//
// In a shadow root in the top layer, so that neither the page nor its theme can hide or restyle it.

const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const make = (name, { text, ...properties } = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  if (text !== undefined) element.textContent = text; // never as HTML: it is anybody's
  element.append(...children);
  return element;
};

const host = make("div", { popover: "manual" });
const root = host.attachShadow({ mode: "open" });
const box = make("div");
const ended = make("p", { className: "note", role: "status", text: "Preview ended", hidden: true });
const moved = make("p", { className: "note", role: "status", hidden: true });
const notes = make("div", { className: "notes" }, moved, ended);
const badge = make("button", { type: "button", className: "badge", hidden: true, onclick: () => toggle(true) });
const corners = make("div", { className: "corners" }, notes, badge); // above the panel, else at the page's end
const style = make("link", { rel: "stylesheet", href: new URL("panel.css", import.meta.url).href });
const styled = new Promise((done) => { style.onload = style.onerror = done; });
root.append(style, corners, box);

const NOTE_MS = 8000;
const BUILD = "osai-essay build"; // the last that this tab heard of

let shown = ""; // the report that is on view
let timer = 0; // ends the note
let isOpen = false;

const entry = ({ severity, code, place, message, snippet, fix }) => make("li", { className: severity },
  make("p", { className: "place" }, make("strong", { text: severity }), ` ${place} `, make("span", { text: code })),
  make("p", { className: "message", text: message }),
  ...(snippet ? [make("pre", { text: snippet, tabIndex: 0 })] : []),
  make("p", { className: "fix" }, make("strong", { text: "Fix: " }), fix));

// A long line begins where what is underlined can be seen.
const scrollToMark = (pre) => {
  const lines = pre.textContent.split("\n");
  const longest = Math.max(...lines.map((line) => line.length));
  const end = lines.at(-1).length + 2;
  pre.scrollLeft = Math.max(0, (pre.scrollWidth * end) / longest - pre.clientWidth);
};

const list = (problems) => make("ul", {}, ...problems.map(entry));

const panel = ({ fault, problems }, title, hasSite) => {
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity !== "error");
  const section = make("section", { role: "alertdialog", tabIndex: -1 },
    make("div", { className: "head" },
      make("h2", { id: "title", text: title }),
      make("button", { type: "button", text: "Close", title: "Escape", onclick: () => toggle(false) })));
  section.setAttribute("aria-labelledby", "title");
  if (fault) {
    const whose = "This is a mistake of osai-essay, not of the site; the preview goes on.";
    section.append(make("p", { className: "fault", text: fault }), make("p", { text: whose }));
  }
  section.append(list(errors));
  const isBroken = fault || errors.length;
  if (warnings.length) {
    const summary = make("summary", { text: counted(warnings.length, "warning") });
    section.append(make("details", { open: !isBroken }, summary, list(warnings)));
  }
  if (isBroken && hasSite) section.append(make("p", { className: "still", text: "The page behind this is the last good one." }));
  return section;
};

const titleOf = ({ fault, problems }) => {
  if (fault) return "The build broke off";
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const parts = [[errors, "error"], [problems.length - errors, "warning"]].filter(([count]) => count);
  return parts.map(([count, word]) => counted(count, word)).join(", ");
};

const toggle = (open) => {
  isOpen = open;
  const section = box.firstChild;
  if (!section) return;
  section.hidden = !open;
  badge.hidden = open;
  section.querySelectorAll("pre").forEach(scrollToMark);
};

// The host is in the top layer while there is anything to see.
const showHost = () => {
  if (box.firstChild || !ended.hidden || !moved.hidden) host.showPopover();
  else host.hidePopover?.();
};

// Until its server answers again, a page is what it was when that ended.
export const showEnded = async (isEnded) => {
  if (window !== top) return;
  await styled;
  ended.hidden = !isEnded;
  showHost();
};

// What a build did to the data, for as long as one reads it.
const showMoved = (text) => {
  moved.textContent = text;
  moved.hidden = !text;
  clearTimeout(timer);
  if (text) timer = setTimeout(() => showMoved(""), NOTE_MS);
  showHost();
};

// True once in a tab: not again on its next page, nor of a build from before it was opened.
const isNews = (build) => {
  const last = sessionStorage.getItem(BUILD);
  sessionStorage.setItem(BUILD, build);
  return last !== null && last !== String(build);
};

export const showReport = async ({ build, moved, ...report }, hasSite) => {
  if (window !== top) return; // a frame's page has its own page's panel
  await styled;
  showPanel(report, hasSite);
  if (isNews(build)) showMoved(moved);
};

// Warnings alone cover nothing; what its reader has closed stays closed until something else is wrong.
const showPanel = (report, hasSite) => {
  const text = JSON.stringify(report);
  if (text === shown) return;
  shown = text;
  const title = titleOf(report);
  if (!title) {
    box.replaceChildren();
    badge.hidden = true;
    showHost();
    return;
  }
  badge.textContent = title;
  box.replaceChildren(panel(report, title, hasSite));
  showHost();
  toggle(Boolean(report.fault) || report.problems.some(({ severity }) => severity === "error"));
};

document.documentElement.append(host);
addEventListener("keydown", ({ key }) => key === "Escape" && isOpen && toggle(false));
