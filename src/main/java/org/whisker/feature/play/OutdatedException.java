package org.whisker.feature.play;

import java.util.concurrent.CancellationException;

/** Something newer was asked for before this was begun. */
public final class OutdatedException extends CancellationException {
  private static final long serialVersionUID = 1;

  OutdatedException() {
    super("a newer request took its place");
  }
}
