/** Commands of sweeps: plan, work, status, collect, emit. */
package org.whisker.cli.sweep;
