// Numbers as a reader wants them: the same wording as in the program's own text.

const say = (() => {
  const thousands = (number) => Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ",");

  // A number and its percent sign stay together.
  const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)}\u00a0%`;

  // A count that is only known roughly: two significant digits.
  function about(number) {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(number, 1))) - 1);
    return thousands(Math.round(number / unit) * unit);
  }

  function dollars(amount) {
    if (amount === 0) return "$0";
    if (amount >= 9.95) return `$${about(amount)}`;
    const digits = Math.max(2, 1 - Math.floor(Math.log10(amount)));
    return `$${amount.toFixed(digits)}`;
  }

  // How far off a guess is, in words.
  function points(difference) {
    const size = Math.abs(100 * difference);
    if (size < 0.05) return "exactly right";
    return `${size.toFixed(1)} points too ${difference > 0 ? "high" : "low"}`;
  }

  function times(guess, truth, [more, less]) {
    const factor = Math.max(guess, truth) / Math.min(guess, truth);
    if (factor < 1.05) return "as good as right";
    const text = factor < 9.95 ? factor.toFixed(1).replace(/\.0$/, "") : about(factor);
    return `${text} times too ${guess > truth ? more : less}`;
  }

  // "a", "a and b", "a, b and c".
  const list = (parts) => (parts.length < 2 ? parts.join("")
    : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`);

  return { thousands, percent, list, about, dollars, points, times };
})();
