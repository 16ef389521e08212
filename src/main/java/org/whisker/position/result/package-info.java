/**
 * Tables of heatmaps and probes: the positions of black pixels, and the effect of a single pixel at
 * each place.
 */
package org.whisker.position.result;
