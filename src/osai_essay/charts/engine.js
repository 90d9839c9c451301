// The document of plotly-mirage, as pictures need it: words measured by a table, Math.random seeded,
// what the engine draws written as SVG. Called with the table: widths (letter -> em), wide and other
// (em of letters outside of it), slack and bold (factors).
(function (house) {
  function isWide(code) {
    return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) || code >= 0x1f000;
  }
  function measure(text, family, sizeText, weight) {
    var size = parseFloat(sizeText) || 12, em = 0;
    Array.from(text).forEach(function (letter) {
      var known = house.widths[letter];
      em += known !== undefined ? known
        : isWide(letter.codePointAt(0)) ? house.wide : house.other;
    });
    var heavy = weight === 'bold' || parseInt(weight, 10) >= 600;
    var width = em * size * house.slack * (heavy ? house.bold : 1);
    return [width.toFixed(2), (size * 1.2).toFixed(2), (size * 0.95).toFixed(2),
      (size * 0.25).toFixed(2)].join(',');
  }
  function escape(text) {
    return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  }
  function serialize(node) {
    if (node.nodeType === 3) { return escape(node.nodeValue); }
    if (node.nodeType !== 1) { return ''; }
    var out = '<' + node.tagName, names = Object.keys(node._attributes);
    var css = node.style.cssText();
    names.forEach(function (name) {
      if (name !== 'style' || !css) {
        out += ' ' + name + '="' + escape(node._attributes[name]).replace(/"/g, '&quot;') + '"';
      }
    });
    if (css) { out += ' style="' + escape(css).replace(/"/g, '&quot;') + '"'; }
    return out + '>' + node.childNodes.map(serialize).join('') + '</' + node.tagName + '>';
  }
  function seeded(state) {
    return function () {
      state = (state + 0x6d2b79f5) | 0;
      var mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
  ['log', 'info', 'warn', 'error', 'trace'].forEach(function (name) {
    console[name] = function () { };
  });
  var element = document.createElement('div');
  while (!Object.prototype.hasOwnProperty.call(element, 'querySelector')) {
    element = Object.getPrototypeOf(element);
  }
  // Plotly keeps the sizes of words by their `style` attribute, which this document does not have:
  // without it, words of two sizes would share one, and a picture hang on those drawn before it.
  var readAttribute = element.getAttribute;
  element.getAttribute = function (name) {
    var value = readAttribute.call(this, name);
    var isStyle = name === 'style' && value === null && this.style;
    return isStyle && typeof this.style.cssText === 'function' ? this.style.cssText() : value;
  };
  // Plotly looks for 1,200 elements a picture, nearly always by tag and class. The document reads
  // such a selector anew for each element it passes, and goes on after the first that fits: a third
  // of all time. Here it is read once; any other selector is left to the document.
  var ofDocument = {
    matches: element.matches,
    querySelector: element.querySelector,
    querySelectorAll: element.querySelectorAll
  };
  var tests = new Map();  // selector -> what tells an element that fits, or null
  function testOf(selector) {
    if (!tests.has(selector)) { tests.set(selector, makeTest(String(selector))); }
    return tests.get(selector);
  }
  function makeTest(selector) {
    if (!/^(?:[a-z]+(?:\.[\w-]+)*|\.[\w-]+)$/i.test(selector)) { return null; }
    var parts = selector.split('.'), tag = parts[0].toLowerCase();
    var names = parts.slice(1).map(function (name) { return ' ' + name + ' '; });
    return function (node) {
      if (tag && node.tagName !== tag && node.tagName.toLowerCase() !== tag) { return false; }
      var list = names.length && ' ' + (node._attributes['class'] || '') + ' ';
      return names.every(function (name) { return list.indexOf(name) !== -1; });
    };
  }
  function findFirst(node, test) {
    for (var at = 0; at < node.childNodes.length; at += 1) {
      var child = node.childNodes[at];
      var found = child.nodeType !== 1 ? null : test(child) ? child : findFirst(child, test);
      if (found) { return found; }
    }
    return null;
  }
  function findAll(node, test, found) {
    node.childNodes.forEach(function (child) {
      if (child.nodeType !== 1) { return; }
      if (test(child)) { found.push(child); }
      findAll(child, test, found);
    });
    return found;
  }
  element.matches = function (selector) {
    var test = testOf(selector);
    return test ? test(this) : ofDocument.matches.call(this, selector);
  };
  element.querySelector = function (selector) {
    var test = testOf(selector);
    return test ? findFirst(this, test) : ofDocument.querySelector.call(this, selector);
  };
  element.querySelectorAll = function (selector) {
    var test = testOf(selector);
    return test ? findAll(this, test, []) : ofDocument.querySelectorAll.call(this, selector);
  };
  globalThis._measureTextRaw = measure;
  globalThis._encodeCanvasToPNG = function (width, height, commands) {
    return 'canvas:' + commands;
  };
  globalThis.XMLSerializer = function () {};
  globalThis.XMLSerializer.prototype.serializeToString = serialize;
  globalThis.drawFigure = function (figureJson, width, height) {
    var figure = JSON.parse(figureJson);
    Math.random = seeded(20);
    var box = document.createElement('div');
    box.id = 'picture';
    box.clientWidth = box.offsetWidth = width;
    box.clientHeight = box.offsetHeight = height;
    box.getBoundingClientRect = function () {
      return {left: 0, top: 0, right: width, bottom: height, width: width, height: height};
    };
    document.body.appendChild(box);
    try {
      figure.layout.width = width;
      figure.layout.height = height;
      var config = Object.assign({staticPlot: true}, figure.config);
      Plotly.newPlot(box, figure.data, figure.layout, config);
      return Plotly.Snapshot.toSVG(box, 'svg').replace(/TOBESTRIPPED/g, "'");
    } finally {
      try { Plotly.purge(box); } catch (ignored) { }
      document.body.removeChild(box);
    }
  };
})
