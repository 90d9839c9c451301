/* Turns a chart's picture into a Plotly chart when the reader asks for it, and back. */
(() => {
  "use strict";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const shown = new Set(); // charts in place of their pictures: {plot, figure}
  const scripts = {}; // address -> promise

  // Plain script elements, because fetch and modules do not work from a folder on disk.
  const load = (address) => scripts[address] ||= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = () => {
      delete scripts[address];
      script.remove();
      fail(new Error(address));
    };
    document.head.append(script);
  });

  // A copy in which each colour that has a form for the dark takes it.
  const recolour = (value, forms) => {
    if (typeof value === "string") return forms[value.toLowerCase()] || value;
    if (Array.isArray(value)) return value.map((item) => recolour(item, forms));
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recolour(item, forms)]));
  };

  const draw = ({ plot, figure }) => {
    const isNarrow = plot.clientWidth < 500;
    const fitting = { data: figure.data, layout: isNarrow ? figure.narrow : figure.layout };
    const { data, layout } = recolour(fitting, (dark.matches && figure.layout.meta?.dark) || {});
    const css = getComputedStyle(document.documentElement);
    const [ink, paper, rule] = ["--ink", "--paper", "--rule"].map((name) => css.getPropertyValue(name).trim());
    delete layout.width;
    delete layout.height;
    layout.autosize = true;
    layout.uirevision = "kept"; // a zoom outlives a change of colours
    layout.font = { ...layout.font, color: ink };
    layout.hoverlabel = { ...layout.hoverlabel, bgcolor: paper, bordercolor: rule, font: { ...layout.hoverlabel?.font, color: ink } };
    layout.modebar = { bgcolor: "rgba(0,0,0,0)", color: ink, activecolor: ink };
    if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false; // a swipe scrolls the page
    return Plotly.react(plot, data, layout, {
      responsive: true,
      displaylogo: false,
      displayModeBar: isNarrow ? false : "hover",
      showSendToCloud: false, // by default Plotly offers to send the data to its makers
      modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
    });
  };

  const prepare = (button) => {
    const { explore: name, script, plotly } = button.dataset;
    const words = button.firstElementChild;
    const asked = words.textContent;
    const stage = button.closest("figure").querySelector(".chart-stage");
    const status = button.parentNode.querySelector("[role=status]");
    let chart = null;
    let isBusy = false;

    const open = async () => {
      status.textContent = "Loading…";
      window.process ||= { env: {} }; // Plotly's file looks for it
      await Promise.all([load(plotly), load(script)]);
      const plot = document.createElement("div");
      plot.className = "chart-plot"; // lies over the picture, which keeps the place
      plot.setAttribute("role", "group");
      plot.setAttribute("aria-label", stage.querySelector("img").alt);
      stage.append(plot);
      chart = { plot, figure: window.osaiFigures[name] };
      await draw(chart);
      shown.add(chart);
      stage.classList.add("is-explored");
      words.textContent = "Back to picture";
      status.textContent = "";
    };

    const close = () => {
      if (!chart) return;
      shown.delete(chart);
      window.Plotly?.purge(chart.plot);
      chart.plot.remove();
      chart = null;
      stage.classList.remove("is-explored");
      words.textContent = asked;
    };

    button.hidden = false;
    button.addEventListener("click", async () => {
      if (isBusy) return;
      if (chart) return close();
      isBusy = true;
      await open().catch(() => {
        close();
        status.textContent = "Not loaded. The picture and the table hold the same data.";
      });
      isBusy = false;
    });
  };

  document.querySelectorAll("button[data-explore]").forEach(prepare);
  dark.addEventListener("change", () => shown.forEach(draw));
})();
