// Elements in one expression: h("p", {class: "note"}, "text", other). Text is never read as HTML.

const dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== null));
    return element;
  }

  const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  // A slider with its label and what it says, as a row of a fieldset.
  function slider({ label, plain, colour, min, max, step, value, says, oninput }) {
    const output = h("output", {}, says(value));
    const input = h("input", {
      type: "range", min, max, step, value, "aria-valuetext": says(value),
      oninput: () => { oninput(Number(input.value)); },
    });
    const style = colour && `--actor:${colour}`;
    const name = h("span", { class: "actor" }, label, plain && h("small", {}, plain));
    const row = h("label", { class: "slider", style }, name,
      h("span", { class: "track" }, input), output);
    const show = (value) => {
      input.value = value;
      input.setAttribute("aria-valuetext", says(value));
      output.textContent = says(value);
    };
    return { row, input, show };
  }

  // One of several, as radio buttons. `choices` are [value, text] pairs.
  function radios({ legend, name, choices, value, onchange }) {
    const radio = ([own, text]) => h("label", { class: "choice" },
      h("input", { type: "radio", name, value: own, checked: own === value, onchange: () => onchange(own) }),
      h("span", {}, text));
    const group = h("fieldset", { class: "radios" }, h("legend", {}, legend), choices.map(radio));
    const show = (value) => {
      for (const input of group.querySelectorAll("input")) input.checked = input.value === value;
    };
    return { group, show };
  }

  // A command that breaks between its words alone, and not before the value of a flag.
  const command = (text) => {
    const parts = text.match(/--\S+( [^-\s]\S{0,19})?(?= |$)|\S+/g);
    return h("code", {}, parts.flatMap((part, at) => [at ? " " : "", h("span", {}, part)]));
  };

  // What moves by itself stands still for readers who ask for that.
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  return { h, s, slider, radios, command, calm };
})();
