package org.whisker.feature.sweep;

import org.whisker.job.InvalidRequestException;

/**
 * What a job is given.
 *
 * @param cpus cores, at least 1
 * @param memoryMib memory in MiB, at least 512: the JVM's heap and libtorch's own
 */
public record Resources(int cpus, int memoryMib) {
  private static final int LEAST_MIB = 512;

  public Resources {
    InvalidRequestException.refuse(cpus < 1, "--cpus must be at least 1, was " + cpus);
    InvalidRequestException.refuse(
        memoryMib < LEAST_MIB, "--memory must be at least 512 (MiB), was " + memoryMib);
  }
}
