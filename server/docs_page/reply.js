// A reply as the reader sees it: status, time, headers, and the body laid out.

const SHOWN_CHARACTERS = 200000;

// JSON on several lines, each token as it came: numbers of any length keep all their digits.
function laidOut(text) {
  JSON.parse(text);
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) || [];
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.min(depth, 40))}`;
  return tokens
    .map((token, place) => {
      const [before, after] = [tokens[place - 1], tokens[place + 1]];
      if ("]}".includes(token)) {
        depth -= 1;
        return "[{".includes(before) ? token : line() + token;
      }
      if ("[{".includes(token)) depth += 1;
      if (token === ":") return ": ";
      const breaks = token === "," || ("[{".includes(token) && !"]}".includes(after));
      return breaks ? token + line() : token;
    })
    .join("");
}

function readable(text, mediaType) {
  if (!isJson(mediaType)) return text;
  try {
    return laidOut(text);
  } catch {
    return text;
  }
}

function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const timeText = (ms) =>
  ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;

// The body's pieces, each handed on as it comes: a stream of events may never end.
async function pieces(reply, take) {
  if (!reply.body) return;
  const reader = reply.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

function saveLink(blob, mediaType) {
  const address = URL.createObjectURL(blob);
  const kind = (/[/+](\w+)/.exec(mediaType) || ["", "bin"])[1];
  return element("a", { href: address, download: `reply.${kind}` }, "Save the body");
}

function headerTable(reply) {
  const rows = [...reply.headers].map(([name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value)),
  );
  return folded(`${rows.length} headers`, () =>
    element(
      "table",
      {},
      element("caption", {}, "Headers that a page may see; Set-Cookie is not one of them"),
      rows,
    ),
  );
}

// Where a form shows its reply. Only the line with the status is read out when it changes; the body
// is there for who goes to it.
class ReplyView {
  constructor() {
    this.status = element("p", { class: "status", role: "status" });
    this.place = element("div", {});
    this.whole = element("div", { class: "reply" }, this.status, this.place);
  }

  // What is said while there is no reply.
  tell(sentence) {
    [this.reply, this.chunks, this.bytes] = [null, [], 0];
    this.status.className = "status";
    this.status.textContent = sentence;
    this.place.replaceChildren();
  }

  complain(sentence) {
    this.tell("");
    fill(this.place, element("p", { class: "notice", role: "alert" }, sentence));
  }

  begin(reply, started) {
    this.reply = reply;
    this.started = started;
    this.mediaType = reply.headers.get("content-type") || "";
    this.status.className = `status s${Math.floor(reply.status / 100)}`;
    this.box = element("pre", { class: "body", tabindex: "0", "aria-label": "Body of the reply" });
    this.decoder = new TextDecoder();
    fill(
      this.place,
      reply.redirected && element("p", { class: "hint" }, `Redirected to ${reply.url}`),
      headerTable(reply),
    );
  }

  say(ending) {
    const { status, statusText } = this.reply;
    const time = timeText(performance.now() - this.started);
    this.status.replaceChildren(
      element("strong", {}, `${status} ${statusText}`.trim()),
      ` in ${time}, ${sizeText(this.bytes)} ${ending}`.trimEnd(),
    );
  }

  take(chunk) {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (
      /event-stream|ndjson/.test(this.mediaType) &&
      this.box.textContent.length < SHOWN_CHARACTERS
    ) {
      if (!this.box.isConnected) fill(this.place, this.box);
      this.box.append(this.decoder.decode(chunk, { stream: true }));
      this.say("so far");
    }
  }

  async end(ending) {
    this.say(ending);
    if (!this.bytes) return;
    const blob = new Blob(this.chunks, { type: "application/octet-stream" });
    if (isTextual(this.mediaType)) {
      const text = readable(await blob.text(), this.mediaType);
      this.box.textContent = text.slice(0, SHOWN_CHARACTERS);
      fill(
        this.place,
        this.box,
        text.length > SHOWN_CHARACTERS &&
          element(
            "p",
            { class: "hint" },
            `The first ${SHOWN_CHARACTERS} of ${text.length} characters.`,
          ),
      );
    }
    fill(this.place, element("p", { class: "hint" }, saveLink(blob, this.mediaType)));
  }
}
