/* Turns a chart's picture into a Plotly chart when a reader asks, and back. */
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const scripts = {}; // address -> promise

  // By a plain script element: fetch and modules fail on a folder on disk.
  const load = (src) => scripts[src] ||= new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
  }).catch((error) => {
    delete scripts[src]; // another try is one
    throw error;
  });

  // A copy with each colour in its form for the dark.
  const recolour = (value, forms) => {
    if (typeof value === "string") return forms.get(value.toLowerCase()) || value;
    if (Array.isArray(value)) return value.map((item) => recolour(item, forms));
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recolour(item, forms)]));
  };

  const draw = (plot, figure, [width, height], isNarrow) => {
    const forms = new Map(dark.matches ? Object.entries(figure.layout.meta.dark) : []);
    const data = recolour(figure.data, forms);
    const layout = recolour(isNarrow ? figure.narrow : figure.layout, forms);
    const css = getComputedStyle(document.body);
    const [ink, bgcolor, bordercolor] = ["ink", "paper", "rule"].map((name) => css.getPropertyValue(`--${name}`));
    Object.assign(layout, {
      width,
      height,
      uirevision: "kept", // a zoom outlives new colours
      font: { ...layout.font, color: ink },
      hoverlabel: { ...layout.hoverlabel, bgcolor, bordercolor, font: { ...layout.hoverlabel.font, color: ink } },
      modebar: { bgcolor: "transparent", color: ink, activecolor: ink },
    });
    if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false; // a swipe scrolls the page
    return Plotly.react(plot, data, layout, {
      ...figure.config, // the names of months in the site's language
      displaylogo: false,
      displayModeBar: !isNarrow && "hover",
      showSendToCloud: false, // by default Plotly offers to send the data to its makers
      modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
    });
  };

  const prepare = (button) => {
    const { explore: name, script, plotly } = button.dataset;
    const [label, title] = button.children;
    const texts = [label.textContent, title.textContent];
    const figure = button.closest("figure");
    const stage = figure.querySelector(".chart-stage");
    const [source, image] = stage.querySelectorAll("source, img");
    const narrow = matchMedia(source.media);
    const status = button.parentNode.querySelector("[role=status]");
    let plot = null;
    let busy = false;

    const say = (first, rest, said = "") => {
      label.textContent = first;
      title.textContent = rest;
      status.textContent = said;
    };

    // The chart has the picture's own size, then is made as large as the picture is shown.
    const size = () => ["width", "height"].map((side) => +(narrow.matches ? source : image).getAttribute(side));
    const place = () => {
      if (!plot) return;
      const [width, height] = size();
      const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height);
      plot.style.cssText = `width: ${width}px; height: ${height}px; transform: scale(${scale})`;
    };
    const show = () => plot && draw(plot, window.osaiFigures[name], size(), narrow.matches);

    const open = async () => {
      window.process ||= { env: {} }; // Plotly's file looks for it
      await Promise.all([load(plotly), load(script)]);
      plot = document.createElement("div"); // lies over the picture, which keeps the place
      Object.assign(plot, { className: "chart-plot", tabIndex: -1, role: "group", ariaLabel: image.alt });
      stage.append(plot);
      place();
      await show();
      stage.classList.add("is-explored");
      say("Back", ` to picture${texts[1]}`);
      if (document.activeElement === button) plot.focus();
    };

    const close = (said) => {
      if (plot) window.Plotly?.purge(plot);
      plot?.remove();
      plot = null;
      stage.classList.remove("is-explored");
      say(...texts, said);
    };

    const toggle = async () => {
      if (busy) return;
      if (plot) {
        close();
        button.focus();
        return;
      }
      busy = true;
      say("Loading…", texts[1]);
      await open().catch(() => close("Not loaded. The picture and the table hold the same data."));
      busy = false;
    };

    button.hidden = false;
    button.addEventListener("click", ({ detail }) => detail < 2 && toggle()); // of a double click, one counts
    figure.addEventListener("keydown", ({ key }) => key === "Escape" && plot && toggle());
    for (const query of [dark, narrow]) query.addEventListener("change", show);
    new ResizeObserver(place).observe(stage);
  };

  document.querySelectorAll("button[data-explore][hidden]").forEach(prepare);
})();
