/** {@code heatmap} and {@code probe}: where pixels lie, and what one pixel does at each place. */
package org.whisker.feature.position;
