/** {@code heatmap} and {@code probe}: options and text. */
package org.whisker.cli.position;
