/**
 * Positions on the canvas: heatmaps of evolved pixels, their density by distance from the edge, and
 * maps of the effect of one black pixel. The only user of ND4J, which is loaded by the first {@link
 * org.whisker.position.PixelMap}; it has its own OpenMP threads, so compute maps before or after a
 * network runs, not at the same time.
 */
package org.whisker.position;
