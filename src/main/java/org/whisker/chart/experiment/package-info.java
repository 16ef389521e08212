/**
 * Charts of experiments: of their arms, effects and observations, and of what some measure besides.
 */
package org.whisker.chart.experiment;
