/** How well the service was done, and what was said of it. See README.md. */
export { giveRating } from "./give-rating.ts";
export { qualityRoutes } from "./routes.ts";
