package org.whisker.command;

import java.util.Iterator;
import java.util.List;

/**
 * The completion of a model's name. Which models there are is known when the key is pressed, not
 * when the script is written, so a mark stands in the place of their names.
 */
public final class ModelNames implements Iterable<String> {
  public static final String MARK = "@MODELS@";

  @Override
  public Iterator<String> iterator() {
    return List.of(MARK).iterator();
  }
}
