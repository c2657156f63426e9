// Elements of the page. What the document says enters it here, as text and never as HTML.

const nothing = (child) => child === undefined || child === null || child === false || child === "";

function fill(parent, ...children) {
  parent.append(...children.flat(Infinity).filter((child) => !nothing(child)));
  return parent;
}

// Attribute names are ours; `true` is an attribute without a value, `false` and undefined none.
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== false)
      made.setAttribute(name, value === true ? "" : value);
  }
  return fill(made, ...children);
}

function button(label, act, attributes) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

// A heading whose button shows and hides a part; `make` gives the part's content when first shown.
function disclosure({ id, tag, label, kind, make }) {
  const part = element("div", { class: "part", id: `${id}-part`, hidden: true });
  const opener = button(label, () => show(!isOpen()), {
    class: "opener",
    "aria-expanded": "false",
    "aria-controls": part.id,
  });
  const whole = element("section", { id, class: kind }, element(tag, {}, opener), part);
  let isMade = false;
  const isOpen = () => opener.getAttribute("aria-expanded") === "true";
  function show(open) {
    if (open && !isMade) {
      fill(part, make());
      isMade = true;
    }
    opener.setAttribute("aria-expanded", String(open));
    part.hidden = !open;
  }
  return { whole, opener, show };
}

// A part that is folded away until asked for; nested ones are made only when somebody looks.
function folded(label, make, isOpen) {
  const whole = element(
    "details",
    { class: "folded", open: isOpen },
    element("summary", {}, label),
  );
  const unfold = () => {
    if (whole.open && whole.children.length === 1) fill(whole, make());
  };
  whole.addEventListener("toggle", unfold);
  unfold();
  return whole;
}

// A document's link: elsewhere only by http or mail, so that it can never be a script.
function link(address, ...children) {
  let scheme = "";
  try {
    scheme = new URL(address, location.href).protocol;
  } catch {
    // No address at all: its words stay.
  }
  const isSafe = ["http:", "https:", "mailto:"].includes(scheme);
  return isSafe
    ? element("a", { href: address, rel: "noreferrer" }, ...children)
    : element("span", {}, ...children);
}
