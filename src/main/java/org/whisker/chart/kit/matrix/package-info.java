/** Matrices of coloured cells with text in them. */
package org.whisker.chart.kit.matrix;
