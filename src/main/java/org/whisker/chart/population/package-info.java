/** Charts of populations of networks, drawn from their tables. */
package org.whisker.chart.population;
