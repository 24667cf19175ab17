/** What is looked after: the registry of devices, their labels and codes. See README.md. */
export type { Device } from "./api.ts";
export { type DeviceByCode, findDeviceByCode } from "./codes.sql.ts";
export { createDevice } from "./create-device.ts";
export { makeDeviceCode, readDeviceCode, showDeviceCode } from "./device-code.ts";
export { getDevice } from "./get-device.ts";
export { deviceRoutes } from "./routes.ts";
