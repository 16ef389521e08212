/** Charts of sweeps. */
package org.whisker.chart.sweep;
