/** Charts of evolution: the development of a run's best image. */
package org.whisker.chart.evolve;
