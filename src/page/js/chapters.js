// Chapters: what was found waits until the reader has done what a chapter asks for, or asks to be shown. The bar of
// contents says where one is and how far one has come.

const chapters = (() => {
  const all = [...document.querySelectorAll("[data-chapter]")].map((host) => host.dataset.chapter);
  const listeners = new Map();

  const host = (name) => document.querySelector(`[data-chapter="${name}"]`);
  const figure = (name) => host(name).querySelector(".stage > figure");
  const isOpen = (name) => state.list("open").includes(name);

  // From now on what was found is seen only while the chapter is open, and below a game its figure as well. Whenever
  // that changes, `changed(open)` hears of it.
  function hold(name, changed, game) {
    listeners.set(name, { changed, held: game ? ".stage, [data-found]" : "[data-found]" });
    draw(name);
  }

  function draw(name) {
    const shown = isOpen(name);
    const own = listeners.get(name);
    if (own) {
      for (const part of host(name).querySelectorAll(own.held)) part.hidden = !shown;
      own.changed(shown);
    }
    for (const cell of document.querySelectorAll(`[data-row="${name}"] [data-shown]`)) {
      cell.hidden = Boolean(own) && !shown;
      cell.parentElement.querySelector("i")?.remove();
      if (cell.hidden && cell.closest("dd")) cell.after(dom.h("i", {}, "Not opened yet."));
    }
    progress();
  }

  function set(name, shown) {
    const others = state.list("open").filter((other) => other !== name);
    state.setList("open", shown ? [...others, name] : others);
    draw(name);
  }

  function openAll() {
    state.setList("open", all);
    for (const name of all) draw(name);
  }

  function progress() {
    const open = all.filter(isOpen);
    for (const link of document.querySelectorAll("[data-to]")) {
      link.classList.toggle("done", open.includes(link.dataset.to));
    }
    const place = document.querySelector("[data-progress]");
    if (place) place.textContent = `${open.length} of ${all.length} done`;
  }

  // The chapter that the middle of the screen lies in.
  function follow() {
    const place = document.querySelector("[data-here]");
    if (!place) return;
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = document.querySelector(`[data-to="${target.dataset.chapter}"]`);
        if (isIntersecting) {
          link.setAttribute("aria-current", "true");
          place.textContent = target.querySelector("h2").textContent;
        } else if (link.hasAttribute("aria-current")) {
          link.removeAttribute("aria-current");
          place.textContent = "";
        }
      }
    }, { rootMargin: "-50% 0px" });
    for (const name of all) seen.observe(host(name));
  }

  return { figure, isOpen, hold, set, openAll, progress, follow };
})();
