// Runs before anything is drawn, so that neither the wrong colours nor the wrong language flash up.
// A file of its own because the content security policy allows no inline script.
(() => {
  const root = document.documentElement;
  let scheme = "auto";
  let language = null;
  try {
    scheme = localStorage.getItem("mainstay.scheme") ?? "auto";
    language = localStorage.getItem("mainstay.language");
  } catch {
    // Storage can be forbidden; the system's choice is right then.
  }
  const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  if (language) root.lang = language;
})();
