/**
 * What charts are made of: drawings as PNG and SVG, axes, ticks, colour maps and bars, lanes of
 * dots with intervals, matrices, maps, lines. The only user of XChart.
 */
package org.whisker.chart.kit;
