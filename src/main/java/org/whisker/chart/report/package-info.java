/** Charts of a report beside those of its experiments: how models compare. */
package org.whisker.chart.report;
