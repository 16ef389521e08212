/** Charts of a report in addition to those of its experiments: comparisons of models. */
package org.whisker.chart.report;
