// A request as a line for a shell. Pure.

const quoted = (text) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
// In a part of curl's own form, `;` and `"` have a meaning; inside its quotes only `"` and `\` do.
const partQuoted = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

function partArgument({ name, text, file, mediaType }) {
  const type = mediaType ? `;type=${mediaType}` : "";
  if (file) return `-F ${quoted(`${name}=@${partQuoted(file.name)}${type}`)}`;
  return mediaType
    ? `-F ${quoted(`${name}=${partQuoted(text)}${type}`)}`
    : `--form-string ${quoted(`${name}=${text}`)}`;
}

function bodyArguments(body) {
  if (!body) return [];
  switch (body.kind) {
    case "text":
      return [`--data-raw ${quoted(body.text)}`];
    case "form":
      return [`--data-raw ${quoted(new URLSearchParams(body.pairs).toString())}`];
    case "file":
      return [`--data-binary ${quoted(`@${body.file.name}`)}`];
    default:
      return body.parts.map(partArgument);
  }
}

function curlText(request) {
  const method =
    request.method === "HEAD"
      ? "--head"
      : request.method === "GET" && !request.body
        ? ""
        : `-X ${request.method}`;
  const cookies = request.cookies.map(([name, value]) => `${name}=${value}`).join("; ");
  const parts = [
    ["curl -i", method, quoted(request.url)].filter(Boolean).join(" "),
    ...request.headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(cookies ? [`-b ${quoted(cookies)}`] : []),
    ...bodyArguments(request.body),
  ];
  return parts.join(" \\\n  ");
}
