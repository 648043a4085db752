// Appended to the class page by tests/test_class_look.py: what a person sees of it, as
// numbers. The page is in a frame, since no window of Chromium's is as narrow as a phone.
const seen = [], rect = e => e.getBoundingClientRect();
const say = (what, e) => seen.push(what + ": " + (e.textContent || e.tagName).trim().slice(0, 60));
if (document.documentElement.scrollWidth > innerWidth) seen.push("the page moves sideways");
const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
const boxes = [...document.querySelectorAll("h1,h2,h3,p,li,dt,dd,td,th,caption,pre")];
for (const e of boxes) {
  if (parseFloat(getComputedStyle(e).fontSize) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
    say("cut", e);
  const box = e.closest(".wide,.scroll"), r = rect(e);
  if (!box && r.width && (r.left < -1 || r.right > innerWidth + 1)) say("outside", e);
}
for (const row of document.querySelectorAll("tr")) {
  let right = -1e9;
  for (const cell of row.cells) {
    const r = rect(cell);
    if (r.left < right - 1 && getComputedStyle(cell).position !== "sticky") say("overlap", cell);
    right = Math.max(right, r.right);
  }
}
let bottom = -1e9;
for (const section of document.querySelectorAll("header,nav,section")) {
  if (rect(section).top < bottom - 1) say("overlap", section);
  bottom = rect(section).bottom;
}
let last = null;
for (const text of document.querySelectorAll(".histogram .axis")) {
  if (last && rect(text).left < rect(last).right) say("overlap", text);
  if (rect(text).height < 9) say("small", text);
  last = text;
}
const number = c => c.match(/[\d.]+/g).map(Number);
const light = c => { const [r, g, b] = number(c).map(v => (v /= 255) <= .03928 ? v / 12.92
  : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
  if ((number(c)[3] ?? 1) > 0) return c; } return "rgb(255,255,255)"; };
const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
  return (x + .05) / (y + .05); };
const kinds = new Set();
for (const e of document.querySelectorAll("body *")) {
  const sign = e.matches(".heat td:not(.total)"), style = getComputedStyle(e, sign ? "::before" : null);
  const key = [e.tagName, e.className.baseVal ?? e.className, style.color].join();
  if (kinds.has(key) || !(sign || own(e)) || e.closest("svg")) continue;
  kinds.add(key);
  if (contrast(style.color, behind(e)) < 4.5)
    say("contrast " + contrast(style.color, behind(e)).toFixed(1) + " of " + key, e);
}
const cells = [...document.querySelectorAll(".heat td:not(.total):not([colspan])")];
const narrow = Math.min(...cells.map(e => rect(e).width));
const high = Math.max(...[...document.querySelectorAll(".heat tbody tr")].map(e => rect(e).height));
const result = { width: innerWidth, seen, narrow, high, cells: cells.length,
  rows: document.querySelectorAll(".heat tbody tr").length,
  map: rect(document.querySelector(".heat")).width,
  room: document.querySelector(".scroll").clientWidth,
  word: cells[0].innerText, sign: getComputedStyle(cells[0], "::before").content,
  size: parseFloat(getComputedStyle(cells[0], "::before").fontSize) };
parent.postMessage(JSON.stringify(result), "*");
