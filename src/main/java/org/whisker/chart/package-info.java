/**
 * Charts of results, made of the kit. Draws numbers that tables hold; computes no statistics and
 * runs no model.
 */
package org.whisker.chart;
