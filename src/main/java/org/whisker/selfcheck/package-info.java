/**
 * The chain from evolution to the verdict, held against planted classifiers: the matrix of plants
 * by hypotheses, and calibration by simulated reports.
 */
package org.whisker.selfcheck;
