/** What Slurm and Kubernetes need to run a sweep. */
package org.whisker.sweep.emit;
