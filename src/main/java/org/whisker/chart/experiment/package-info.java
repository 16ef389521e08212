/**
 * Charts of experiments: of their arms, effects and observations, and of additional measurements of
 * some.
 */
package org.whisker.chart.experiment;
