// Ctrl+K: the page /go over any other page. "?": the keys. Both are links without script.

const typingPauseMs = 200;
let palette = null;
let before = null;

async function fetchGo(query) {
  const answer = await fetch(`/go?q=${encodeURIComponent(query)}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("go");
}

function makeDialog(label) {
  const dialog = document.createElement("dialog");
  dialog.className = "ln-palette";
  dialog.setAttribute("aria-label", label);
  dialog.addEventListener("click", event => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (palette === dialog) palette = null;
    before?.focus();
  });
  document.body.append(dialog);
  return dialog;
}

async function openPalette() {
  if (palette) return palette.close();
  before = document.activeElement;
  const dialog = (palette = makeDialog("Go to"));
  const go = await fetchGo("").catch(() => null);
  if (!go) {
    location.assign("/go");
    return;
  }
  if (palette !== dialog) return;
  dialog.append(go);
  dialog.showModal();
  const input = go.querySelector("input");
  input.focus();
  let asked = 0;
  let timer = 0;
  const update = async () => {
    const mine = ++asked;
    const fresh = await fetchGo(input.value).catch(() => null);
    if (mine !== asked || !fresh) return false;
    go.querySelector("[data-go-results]").replaceWith(fresh.querySelector("[data-go-results]"));
    return true;
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, typingPauseMs);
  });
  go.querySelector("form").addEventListener("submit", async event => {
    event.preventDefault();
    clearTimeout(timer);
    if (await update()) go.querySelector("[data-go-results] a")?.click();
  });
  dialog.addEventListener("keydown", event => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const stops = [input, ...go.querySelectorAll("[data-go-results] a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = stops.indexOf(document.activeElement);
    stops[(at + step + stops.length) % stops.length].focus();
  });
}

const keys = [
  ["/", "to the search"],
  ["Ctrl K", "go to a page, an action or a name"],
  ["j, k", "next and previous result"],
  ["Enter", "opens the result that has the focus"],
  ["f", "to the filter of the table"],
  ["s, d, u", "in the review: same, different, unsure"],
  ["n, z", "in the review: skip, take back"],
  ["?", "these keys"],
  ["Esc", "closes what is open"],
];

function showKeys() {
  before = document.activeElement;
  const dialog = makeDialog("Keys");
  const title = document.createElement("h2");
  title.textContent = "Keys";
  const list = document.createElement("dl");
  list.className = "ln-pairs";
  for (const [key, does] of keys) {
    const term = document.createElement("dt");
    const name = document.createElement("kbd");
    name.textContent = key;
    term.append(name);
    const what = document.createElement("dd");
    what.textContent = does;
    list.append(term, what);
  }
  const close = document.createElement("button");
  close.className = "ln-btn";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, list, close);
  dialog.showModal();
  close.focus();
}

// The results of a page, one after the other.
function step(by) {
  const links = [...document.querySelectorAll(".ln-results > li a[href^='/']:first-of-type, .ln-t tbody tr td:first-child a")];
  if (links.length === 0) return false;
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
  return true;
}

document.addEventListener("keydown", event => {
  if (event.isComposing || event.altKey) return;
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const filter = document.querySelector("[data-filter]");
  if (event.key === "?") showKeys();
  else if (event.key === "f" && filter) filter.focus();
  else if (!((event.key === "j" && step(1)) || (event.key === "k" && step(-1)))) return;
  event.preventDefault();
});
