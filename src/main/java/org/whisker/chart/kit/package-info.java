/**
 * What charts are made of: drawings as PNG and SVG and how they are laid out, inks, ticks, legends,
 * grids of cells, maps with their colours, lines. The only user of XChart.
 */
package org.whisker.chart.kit;
