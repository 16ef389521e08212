/** Tables of sweeps. */
package org.whisker.table.sweep;
