// What the reader has done, kept in the address behind the #, so that a link shows the same again.

const state = (() => {
  const values = read();

  // A plain "#budget" is a place; anything else is "name=value&…".
  function read() {
    const text = location.hash.slice(1);
    if (/^[a-z-]*$/.test(text)) return new Map(text ? [["at", text]] : []);
    return new Map(new URLSearchParams(text));
  }

  function write() {
    const text = [...values].map(([name, value]) => `${name}=${value}`).join("&");
    history.replaceState(null, "", text ? `#${text}` : location.pathname);
  }

  const get = (name) => values.get(name) ?? "";

  function set(name, value) {
    if (value === "" || value === undefined) values.delete(name);
    else values.set(name, String(value));
    write();
  }

  // Lists are separated by dots: they need no escaping in an address.
  const list = (name) => get(name).split(".").filter((part) => part !== "");
  const setList = (name, parts) => set(name, parts.join("."));

  // Numbers within bounds: an address can hold anything.
  const number = (name, low, high, otherwise) => {
    const value = values.has(name) ? Number(get(name)) : NaN;
    return Number.isInteger(value) && value >= low && value <= high ? value : otherwise;
  };

  // A link within the page moves the reader and keeps the rest; another state starts the page anew.
  addEventListener("hashchange", () => {
    const next = read();
    if (next.size === 1 && next.has("at")) {
      set("at", next.get("at"));
      arrived();
    } else if (next.size) location.reload();
  });

  // What to do when the reader has followed a link within the page.
  let arrived = () => {};
  const onArrival = (act) => { arrived = act; };

  return { get, set, list, setList, number, onArrival };
})();
