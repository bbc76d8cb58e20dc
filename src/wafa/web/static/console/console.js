// Small comforts of the console's pages. Everything works without them.
"use strict";

// "/" goes to the search box, as people who look things up all day expect.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  const box = document.querySelector("[data-search]");
  if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
