"use strict";
(() => {
  const form = document.getElementById("filter");
  const output = form.querySelector("output");
  const findings = [...document.querySelectorAll(".finding")];
  if (!findings.length) return;
  form.hidden = false;

  const apply = () => {
    const severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    const rule = form.elements.rule.value;
    const away = new Set();
    for (const finding of findings) {
      finding.hidden = !severities.has(finding.dataset.severity) || (rule !== "" && finding.dataset.rule !== rule);
      if (finding.hidden) away.add(finding.id);
    }
    const filtered = away.size > 0;
    for (const note of document.querySelectorAll("[data-note]")) note.hidden = away.has(note.dataset.note);
    for (const mark of document.querySelectorAll("[data-finding]")) mark.hidden = away.has(mark.dataset.finding);
    for (const place of document.querySelectorAll(".bad")) {
      const marks = [...place.querySelectorAll("[data-finding]")];
      place.classList.toggle("aside", marks.length > 0 && marks.every((mark) => mark.hidden));
    }
    for (const report of document.querySelectorAll(".report")) {
      const own = [...report.querySelectorAll(".finding")];
      report.hidden = filtered && own.every((finding) => finding.hidden);
    }
    output.textContent = (filtered ? output.dataset.filtered : output.dataset.shown)
      .replace("{shown}", findings.length - away.size)
      .replace("{all}", findings.length);
    document.body.classList.toggle("filtered", filtered);
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
