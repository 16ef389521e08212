package org.whisker.io;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.whisker.value.IoConsumer;
import org.whisker.value.IoRunnable;

/**
 * Writes files whole or not at all: under a temporary name beside the target, forced to the disk,
 * then renamed. On failure the target is unchanged and the temporary file is removed.
 */
public final class AtomicFiles {
  private static final int RETRIES = 8;
  private static final long PAUSE_NANOS = 4_000_000;

  /** Nine digits that tell this run from others whose process has the same number. */
  private static final String RUN =
      String.valueOf(100_000_000 + new SecureRandom().nextInt(900_000_000));

  /**
   * Digits that tell the machine and its container: what runs elsewhere can't be looked up here,
   * and its numbers come again.
   */
  private static final String PLACE = place();

  /** Of the process, as its number is in the same names: no two of its files may have one. */
  private static final AtomicLong NUMBER = new AtomicLong();

  private static final String QUOTA = "quota exceeded";

  private AtomicFiles() {}

  /**
   * Writes {@code target}, creating its folders and replacing an existing file; a pipe or device
   * stays what it is.
   *
   * @throws IOException in one line that names the file, with the cause attached
   */
  public static void write(Path target, IoConsumer<OutputStream> content) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
      throw new IOException(target + " is a pipe or device; name a file");
    }
    Path partial = temporary(target, ".partial");
    try {
      createParent(target);
      force(partial, content);
      rename(partial, target);
    } catch (IOException e) {
      throw inOneLine(target, e);
    } finally {
      cleanUp(partial);
    }
  }

  /**
   * Writes {@code target} unless there is one, which is left as it is: of several writers, also on
   * several machines that share the folder, the first wins.
   *
   * @return whether it was written
   * @throws IOException in one line that names the file, with the cause attached
   */
  public static boolean create(Path target, byte[] bytes) throws IOException {
    Path partial = temporary(target, ".partial");
    try {
      createParent(target);
      force(partial, out -> out.write(bytes));
      return link(partial, target);
    } catch (IOException e) {
      throw inOneLine(target, e);
    } finally {
      cleanUp(partial);
    }
  }

  private static boolean link(Path partial, Path target) throws IOException {
    try {
      Files.createLink(target, partial);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // no hard links here: between the two lines another may come first, and is then replaced
      if (Files.exists(target)) {
        return false;
      }
      rename(partial, target);
      return true;
    }
  }

  private static void force(Path partial, IoConsumer<OutputStream> content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(new ChannelStream(channel), 1 << 16);
      content.accept(out);
      out.flush();
      channel.force(true);
    }
  }

  public static void write(Path target, byte[] bytes) throws IOException {
    write(target, out -> out.write(bytes));
  }

  /**
   * Adds text to a file, which may not be there, in one write: of two writers neither loses what it
   * adds.
   *
   * @throws IOException in one line that names the file, with the cause attached
   */
  public static void append(Path target, String text) throws IOException {
    try {
      createParent(target);
      try (FileChannel channel =
          FileChannel.open(
              target,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND,
              LinkOption.NOFOLLOW_LINKS)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
    } catch (IOException e) {
      throw inOneLine(target, e);
    }
  }

  /** Writes text as UTF-8. */
  public static void write(Path target, String text) throws IOException {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Removes what was half written; best effort: an exception here would hide the original one. */
  public static void cleanUp(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      partial.toFile().deleteOnExit();
    }
  }

  static void createParent(Path target) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  /** Renames a file that is whole; where the system can, in one step. */
  public static void rename(Path from, Path to) throws IOException {
    patiently(
        () -> {
          try {
            Files.move(
                from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
          }
        },
        File.separatorChar == '\\' ? RETRIES : 0);
  }

  /**
   * Tries again, for about a second: on Windows nobody can replace a file that a virus scanner or
   * an indexer is just looking at.
   */
  static void patiently(IoRunnable attempt, int retries) throws IOException {
    for (int i = 0; ; i++) {
      try {
        attempt.run();
        return;
      } catch (AccessDeniedException e) {
        if (i >= retries) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS << i);
      }
    }
  }

  /**
   * What went wrong while {@code target} was written, in one line that names it and, for a full
   * disk, the mend.
   */
  public static IOException inOneLine(Path target, IOException e) {
    if (e instanceof NotWritten inner) {
      return new NotWritten(target, inner.reason, e);
    }
    String reason = why(e);
    String small = reason.toLowerCase(Locale.ROOT);
    if (isFull(small)) {
      reason = "the disk is full; free some space and run this again";
    } else if (small.contains(QUOTA)) {
      reason = "the disk quota is used up; free some space and run this again";
    } else if (small.contains("file too large")) {
      reason =
          "files of its size are not allowed; raise the limit (ulimit -f), or name a place"
              + " elsewhere";
    } else if (small.contains("read-only file system")) {
      reason = "it lies on a file system that is read-only; name a place elsewhere";
    }
    return new NotWritten(target, reason, e);
  }

  /** Whether the disk is full or broken, so that no place on it would do. */
  public static boolean isOfTheDisk(FileSystemException e) {
    String small = String.valueOf(e.getReason()).toLowerCase(Locale.ROOT);
    return isFull(small) || small.contains(QUOTA) || small.contains("input/output error");
  }

  private static boolean isFull(String reason) {
    return reason.contains("no space left") || reason.contains("not enough space");
  }

  private static final class NotWritten extends IOException {
    private static final long serialVersionUID = 1;
    private final String reason;

    NotWritten(Path target, String reason, IOException cause) {
      super(target + " could not be written: " + reason, cause);
      this.reason = reason;
    }
  }

  private static String why(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file where its folder should be";
    } else if (e instanceof AccessDeniedException) {
      return "you may not write there; check the permissions of its folder";
    } else if (e instanceof NoSuchFileException) {
      return "its folder is gone; name one that is there";
    }
    String message = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return message == null
        ? "the system refuses it; name a place elsewhere"
        : message.lines().findFirst().orElse("unknown trouble");
  }

  /**
   * A hidden name beside {@code target} that nobody else takes: another container that shares the
   * folder has processes of the same number.
   *
   * @param suffix such as {@code .partial}
   */
  public static Path temporary(Path target, String suffix) {
    Path name = target.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("not a file: " + target);
    }
    String unique = ProcessHandle.current().pid() + "-" + PLACE + RUN + NUMBER.incrementAndGet();
    return target.resolveSibling("." + name + "." + unique + suffix);
  }

  /**
   * Whether a temporary name is of this run of the program, and not of one that had the same
   * number.
   *
   * @param unique the digits behind the number of the process
   */
  public static boolean isOfThisRun(String unique) {
    return unique.startsWith(PLACE + RUN);
  }

  /**
   * Whether a temporary name is of another machine or container, whose processes this one can't
   * see.
   *
   * @param unique the digits behind the number of the process
   */
  public static boolean isOfAnotherPlace(String unique) {
    return unique.length() > PLACE.length() + RUN.length() && !unique.startsWith(PLACE);
  }

  private static String place() {
    String known;
    try {
      known =
          Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
              + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      known = ""; // a system that shows neither
    }
    return String.valueOf(10_000 + Math.floorMod(known.hashCode(), 90_000));
  }

  /**
   * Refuses to write a file through a link to somewhere else, or into a pipe that nobody reads.
   *
   * @throws IOException in one line, when it is there and no plain file
   */
  public static void requirePlain(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is a link, pipe or device; remove it");
    }
  }

  /** Whether something failed since a file could not be written. */
  public static boolean isNotWritten(IOException e) {
    return e instanceof NotWritten;
  }

  private static final class ChannelStream extends OutputStream {
    private final FileChannel channel;

    ChannelStream(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      var buffer = java.nio.ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }
}
