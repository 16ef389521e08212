package org.whisker.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder whose tables, manifests and tasks name files in it. Anybody may have written them, so a
 * name becomes a path here alone, and none leads out of the folder.
 */
public record Contained(Path folder) {
  /** An empty name, an absolute one, one with an empty part, {@code .} or {@code ..}. */
  private static final Pattern NO_NAME =
      Pattern.compile("(?s)\\s*|.*[\\\\\\x00].*|(?:.*/)?\\.{0,2}(?:/.*)?|[A-Za-z]:.*");

  /**
   * The path of a name.
   *
   * @param name relative to the folder, with slashes
   * @throws IOException in one line, when it would lead elsewhere
   */
  public Path resolve(String name) throws IOException {
    if (NO_NAME.matcher(name).matches()) {
      throw new IOException(
          folder + ": '" + name + "' is no name of a file in it; restore what names it");
    }
    return folder.resolve(name);
  }

  /** Whether there is a file of that name in the folder. */
  public boolean has(String name) {
    return !NO_NAME.matcher(name).matches() && Files.isRegularFile(folder.resolve(name));
  }

  /**
   * Refuses a folder that shows more than it holds, before it is shared.
   *
   * @throws IOException in one line that names a link in it to a file or folder elsewhere
   */
  public void requireNoWayOut() throws IOException {
    Path real = folder.toRealPath();
    List<Path> links;
    try (Stream<Path> all = Files.walk(real)) {
      links = all.filter(Files::isSymbolicLink).filter(Files::exists).toList();
    }
    for (Path link : links) {
      if (!link.toRealPath().startsWith(real)) {
        throw new IOException(
            folder.resolve(real.relativize(link))
                + " is a link out of "
                + folder
                + ", where nothing is shared from; put the file in its place");
      }
    }
  }
}
