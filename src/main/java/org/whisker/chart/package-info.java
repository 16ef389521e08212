/**
 * Charts of results, built from the kit. Draws the numbers in tables; computes no statistics and
 * runs no models.
 */
package org.whisker.chart;
