/** Detectors of bar codes, which phones with Android have built in; lib.dom does not know them yet. */
interface CodeDetector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type CodeDetectorClass = new (options: { formats: string[] }) => CodeDetector;

export function findCodeDetector(): CodeDetector | undefined {
  const found: unknown = Reflect.get(globalThis, "BarcodeDetector");
  if (typeof found !== "function" || !navigator.mediaDevices) return undefined;
  return new (found as CodeDetectorClass)({ formats: ["qr_code"] });
}

/** The device code in what a label says: its address, or the code itself as printed below. */
export function codeFrom(text: string): string | undefined {
  const path = /\/r\/([A-Za-z0-9-]{4,64})(?:[/?#]|$)/.exec(text)?.[1];
  const plain = /^[A-Za-z0-9 -]{4,64}$/.test(text.trim()) ? text : undefined;
  return (path ?? plain)?.replaceAll(/[\s-]/g, "").toUpperCase() || undefined;
}
