// The form that sends an operation's request to the server, and what came back.

const PLACES = { path: "Path", query: "Query", header: "Headers", cookie: "Cookies" };
const IGNORED = /^(accept|content-type|authorization)$/i; // OpenAPI 3.1, 4.8.12.2.1

const schemaOf = (parameter) => {
  const [media] = entries(parameter.content).map(([, each]) => each);
  return own(media, "schema") || parameter.schema || {};
};

function startOf(api, parameter) {
  if (parameter.example !== undefined) return parameter.example;
  const [named] = entries(parameter.examples).map(([, node]) => resolvedObject(api, node).value);
  if (named !== undefined) return named;
  return isNeeded(parameter) ? exampleOf(api, schemaOf(parameter)) : undefined;
}

const isNeeded = (parameter) => parameter.required === true || parameter.in === "path";

function parameterField(api, entry, parameter, place) {
  const isRaw = entries(parameter.content).length > 0;
  const start = startOf(api, parameter);
  const cannot = parameter.in === "header" && isForbidden(parameter.name);
  const field = fieldOf(api, {
    id: `${entry.id}-${parameter.in}-${place}`,
    name: parameter.name,
    schema: schemaOf(parameter),
    isRaw,
    isRequired: isNeeded(parameter),
    start: isRaw && start !== undefined ? jsonText(start) : start,
    note: cannot ? "A browser does not let a page set this header; the curl line has it." : "",
  });
  return { ...field, parameter };
}

function parameterFields(api, entry) {
  return entry.parameters
    .filter(
      (parameter) =>
        PLACES[parameter.in] && !(parameter.in === "header" && IGNORED.test(parameter.name)),
    )
    .map((parameter, place) => parameterField(api, entry, parameter, place));
}

function fieldsets(fields) {
  return Object.entries(PLACES).map(([place, title]) => {
    const rows = fields.filter(({ parameter }) => parameter.in === place).map(({ row }) => row);
    return rows.length > 0 && element("fieldset", {}, element("legend", {}, title), rows);
  });
}

async function copied(text, box) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // only a page from this machine or by TLS has a clipboard
    getSelection().selectAllChildren(box);
    return document.execCommand("copy");
  }
}

function curlBox() {
  const box = element("pre", {
    class: "curl",
    tabindex: "0",
    "aria-label": "The same request with curl",
  });
  const copy = button(
    "Copy",
    async () => {
      copy.textContent = (await copied(box.textContent, box)) ? "Copied" : "Selected";
      setTimeout(() => {
        copy.textContent = "Copy";
      }, 2000);
    },
    { class: "quiet-button" },
  );
  const whole = element(
    "div",
    { class: "curl-box" },
    element("div", { class: "bar" }, element("h4", {}, "curl"), copy),
    box,
  );
  return {
    whole,
    show: (text) => {
      box.textContent = text;
    },
  };
}

const REMEDY = "See that the server runs, and that each header's value is plain text.";

// Sends, and shows what comes until it ends or the reader stops it.
async function exchange(request, view, signal) {
  const started = performance.now();
  view.tell("Waiting for the reply\u2026");
  try {
    const reply = await sendRequest(request, signal);
    view.begin(reply, started);
    await pieces(reply, (chunk) => view.take(chunk));
    await view.end("");
  } catch (error) {
    if (view.reply) await view.end(signal.aborted ? "when stopped" : "when the connection broke");
    else if (signal.aborted) view.tell("Stopped before a reply came.");
    else view.complain(`No reply: ${error.message}. ${REMEDY}`);
  }
}

// The buttons of a form. Neither is disabled or hidden while it has the focus: that would lose it.
function sendBar(act) {
  const send = element("button", { type: "submit", class: "send" }, "Send");
  const stop = button("Stop", () => stopper.abort());
  let stopper = null;
  stop.hidden = true;
  async function submit(event) {
    event.preventDefault();
    if (stopper) return;
    stopper = new AbortController();
    send.setAttribute("aria-disabled", "true");
    stop.hidden = false;
    await act(stopper.signal);
    if (document.activeElement === stop) send.focus();
    stop.hidden = true;
    send.removeAttribute("aria-disabled");
    stopper = null;
  }
  return { whole: element("div", { class: "bar" }, send, stop), submit };
}

function tryIt(api, entry, page) {
  const fields = parameterFields(api, entry);
  const body = bodyEditor(api, entry);
  const curl = curlBox();
  const view = new ReplyView();

  function request() {
    const values = fields
      .map(({ parameter, read }) => ({ parameter, value: read() }))
      .filter(({ value }) => value !== undefined);
    const server = entry.server ? serverAddress(entry.server) : page.server();
    return requestOf(entry, server, values, body.read(), page.credentials(entry.security));
  }
  function refresh() {
    try {
      curl.show(curlText(request()));
    } catch (error) {
      curl.show(`# ${error.message}`);
    }
  }
  async function send(signal) {
    try {
      const asked = request();
      if (obstacle(asked)) throw new Error(obstacle(asked));
      await exchange(asked, view, signal);
    } catch (error) {
      view.complain(error.message);
    }
  }

  const bar = sendBar(send);
  const label = `Try ${entry.method.toUpperCase()} ${entry.path}`;
  const parts = [element("h4", {}, "Try it"), fieldsets(fields), body.whole];
  const form = element(
    "form",
    { class: "try", "aria-label": label, novalidate: true },
    parts,
    bar.whole,
    view.whole,
    curl.whole,
  );
  form.addEventListener("submit", bar.submit);
  form.addEventListener("input", refresh);
  form.addEventListener("change", refresh);
  page.whenChanged(refresh);
  refresh();
  return form;
}
