// Keeps a page as its author's files have it: asks for it again after each build, shows what is wrong.
import { showEnded, showReport } from "./panel.js";
import { swapPage } from "./swap.js";

const events = new URL("events", import.meta.url);
let { version } = document.querySelector("script[data-version]").dataset;
let source = null;
let work = Promise.resolve();

const refresh = async () => {
  const headers = { "If-None-Match": `"${version}"` };
  const reply = await fetch(location.href, { headers, cache: "no-store" });
  const text = await reply.text();
  if (reply.status === 304 || reply.status === 503) return; // as it was; or a new server has no site yet
  if (reply.redirected) {
    location.replace(reply.url);
    return;
  }
  version = (reply.headers.get("ETag") ?? "").replaceAll('"', "");
  await swapPage(text);
};

// One after another: a second build may end while the page of the first is being put in.
const hear = ({ data }) => {
  work = work.then(async () => {
    await refresh();
    await showReport(JSON.parse(data), version !== ""); // empty: of the page that waits for a site
  }).catch(() => {}); // the server has ended; its next one says what there is
};

// A browser opens few connections to one server: a page that nobody sees lets go of its own.
const listen = () => {
  source?.close();
  source = null;
  if (document.hidden) return;
  source = new EventSource(events);
  source.onmessage = hear;
  source.onopen = () => showEnded(false);
  source.onerror = () => showEnded(true); // it tries again by itself
};

addEventListener("visibilitychange", listen);
listen();
