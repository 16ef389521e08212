/**
 * Spark as an engine of sweeps, and the only user of it. It is built by the profile {@code spark}
 * alone.
 */
package org.whisker.spark;
