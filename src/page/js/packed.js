// Many numbers in little room: base64 of bytes or of 32-bit floats, and maps as runs of classes.

const packed = (() => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  // The bytes come little end first, as on every machine that runs a browser today.
  const floats = (text) => new Float32Array(bytes(text).buffer);

  // "3x0 197x2" is three cells of class 0, then 197 of class 2; one text a row, the top row first.
  function raster(rows) {
    const cells = new Uint8Array(rows.length * rows.length);
    let at = 0;
    for (const row of rows) {
      for (const run of row.split(" ")) {
        const [length, value] = run.split("x").map(Number);
        cells.fill(value, at, at + length);
        at += length;
      }
    }
    return { side: rows.length, cells };
  }

  return { bytes, floats, raster };
})();
