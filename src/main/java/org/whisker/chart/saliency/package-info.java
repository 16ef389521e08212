/** The charts of a saliency job, drawn from its tables. */
package org.whisker.chart.saliency;
