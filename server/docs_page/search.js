// The box that leaves only what contains each of its words.

function searchOf(items, sections) {
  const box = element("input", {
    type: "search",
    id: "search",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "found",
    placeholder: "Path, summary, tag",
  });
  const found = element("p", { id: "found", class: "quiet", role: "status" });
  const operations = items.filter((item) => item.isOperation);
  function search() {
    const asked = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) item.whole.hidden = !asked.every((word) => item.text.includes(word));
    for (const { whole, parts } of sections) whole.hidden = parts.every((part) => part.hidden);
    const left = operations.filter((item) => !item.whole.hidden).length;
    found.textContent = asked.length
      ? `${left} of ${operations.length} operations`
      : `${operations.length} operations`;
  }
  box.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
    if (event.key === "Escape" && document.activeElement === box) clear();
  });
  function clear() {
    box.value = "";
    search();
  }
  search();
  const whole = element(
    "form",
    { class: "search", role: "search" },
    element("label", { for: "search" }, "Search ", element("kbd", {}, "/")),
    box,
    found,
  );
  whole.addEventListener("submit", (event) => event.preventDefault());
  return { whole, clear };
}
