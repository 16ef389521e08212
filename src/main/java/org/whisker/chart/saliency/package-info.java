/** The charts of a saliency job, over its tables. */
package org.whisker.chart.saliency;
