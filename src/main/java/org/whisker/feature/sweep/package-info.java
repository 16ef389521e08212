/**
 * {@code sweep}: a list of tasks in a folder that any number of processes share; scripts and
 * manifests for schedulers; other engines by {@link org.whisker.feature.sweep.SweepEngine}.
 */
package org.whisker.feature.sweep;
