// Only a help: without it everything can be read, and every link leads where it says.
"use strict";

// What a link leads to is shown, be it in a folded part.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let folded = false;
  for (let at = target; at; at = at.parentElement) {
    if (at.tagName === "DETAILS" && !at.open) folded = at.open = true;
  }
  if (folded) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// On paper the arithmetic is not folded.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll(".arithmetic")) part.open = true;
});

// The figures of a text are one stop for the Tab key; the arrow keys lead from one to the next.
for (const text of document.querySelectorAll(".text")) {
  const figures = [...text.querySelectorAll(".claim[tabindex]")];
  figures.slice(1).forEach((figure) => (figure.tabIndex = -1));
  let at = figures[0];
  text.addEventListener("focusin", (event) => {
    const figure = event.target.closest(".claim[tabindex]");
    if (!figure) return;
    at.tabIndex = -1;
    at = figure;
    at.tabIndex = 0;
  });
  text.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !event.target.matches(".claim")) return;
    const next = figures[figures.indexOf(event.target) + step];
    if (next) next.focus();
    event.preventDefault();
  });
}

// Escape puts away what a figure says.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.documentElement.classList.add("quiet");
  if (document.activeElement.matches(".claim")) document.activeElement.blur();
});
for (const kind of ["pointerover", "focusin"]) {
  addEventListener(kind, () => document.documentElement.classList.remove("quiet"));
}

// Filters over all findings.
const filters = document.getElementById("filters");
if (filters) {
  const form = filters.querySelector("form");
  const findings = [...document.querySelectorAll(".finding")];
  const contents = findings.map((finding) => finding.textContent.replace(/\s+/g, "").toLowerCase());
  const shown = document.getElementById("shown");
  const filter = () => {
    const wanted = new FormData(form);
    const certainties = wanted.getAll("certainty");
    const words = wanted.get("words").replace(/\s+/g, "").toLowerCase();
    let count = 0;
    findings.forEach((finding, place) => {
      const { certainty, rule } = finding.dataset;
      finding.hidden = !(
        (certainties.length === 0 || certainties.includes(certainty)) &&
        (!wanted.get("rule") || wanted.get("rule") === rule) &&
        contents[place].includes(words)
      );
      count += !finding.hidden;
    });
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector(".finding:not([hidden])");
    }
    shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{all}", findings.length);
  };
  filters.hidden = false;
  filters.open = matchMedia("(min-width: 70rem)").matches;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
