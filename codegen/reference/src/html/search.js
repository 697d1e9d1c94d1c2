"use strict";
const form = document.querySelector(".search");
const input = document.querySelector("#search");
const found = document.querySelector(".found");
const contents = document.querySelector("nav details");
const entries = [...document.querySelectorAll("article")].map((entry) => ({
  entry,
  text: entry.textContent.toLowerCase(),
  link: contents.querySelector(`a[href="#${entry.id}"]`),
}));
const sections = [...document.querySelectorAll("main section")];

// Shows the entries that contain each word of the search.
function search() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { entry, text, link } of entries) {
    const matches = words.every((word) => text.includes(word));
    entry.hidden = !matches;
    if (link) link.parentElement.hidden = !matches;
    count += matches ? 1 : 0;
  }
  for (const section of sections) {
    const own = [...section.querySelectorAll("article")];
    section.hidden = words.length > 0 && own.every((entry) => entry.hidden);
  }
  found.textContent = words.length > 0 ? `${count} of ${entries.length} entries` : "";
}

// A link to a hidden part shows everything again.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest("[hidden]")) {
    input.value = "";
    search();
    target.scrollIntoView();
  }
}

input.addEventListener("input", search);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", reveal);
form.hidden = false;
if (matchMedia("(max-width: 60rem)").matches) contents.open = false;
