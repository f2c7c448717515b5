// Elements in one expression: h("p", {class: "note"}, "text", other). Text is never read as HTML; a number and its
// percent sign stay together.

const dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    const there = children.flat().filter((child) => child !== undefined && child !== null && child !== false);
    element.append(...there.map((child) => (typeof child === "string" ? child.replaceAll(" %", "\u00a0%") : child)));
    return element;
  }

  const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  return { h, s };
})();
