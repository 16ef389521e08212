/** Charts of evolution: an evolved image, and how a run came to it. */
package org.whisker.chart.evolve;
