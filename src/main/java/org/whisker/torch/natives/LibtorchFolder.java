package org.whisker.torch.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.whisker.classifier.Sha256;

/**
 * A folder of libtorch's libraries that did not come with whisker's own: a build for GPUs, which
 * DJL loads from its cache.
 *
 * @param path the folder
 */
public record LibtorchFolder(Path path) {
  /** Environment variable: what {@link #sha256} must be before the libraries are loaded. */
  public static final String PIN = "WHISKER_LIBTORCH_SHA256";

  /** What DJL adds to the folder when it is first used, from a jar on the class path. */
  private static final String BINDING = "djl_torch";

  private static final String GPU_BUILD = ".+-cu\\d{3}-.+";

  /**
   * The SHA-256 of a list of the libraries, sorted by name, each a line {@code sha256sum} would
   * print. In the folder, {@code ls | grep -v djl_torch | LC_ALL=C sort | xargs sha256sum |
   * sha256sum} says the same.
   */
  public String sha256() throws IOException {
    StringBuilder list = new StringBuilder();
    for (Path library : libraries()) {
      list.append(Sha256.of(library)).append("  ").append(library.getFileName()).append('\n');
    }
    return Sha256.ofText(list.toString());
  }

  private List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> !file.getFileName().toString().contains(BINDING))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }

  /**
   * Holds every build for GPUs that DJL could load against a hash.
   *
   * @param pinned 64 hexadecimal digits
   * @param library the folder that {@code PYTORCH_LIBRARY_PATH} names, or an empty text
   * @param cache DJL's folder of libtorch's builds, looked into where no folder is named
   * @throws IOException in one line, for another hash or where nothing was fetched
   */
  public static void check(String pinned, String library, Path cache) throws IOException {
    String hash = pinned.strip().toLowerCase(Locale.ROOT);
    if (!Sha256.isHash(hash)) {
      throw new IOException(PIN + " is 64 hexadecimal digits, was '" + pinned + "'");
    }
    List<LibtorchFolder> folders =
        library.isEmpty() ? builds(cache) : List.of(new LibtorchFolder(Path.of(library)));
    if (folders.isEmpty()) {
      throw new IOException(
          PIN
              + " is set, and there is no build for GPUs; let WHISKER_GPU=1 whisker doctor download"
              + " it first, without "
              + PIN);
    }
    for (LibtorchFolder folder : folders) {
      folder.require(hash);
    }
  }

  private static List<LibtorchFolder> builds(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(cache)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches(GPU_BUILD))
          .map(LibtorchFolder::new)
          .toList();
    }
  }

  /**
   * Requires a hash.
   *
   * @throws IOException naming both
   */
  public void require(String hash) throws IOException {
    String found = sha256();
    if (!found.equals(hash)) {
      throw new IOException(
          "%s has the SHA-256 %s, not %s as pinned; it was not loaded: delete it"
              .formatted(path, found, hash));
    }
  }
}
