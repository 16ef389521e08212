/**
 * What people see: CSV, NPY, heatmaps, charts and the self-contained HTML report. Takes values,
 * never a classifier.
 */
package org.whisker.report;
