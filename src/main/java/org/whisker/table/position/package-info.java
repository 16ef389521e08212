/** Tables of heatmaps and probes: where black pixels lie, and what one pixel does at each place. */
package org.whisker.table.position;
