// Many numbers in little room: base64 of bytes.

const packed = (() => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  return { bytes };
})();
