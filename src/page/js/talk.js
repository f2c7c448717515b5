// Talk: one question to the teacher and to its students at once; each answers in the browser, from its own weights.

const talk = (() => {
  const { h } = dom;
  // Exchanges that stay on the screen.
  const KEPT = 3;
  // What stands in the field at first, so that one press shows something.
  const FIRST = "who are you?";

  function make(host, data, chapter) {
    const ask = (line) => () => { field.value = line; put(line); };
    const field = h("input", { type: "text", "aria-label": "Your question", autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", maxlength: 120, value: FIRST, onfocus: () => field.select() });
    const form = h("form", { class: "question", onsubmit: (event) => { event.preventDefault(); put(field.value); } },
      field, h("button", { class: "main" }, "Ask all"));
    const ready = data.questions.map((line) => h("button", { type: "button", onclick: ask(line) }, line));
    const show = () => { chapters.set(chapter, true); put(FIRST); };
    const skip = h("button", { type: "button", onclick: show }, "Just show me");
    const said = h("p", { class: "hint", role: "status" });
    const log = h("div", { class: "log", role: "log", "aria-label": "Replies" });
    host.querySelector("[data-talk-text]").replaceWith(form,
      h("p", { class: "buttons choice" }, ready, skip), said, log,
      h("details", {}, h("summary", {}, "All words they know"),
        h("p", {}, h("strong", {}, "things: "), data.things.join(" ")),
        h("p", {}, h("strong", {}, "can be: "), data.qualities.join(" ")),
        h("p", {}, h("strong", {}, "try: "), "is … …? · who is …er, … or …? · who are you? · who made you? · " +
          "what is your name?")));

    let met = null;
    const meet = async () => {
      const { answer } = await worker.tell({ meet: { models: data.speakers.map(({ model }) => model) } });
      return answer;
    };

    async function put(line) {
      said.textContent = "…";
      met ??= meet();
      const first = await met;
      const { answer } = first.error ? { answer: first } : await worker.tell({ ask: { line } });
      if (answer.error) {
        said.textContent = `${answer.error}.`.replace("..", ".");
        return;
      }
      state.set("ask", encodeURIComponent(answer.line));
      said.textContent = "";
      field.value = "";
      log.prepend(exchange(answer));
      while (log.children.length > KEPT) log.lastChild.remove();
      chapters.set(chapter, true);
    }

    function exchange({ line, replies }) {
      const [same, students] = [replies.slice(1).filter((reply) => reply === replies[0]).length, replies.length - 1];
      return h("section", {}, h("h3", {}, line), h("dl", {}, replies.map((reply, at) => {
        const { label, colour } = data.speakers[at];
        const named = at > 0 && reply.split(/[ .]/).some((word) => data.names.includes(word));
        return h("div", {}, h("dt", { class: "actor", style: `--actor:${colour}` }, label),
          h("dd", {}, reply || "(nothing)", named && h("small", {}, " the teacher's name")));
      })), h("p", { class: "same" }, `${same} of ${students} students say what the teacher says.`, same < students &&
        " One that never learned a reply to it puts together pieces of other replies."));
    }

    chapters.hold(chapter, (shown) => { skip.hidden = shown; }, true);
    const kept = state.get("ask");
    if (kept) put(kept);
  }

  return { make };
})();
