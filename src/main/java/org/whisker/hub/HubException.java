package org.whisker.hub;

import java.io.IOException;

/** A failure that trying again does not mend; one line says what, and the mend. */
public final class HubException extends IOException {
  private static final long serialVersionUID = 1;

  HubException(String message) {
    super(message);
  }

  HubException(String message, Throwable cause) {
    super(message, cause);
  }
}
