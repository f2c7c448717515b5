// Amounts to guess: one slider for each actor, and a mark on its track where the truth is.

const amounts = (() => {
  const { h, slider } = dom;
  // Steps of a slider from end to end; the address keeps a guess in these.
  const STEPS = 100;

  const SAYS = { share: (x) => say.percent(x, 0), dollars: say.dollars, count: say.about };
  const WORDS = { dollars: ["much", "little"], count: ["many", "few"] };

  // A share runs evenly; what spans several powers of ten runs evenly in its logarithm.
  function scale({ unit, low, high }) {
    if (unit === "share") {
      return { at: (step) => low + (high - low) * step / STEPS, place: (x) => (x - low) / (high - low) };
    }
    return {
      at: (step) => low * (high / low) ** (step / STEPS),
      place: (x) => Math.log(x / low) / Math.log(high / low),
    };
  }

  const distance = (guess, own, truth) => guess.unit === "share"
    ? say.points(own - truth)
    : say.times(own, truth, WORDS[guess.unit]);

  function make(host, guess, moved) {
    const { at, place } = scale(guess);
    const says = (step) => SAYS[guess.unit](at(step));
    const rows = guess.rows.map((row, index) => {
      const made = slider({
        label: row.label, plain: row.plain, colour: row.colour, min: 0, max: STEPS, step: 1, value: STEPS / 2, says,
        oninput: (step) => moved(index, step),
      });
      const mark = h("span", { class: "mark", style: `--place:${place(row.truth)}`, hidden: true });
      const told = h("p", { class: "told", hidden: true });
      made.input.after(mark);
      host.append(h("div", { class: "amount" }, made.row, told));
      return { ...made, mark, told, row };
    });

    function draw(steps, { truth, guessed, open }) {
      rows.forEach(({ row, show, input, mark, told }, index) => {
        show(steps[index]);
        input.disabled = !open;
        input.classList.toggle("unguessed", !open && !guessed);
        mark.hidden = told.hidden = !truth;
        const own = guessed ? `; you said ${says(steps[index])}, ${distance(guess, at(steps[index]), row.truth)}` : "";
        told.textContent = `In the records: ${row.text}${own}.`;
      });
    }

    // In one sentence: how many guesses were near, and which was furthest off.
    function verdict(steps) {
      const near = guess.unit === "share" ? 0.05 : Math.log(2);
      const off = guess.rows.map((row, index) => {
        const own = at(steps[index]);
        return guess.unit === "share" ? Math.abs(own - row.truth) : Math.abs(Math.log(own / row.truth));
      });
      const close = off.filter((size) => size <= near).length;
      const rule = guess.unit === "share" ? "within 5 points" : "within a factor of 2";
      const worst = off.indexOf(Math.max(...off));
      const { label, truth } = guess.rows[worst];
      return `${close} of ${off.length} guesses are ${rule}. ` +
        (close === off.length ? "Well guessed." : `Furthest off: ${label}, ` +
        `${distance(guess, at(steps[worst]), truth)}.`);
    }

    return { draw, verdict };
  }

  return { make, STEPS };
})();
