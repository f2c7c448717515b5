// The best of a game: a reload finds it again, and a link does not hand it on as the own best of who follows it.

const labBest = (() => {
  const NAME = "best";

  // The best that this window reached, if it is the score in the address.
  function own(beat) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(NAME));
      return beat && kept?.queries === beat ? kept : null;
    } catch { return null; }
  }

  function keep(best) {
    // A browser may forbid it: the score is in the address anyway.
    try { sessionStorage.setItem(NAME, JSON.stringify(best)); } catch { /* kept in the address alone */ }
  }

  return { own, keep };
})();
