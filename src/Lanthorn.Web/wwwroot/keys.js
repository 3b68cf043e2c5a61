// What script adds to the workbench. Every page works without it.

const root = document.documentElement;

// "/" goes to the search.
document.addEventListener("keydown", event => {
  if (event.key === "Escape") closePanels(null);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector(".ln-search input");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// A letter presses the button that names it: data-key="s".
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  if (!/^[a-z]$/.test(event.key)) return;
  const button = document.querySelector(`button[data-key="${event.key}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.form.requestSubmit(button);
});

// A panel of the bar closes when something else is touched, and by Escape, which gives the focus back.
function closePanels(except) {
  for (const panel of document.querySelectorAll(".ln-ceiling details[open]")) {
    if (panel.contains(except)) continue;
    const hadFocus = panel.contains(document.activeElement);
    panel.open = false;
    if (hadFocus && except === null) panel.querySelector("summary").focus();
  }
}
document.addEventListener("click", event => closePanels(event.target));

// The theme: as chosen, remembered in this browser.
for (const choice of document.querySelectorAll(".ln-theme")) {
  const mark = () => {
    for (const button of choice.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme ?? "")));
  };
  choice.addEventListener("click", event => {
    const theme = event.target.closest("button")?.dataset.themeChoice;
    if (theme === undefined) return;
    if (theme === "") {
      delete root.dataset.theme;
      localStorage.removeItem("theme");
    } else {
      root.dataset.theme = theme;
      localStorage.setItem("theme", theme);
    }
    mark();
  });
  mark();
  choice.hidden = false;
}

// A form that is sent when a choice in it changes.
document.addEventListener("change", event => {
  event.target.closest("form[data-submit-on-change]")?.requestSubmit();
});

// What is too long to be taken is said before it is sent.
document.addEventListener("change", event => {
  const input = event.target.closest("input[type=file][data-max-bytes]");
  if (!input) return;
  const most = Number(input.dataset.maxBytes);
  const chosen = [...input.files].reduce((sum, file) => sum + file.size, 0);
  const inMegabytes = bytes => Math.ceil(bytes / 1024 / 1024);
  input.setCustomValidity(chosen <= most ? "" : `${inMegabytes(chosen)} MiB are chosen; at most ${inMegabytes(most)} MiB are taken`);
  input.reportValidity();
});

// <section id="…" data-refresh="2"> is fetched again every two seconds, until the server sends it without data-refresh.
const longestWaitSeconds = 60;

async function refresh(id, seconds) {
  const wait = seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000));
  for (let failures = 0; ; ) {
    await wait(Math.min(seconds * 2 ** failures, longestWaitSeconds));
    if (document.hidden) continue;
    const old = document.getElementById(id);
    // Whoever is about to press something in it keeps it under the hand.
    if (!old || old.contains(document.activeElement)) continue;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return;
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(id);
      if (!fresh) return;
      old.replaceWith(fresh);
      failures = 0;
      if (!fresh.dataset.refresh) return;
    } catch {
      failures++;
    }
  }
}
for (const element of document.querySelectorAll("[id][data-refresh]"))
  refresh(element.id, Math.max(1, Number(element.dataset.refresh) || 1));
