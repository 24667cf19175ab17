export type ParsedMail = { raw: string; headers: Map<string, string>; text: string; html: string };

/** Reads what mail programs show of a mail: decoded headers, the plain and the HTML part. `raw` is one character a byte. */
export function parseMail(raw: string): ParsedMail {
  const { headers, body } = split(raw);
  const mail: ParsedMail = { raw, headers, text: "", html: "" };
  collect(headers, body, mail);
  return mail;
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf("\r\n\r\n");
  const head = end < 0 ? raw : raw.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim()));
  }
  return { headers, body: end < 0 ? "" : raw.slice(end + 4) };
}

/** RFC 2047 encoded words; white space between two of them is not part of the text. */
function decodeWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, "$1$2");
  let bytes = Buffer.alloc(0);
  let result = "";
  let last = 0;
  for (const word of joined.matchAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi)) {
    if (word.index > last) {
      result += bytes.toString("utf8") + joined.slice(last, word.index);
      bytes = Buffer.alloc(0);
    }
    const text = word[2] ?? "";
    const part =
      word[1]?.toUpperCase() === "B" ? Buffer.from(text, "base64") : quotedPrintable(text.replaceAll("_", " "));
    bytes = Buffer.concat([bytes, part]);
    last = word.index + word[0].length;
  }
  return result + bytes.toString("utf8") + joined.slice(last);
}

function quotedPrintable(text: string): Buffer {
  const plain = text.replace(/=\r?\n/g, "");
  return Buffer.from(
    plain.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}

function collect(headers: Map<string, string>, body: string, mail: ParsedMail): void {
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary) {
    for (const part of body.split(`--${boundary}`).slice(1, -1)) {
      const inner = split(part.replace(/^\r\n/, ""));
      collect(inner.headers, inner.body, mail);
    }
    return;
  }
  const encoding = (headers.get("content-transfer-encoding") ?? "7bit").toLowerCase();
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : encoding === "quoted-printable"
        ? quotedPrintable(body)
        : Buffer.from(body, "latin1");
  const text = bytes.toString("utf8").replaceAll("\r\n", "\n");
  if (/^text\/html/i.test(type)) mail.html = text;
  else mail.text = text;
}
