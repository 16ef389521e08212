/**
 * Planted classifiers: formulas whose every cause is known, as experiments intervene on them. The
 * chain from evolution to the verdict is held against them: the matrix of plants by hypotheses, and
 * calibration by simulated reports.
 */
package org.whisker.planted;
