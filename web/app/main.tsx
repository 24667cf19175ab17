import "@mantine/core/styles.layer.css";
import "./theme.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { registerServiceWorker } from "./register-service-worker.ts";
import { startTexts } from "./texts.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await startTexts();
createRoot(root).render(<App />);
registerServiceWorker();
