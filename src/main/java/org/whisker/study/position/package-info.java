/** Heatmaps and probe maps as jobs. */
package org.whisker.study.position;
