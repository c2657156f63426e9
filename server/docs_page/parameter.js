// How a parameter's value is written into a request (OpenAPI 3.1, 4.8.12.3: styles). Pure.

const RESERVED = /%(3A|2F|3F|23|5B|5D|40|21|24|26|27|28|29|2A|2B|2C|3B|3D)/g;
const SEPARATORS = { spaceDelimited: "%20", pipeDelimited: "%7C" };
const DEFAULT_STYLES = { path: "simple", query: "form", header: "simple", cookie: "form" };

const styleOf = (parameter) => words(parameter.style) || DEFAULT_STYLES[parameter.in];

function isExploded(parameter) {
  const style = styleOf(parameter);
  const usual = style === "form" || style === "deepObject";
  return typeof parameter.explode === "boolean" ? parameter.explode : usual;
}

function encodingOf(parameter) {
  return (value) => {
    const encoded = encodeURIComponent(words(value));
    return parameter.allowReserved === true
      ? encoded.replace(RESERVED, (part) => decodeURIComponent(part))
      : encoded;
  };
}

// One text: "a,b" of a list, "key,value" or "key=value" of an object.
function flat(value, encode, separator, pairSign) {
  if (Array.isArray(value)) return value.map(encode).join(separator);
  if (!isObject(value)) return encode(value);
  return entries(value)
    .map(([key, each]) => `${encode(key)}${pairSign}${encode(each)}`)
    .join(separator);
}

function matrixText(parameter, value, encode) {
  const name = encode(parameter.name);
  if (isExploded(parameter) && Array.isArray(value)) {
    return value.map((each) => `;${name}=${encode(each)}`).join("");
  }
  if (isExploded(parameter) && isObject(value)) return `;${flat(value, encode, ";", "=")}`;
  return `;${name}=${flat(value, encode, ",", ",")}`;
}

function pathText(parameter, value) {
  const encode = encodingOf(parameter);
  const pairSign = isExploded(parameter) ? "=" : ",";
  switch (styleOf(parameter)) {
    case "matrix":
      return matrixText(parameter, value, encode);
    case "label":
      return `.${flat(value, encode, isExploded(parameter) ? "." : ",", pairSign)}`;
    default:
      return flat(value, encode, ",", pairSign);
  }
}

function headerText(parameter, value) {
  return flat(value, words, ",", isExploded(parameter) ? "=" : ",");
}

// [["name", "value"]], encoded: what stands on both sides of "=".
function queryPairs(parameter, value, encode = encodingOf(parameter)) {
  const name = encode(parameter.name);
  if (!isObject(value) && !Array.isArray(value)) return [[name, encode(value)]];
  if (styleOf(parameter) === "deepObject") {
    return entries(value).map(([key, each]) => [encode(`${parameter.name}[${key}]`), encode(each)]);
  }
  if (!isExploded(parameter)) {
    const separator = SEPARATORS[styleOf(parameter)] || ",";
    return [[name, flat(value, encode, separator, separator)]];
  }
  return Array.isArray(value)
    ? value.map((each) => [name, encode(each)])
    : entries(value).map(([key, each]) => [encode(key), encode(each)]);
}

// A cookie's octets (RFC 6265, 4.1.1); what a cookie cannot hold is percent-encoded.
function cookiePairs(parameter, value) {
  const encode = (each) => words(each).replace(/[^!#$&-+\--:<-[\]-~]/gu, encodeURIComponent);
  return queryPairs(parameter, value, encode);
}
