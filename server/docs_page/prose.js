// Descriptions: the part of Markdown that they use, as elements. Anything else stays as written.

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

function inline(text) {
  const made = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, label, address] = match;
    made.push(text.slice(end, match.index));
    if (code) made.push(element("code", {}, code));
    else if (strong) made.push(element("strong", {}, strong));
    else made.push(link(address, label));
    end = match.index + whole.length;
  }
  return [...made, text.slice(end)];
}

function block(text) {
  const lines = text.split("\n");
  if (lines.every((line) => /^\s*([-*]|\d+[.)])\s/.test(line))) {
    const items = lines.map((line) => line.replace(/^\s*([-*]|\d+[.)])\s+/, ""));
    const tag = /^\s*\d/.test(text) ? "ol" : "ul";
    return element(
      tag,
      {},
      items.map((item) => element("li", {}, inline(item))),
    );
  }
  const heading = /^#{1,6}\s+(.*)$/.exec(text);
  return heading
    ? element("p", {}, element("strong", {}, inline(heading[1])))
    : element("p", {}, inline(text));
}

function prose(value) {
  const text = words(value).trim().replace(/\r\n?/g, "\n");
  if (!text) return null;
  const parts = text.split(/^```.*\n?/m); // those with odd places were fenced
  return element(
    "div",
    { class: "prose" },
    parts.map((part, place) =>
      place % 2
        ? element("pre", { tabindex: "0" }, part.replace(/\n$/, ""))
        : part
            .split(/\n\s*\n/)
            .filter((each) => each.trim())
            .map((each) => block(each.trim())),
    ),
  );
}
