import type { Observation } from "../../src/engines/survival/index.ts";

/** Data sets of the literature, as they were printed. */

const failedAt = (...times: readonly number[]) => times.map((time): Observation => ({ time, event: true }));
const workingAt = (...times: readonly number[]) => times.map((time): Observation => ({ time, event: false }));

/**
 * Endurance of 23 deep-groove ball bearings in millions of revolutions: J. Lieblein and M. Zelen, "Statistical Investigation of the
 * Fatigue Life of Deep-Groove Ball Bearings", Journal of Research of the National Bureau of Standards 57 (1956) 273–316, as
 * given by J. F. Lawless, Statistical Models and Methods for Lifetime Data, 2nd ed. 2003, p. 98.
 */
export const ballBearings = failedAt(
  17.88,
  28.92,
  33,
  41.52,
  42.12,
  45.6,
  48.4,
  51.84,
  51.96,
  54.12,
  55.56,
  67.8,
  68.64,
  68.64,
  68.88,
  84.12,
  93.12,
  98.64,
  105.12,
  105.84,
  127.92,
  128.04,
  173.4,
);

/**
 * Weeks of remission of 21 children under 6-mercaptopurine: E. J. Freireich et al., Blood 21 (1963) 699–716, as given by
 * D. R. Cox and D. Oakes, Analysis of Survival Data, 1984, p. 7.
 */
export const remissions = [
  ...failedAt(6, 6, 6, 7, 10, 13, 16, 22, 23),
  ...workingAt(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
];

/**
 * Kilometres of 38 shock absorbers, both ways of failing counted: W. Q. Meeker and L. A. Escobar, Statistical Methods for Reliability Data,
 * 1998, table C.2, p. 630.
 */
export const shockAbsorbers = [
  ...failedAt(6700, 9120, 12200, 13150, 14300, 17520, 20100, 20900, 22700, 26510, 27490),
  ...workingAt(
    6950,
    7820,
    8790,
    9660,
    9820,
    11310,
    11690,
    11850,
    11880,
    12140,
    12870,
    13330,
    13470,
    14040,
    17540,
    17890,
  ),
  ...workingAt(18450, 18960, 18980, 19410, 20100, 20150, 20320, 23490, 27410, 27890, 28100),
];

/** Weeks of remission of 11 maintained and 12 other patients: R. G. Miller, Survival Analysis, 1981, p. 49; `aml` of R's survival package. */
export const maintained = [...failedAt(9, 13, 18, 23, 31, 34, 48), ...workingAt(13, 28, 45, 161)];
export const notMaintained = [...failedAt(5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45), ...workingAt(16)];

/** Days of 26 patients: J. H. Edmonson et al., Cancer Treatment Reports 63 (1979) 241–247; `ovarian` of R's survival package. */
export const ovarian = [
  ...failedAt(59, 115, 156, 268, 329, 353, 365, 431, 464, 475, 563, 638),
  ...workingAt(377, 421, 448, 477, 744, 769, 770, 803, 855, 1040, 1106, 1129, 1206, 1227),
];

/** Hours of 70 fans of diesel generators, 12 failed: W. Nelson, Applied Life Data Analysis, 1982, p. 318. */
export const dieselFans = [
  ...failedAt(450, 1150, 1150, 1600, 2070, 2070, 2080, 3100, 3450, 4600, 6100, 8750),
  ...workingAt(
    460,
    1560,
    1660,
    1850,
    1850,
    1850,
    1850,
    1850,
    2030,
    2030,
    2030,
    2200,
    3000,
    3000,
    3000,
    3000,
    3200,
    3750,
    3750,
    4150,
    4150,
    4150,
    4150,
    4300,
    4300,
    4300,
    4300,
    4850,
    4850,
    4850,
    4850,
    5000,
    5000,
    5000,
    6100,
    6100,
    6100,
    6300,
    6450,
    6450,
    6700,
    7450,
    7800,
    7800,
    8100,
    8100,
    8200,
    8500,
    8500,
    8500,
    8750,
    8750,
    9400,
    9900,
    10100,
    10100,
    10100,
    11500,
  ),
];
