/** Installable and offline only where browsers allow it (https or localhost), and only in the built app. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const register = () => void navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
  // The page's own files come first; the texts may have kept us until after they were all there.
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register);
}
