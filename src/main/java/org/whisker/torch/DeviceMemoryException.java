package org.whisker.torch;

/**
 * There is not enough memory for a single picture; the message names the computation and the
 * device.
 */
public final class DeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeviceMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
