/**
 * Where things lie on the canvas: heatmaps of evolved pixels, their density by nearness to the
 * edge, and maps of what one black pixel does. The only user of ND4J, which is loaded by the first
 * {@link org.whisker.position.PixelMap}; it brings its own OpenMP threads, so make maps before or
 * after a network runs, not beside it.
 */
package org.whisker.position;
