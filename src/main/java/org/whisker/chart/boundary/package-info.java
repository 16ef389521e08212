/** Charts of the tables of {@code boundary}. */
package org.whisker.chart.boundary;
