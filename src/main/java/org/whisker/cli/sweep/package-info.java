/** Commands of sweeps: plan, work, status, collect. */
package org.whisker.cli.sweep;
