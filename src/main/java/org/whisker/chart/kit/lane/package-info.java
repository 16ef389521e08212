/**
 * Rows with a name and their marks along a shared axis of values: single values as dots, means with
 * intervals, text.
 */
package org.whisker.chart.kit.lane;
