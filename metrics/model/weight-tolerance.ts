/** How far the weights of an index may be from 1 together: thirds are written with six digits or more. */
export const WEIGHT_TOLERANCE = 1e-6;
