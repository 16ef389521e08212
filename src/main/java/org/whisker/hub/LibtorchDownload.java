package org.whisker.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.whisker.hub.HubClient.HubException;
import org.whisker.hub.HubDownload.Watchdog;
import org.whisker.io.AtomicFiles;
import org.whisker.value.Text;

/**
 * Fetches DJL's build of libtorch for a GPU into a folder, from where DJL publishes it: an index of
 * files, {@code FLAVOUR/SYSTEM/native/lib/NAME.gz}, and each of them, compressed. What was fetched
 * whole before stays.
 */
public final class LibtorchDownload {
  /** The address where DJL publishes libtorch; the variable of this class names a mirror. */
  public static final String PUBLISHER = "https://publish.djl.ai/pytorch";

  /** Environment variable: a mirror of {@link #PUBLISHER}. */
  public static final String MIRROR = "WHISKER_LIBTORCH_MIRROR";

  private static final int LONGEST_INDEX = 1 << 20;
  private static final long LARGEST_LIBRARY = 8L << 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI version;
  private final HubClient client;
  private final BooleanSupplier stopped;

  /**
   * Prepares to fetch.
   *
   * @param environment returns the value of an environment variable, or null
   * @param libtorch its version, for example 2.7.1
   * @param stopped polled between reads
   * @throws IllegalArgumentException for a mirror that is no address, or not encrypted
   */
  public LibtorchDownload(
      UnaryOperator<@Nullable String> environment, String libtorch, BooleanSupplier stopped) {
    URI base = HubDownload.endpoint(MIRROR, environment.apply(MIRROR), PUBLISHER);
    this.version = URI.create(base.toString().replaceFirst("/+$", "") + "/" + libtorch + "/");
    this.client = new HubClient(version, environment);
    this.stopped = stopped;
  }

  /**
   * The publisher's list of files, by which DJL finds builds; a line each.
   *
   * @throws IOException in one line
   */
  public String index() throws IOException {
    try (InputStream body = open("files.txt")) {
      byte[] bytes = body.readNBytes(LONGEST_INDEX);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * The files of a build.
   *
   * @param index as {@link #index} gives it
   * @param flavour such as {@code cu128}
   * @param system as DJL names it
   * @throws HubException when there are none
   */
  public List<String> files(String index, String flavour, String system) throws HubException {
    List<String> lines =
        index.lines().filter(line -> line.startsWith(flavour + "/" + system + "/")).toList();
    if (lines.isEmpty()) {
      throw new HubException(
          "%s has no libtorch %s for %s".formatted(version.getHost(), flavour, system));
    }
    return lines;
  }

  /**
   * Fetches a build.
   *
   * @param files as {@link #files} gives them
   * @param into an existing folder
   * @param fetched receives how many of them are there
   * @return false when it was stopped
   * @throws IOException in one line; files that are whole are kept
   */
  public boolean fetch(List<String> files, Path into, IntConsumer fetched) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Path library = into.resolve(name(files.get(i)));
      if (!Files.exists(library) && !fetch(files.get(i), library)) {
        return false;
      }
      fetched.accept(i + 1);
    }
    return true;
  }

  private static String name(String line) throws HubException {
    String last = line.substring(line.lastIndexOf('/') + 1);
    String name = URLDecoder.decode(last, StandardCharsets.UTF_8);
    if (!name.endsWith(".gz") || !name.matches("[A-Za-z0-9_][A-Za-z0-9._+-]*")) {
      throw new HubException("the list of files names '" + last + "', which is no library's name");
    }
    return name.substring(0, name.length() - ".gz".length());
  }

  private boolean fetch(String line, Path library) throws IOException {
    Path part = library.resolveSibling("." + library.getFileName() + ".part");
    try (InputStream body = open(line);
        Watchdog watchdog = new Watchdog(body, PATIENCE);
        InputStream bytes = new GZIPInputStream(body)) {
      if (!copy(bytes, part, watchdog)) {
        return false;
      }
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private boolean copy(InputStream in, Path part, Watchdog watchdog) throws IOException {
    AtomicFiles.requirePlain(part);
    try (var out = Files.newOutputStream(part)) {
      byte[] buffer = new byte[1 << 16];
      long at = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        at += n;
        if (stopped.getAsBoolean()) {
          return false;
        }
        if (at > LARGEST_LIBRARY) {
          throw new HubException(part + " is more than 8 GiB; nothing of it was kept");
        }
        out.write(buffer, 0, n);
        watchdog.moved();
      }
      return true;
    }
  }

  private InputStream open(String path) throws IOException {
    try {
      HttpResponse<InputStream> response = client.open(version.resolve(path), 0);
      if (response.statusCode() != 200) {
        response.body().close();
        throw new IOException(Text.of("%s answers %d;", version.getHost(), response.statusCode()));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("interrupted", e);
    } catch (IOException e) {
      String reason =
          HubDownload.isUnreachable(e)
              ? version.getHost() + " cannot be reached; is this machine offline?"
              : String.valueOf(e.getMessage());
      throw new IOException("%s: %s %s names a mirror".formatted(path, reason, MIRROR), e);
    }
  }
}
