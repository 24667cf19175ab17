/** How well the service was done, and what was said of it. See README.md. */
export { qualityRoutes } from "./routes.ts";
