import { inflateSync } from "node:zlib";

/**
 * The text that someone copies out of a PDF, piece by piece, page after page: shown glyphs through their fonts' ToUnicode
 * tables. Knows what our own PDFs use: compressed streams, 16-bit glyph codes, `TJ` with hexadecimal strings.
 */
export function readPdfText(pdf: Buffer): { pages: number; pieces: string[] } {
  const objects = readObjects(pdf);
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  const pieces = pages.flatMap(({ dictionary }) => {
    const resources = objects.get(reference(dictionary, "Resources"))?.dictionary ?? dictionary;
    const fontList = /\/Font <<([^>]*)>>/s.exec(resources)?.[1] ?? "";
    const fonts = new Map<string, Map<number, string>>();
    for (const [, name, id] of fontList.matchAll(/\/(\w+) (\d+) 0 R/g)) {
      const font = objects.get(Number(id));
      const toUnicode = objects.get(reference(font?.dictionary ?? "", "ToUnicode"));
      if (name && toUnicode) fonts.set(name, readToUnicode(toUnicode.stream));
    }
    return readShownText(objects.get(reference(dictionary, "Contents"))?.stream ?? "", fonts);
  });
  return { pages: pages.length, pieces };
}

function readObjects(pdf: Buffer): Map<number, { dictionary: string; stream: string }> {
  const text = pdf.toString("latin1");
  const objects = new Map<number, { dictionary: string; stream: string }>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const [, id, body = ""] = match;
    const start = body.indexOf("stream\n");
    const dictionary = start < 0 ? body : body.slice(0, start);
    const bytes = start < 0 ? undefined : Buffer.from(body.slice(start + 7, body.lastIndexOf("\nendstream")), "latin1");
    const stream = bytes && /FlateDecode/.test(dictionary) ? inflateSync(bytes).toString("latin1") : "";
    objects.set(Number(id), { dictionary, stream });
  }
  return objects;
}

function reference(dictionary: string, name: string): number {
  return Number(new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1]);
}

function readToUnicode(table: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, first = "0", list = ""] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/gis)) {
    for (const [index, [, code = ""]] of [...list.matchAll(/<([0-9a-f ]+)>/gi)].entries()) {
      const bytes = Buffer.from(code.replaceAll(" ", ""), "hex").swap16();
      glyphs.set(Number.parseInt(first, 16) + index, bytes.toString("utf16le"));
    }
  }
  return glyphs;
}

function readShownText(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string[] {
  const pieces: string[] = [];
  let glyphs: ReadonlyMap<number, string> | undefined;
  for (const [, font, shown = ""] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[(.*?)\] TJ/gs)) {
    if (font !== undefined) {
      glyphs = fonts.get(font);
      continue;
    }
    const codes = [...shown.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
    pieces.push(codes.map((code) => glyphs?.get(Number.parseInt(code, 16)) ?? "\ufffd").join(""));
  }
  return pieces;
}
