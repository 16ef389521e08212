/** Charts of heatmaps and probes, drawn from their tables. */
package org.whisker.chart.position;
