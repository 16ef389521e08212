/**
 * The building blocks of charts: drawings as PNG and SVG and their layout, colours, ticks, legends,
 * grids of cells, colour maps, line plots. Only this package uses XChart.
 */
package org.whisker.chart.kit;
