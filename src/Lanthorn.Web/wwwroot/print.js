// Before printing: when it is printed, and the labels and handling codes that stand on the page, at its top and its bottom.
window.addEventListener("beforeprint", () => {
  const marks = [...document.querySelectorAll(".ln-main :is(.ln-tlp, .ln-h1, .ln-h2, .ln-h3)")].map(e => e.textContent.trim());
  const distinct = [...new Set(marks.filter(m => m.length > 0))];
  const when = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
  for (const line of document.querySelectorAll("[data-printed]")) {
    line.querySelector("[data-stamp]")?.remove();
    const stamp = document.createElement("span");
    stamp.dataset.stamp = "";
    stamp.textContent = ` ${when} · ${location.pathname}${distinct.length > 0 ? ` · ${distinct.join(" · ")}` : ""}`;
    line.append(stamp);
  }
});
