package org.whisker.hub;

import java.io.IOException;

/** A failure that a retry cannot fix; the one-line message names the cause and the remedy. */
public final class HubException extends IOException {
  private static final long serialVersionUID = 1;

  HubException(String message) {
    super(message);
  }

  HubException(String message, Throwable cause) {
    super(message, cause);
  }
}
