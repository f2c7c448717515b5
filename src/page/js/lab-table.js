// A table of the reader's own: chosen or dropped, read in the browser, and never sent anywhere.

const labTable = (() => {
  // More than this takes a browser long to learn.
  const MOST = 5_000_000;

  // Calls `took` with the text of each file that is chosen or dropped on the host, and `failed` with what is wrong.
  function listen(host, input, took, failed) {
    const take = async (file) => {
      if (!file) return;
      if (file.size > MOST) failed(`the table has more than ${say.thousands(MOST / 1e6)} MB`);
      else took(await file.text());
    };
    input.addEventListener("change", () => { take(input.files[0]); input.value = ""; });
    host.addEventListener("dragover", (event) => event.preventDefault());
    host.addEventListener("drop", (event) => {
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    });
  }

  // Fills a list with a table's columns; the last one holds the classes more often than any other.
  function offer(select, columns) {
    select.replaceChildren(...columns.map((name) => dom.h("option", { value: name }, name)));
    select.value = columns.at(-1);
  }

  return { listen, offer };
})();
