package org.whisker.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.parallel.Crew;
import org.whisker.value.Checks;
import org.whisker.value.IoFunction;
import org.whisker.value.Text;

/**
 * Photos decoded once, so that an epoch reads no files. A photo of 160×213 takes 34 kB.
 *
 * @param photos the readable ones, in the order in which they were given
 * @param unreadable the others, in that order too
 */
public record PhotoCache(List<CachedPhoto> photos, List<Unreadable> unreadable) {
  public PhotoCache {
    photos = List.copyOf(photos);
    unreadable = List.copyOf(unreadable);
  }

  private sealed interface Outcome {}

  private record Decoded(CachedPhoto photo) implements Outcome {}

  /** A photo that was skipped, and the decoder's reason. */
  public record Unreadable(Photo photo, String reason) implements Outcome {}

  /**
   * Decodes {@code photos} on {@code threads} threads of its own. A photo that can't be read is
   * skipped and listed, without aborting the rest.
   *
   * @param progress receives the number of finished photos, from 1 to all; calls do not overlap
   * @throws IOException if none can be read
   * @throws InterruptedIOException when the thread is interrupted
   * @throws IllegalArgumentException for fewer than one thread
   */
  public static PhotoCache decode(
      List<Photo> photos, IoFunction<Path, PlanarImage> decoder, int threads, IntConsumer progress)
      throws IOException {
    Checks.refuse(threads < 1, "threads must be at least 1, was %s", threads);
    Counter counter = new Counter(progress);
    List<Crew.Task<Outcome>> tasks = new ArrayList<>();
    for (Photo photo : photos) {
      tasks.add(
          ended -> {
            Outcome outcome = decodeOne(photo, decoder);
            counter.increment();
            return outcome;
          });
    }
    PhotoCache cache = collect(runAll(tasks, threads));
    if (cache.photos.isEmpty() && !photos.isEmpty()) {
      throw new IOException(cache.unreadableSummary(1));
    }
    return cache;
  }

  /** One line: the number of skipped photos, and the names of at most {@code atMost} of them. */
  public String unreadableSummary(int atMost) {
    String named =
        unreadable.stream()
            .limit(atMost)
            .map(each -> each.photo().file() + " (" + each.reason() + ")")
            .collect(Collectors.joining(", "));
    return Text.of(
        "%d of %d photos can't be read and are left out: %s%s",
        unreadable.size(),
        photos.size() + unreadable.size(),
        named,
        unreadable.size() > atMost ? ", and more" : "");
  }

  private static Outcome decodeOne(Photo photo, IoFunction<Path, PlanarImage> decoder) {
    try {
      return new Decoded(CachedPhoto.of(photo, decoder.apply(photo.file())));
    } catch (IOException e) {
      String message = e.getMessage();
      return new Unreadable(photo, message == null ? e.getClass().getSimpleName() : message);
    }
  }

  private static List<Outcome> runAll(List<Crew.Task<Outcome>> tasks, int threads)
      throws InterruptedIOException {
    try (Crew crew = new Crew(threads)) {
      return crew.run(tasks, RuntimeException.class);
    } catch (CancellationException e) {
      throw new InterruptedIOException("interrupted while decoding photos");
    }
  }

  private static PhotoCache collect(List<Outcome> outcomes) {
    List<CachedPhoto> readable = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Decoded decoded) {
        readable.add(decoded.photo);
      } else if (outcome instanceof Unreadable left) {
        unreadable.add(left);
      }
    }
    return new PhotoCache(readable, unreadable);
  }

  /** Counts from several threads and reports each count in turn. */
  private static final class Counter {
    private final IntConsumer progress;
    private final ReentrantLock lock = new ReentrantLock();
    private int done;

    Counter(IntConsumer progress) {
      this.progress = progress;
    }

    void increment() {
      lock.lock();
      try {
        done++;
        progress.accept(done);
      } finally {
        lock.unlock();
      }
    }
  }

  /** A decoded photo, at its own size, one byte per pixel and plane. Immutable. */
  public static final class CachedPhoto implements Raster {
    private static final int WHITE = 255;

    private final Photo photo;
    private final Canvas canvas;
    private final byte[] values;

    private CachedPhoto(Photo photo, Canvas canvas, byte[] values) {
      this.photo = photo;
      this.canvas = canvas;
      this.values = values;
    }

    /** Rounds {@code image} to 8 bits: lossless if it came from an 8-bit file. */
    static CachedPhoto of(Photo photo, PlanarImage image) {
      byte[] values = new byte[image.planes() * image.canvas().pixels()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) Math.round(Math.min(1f, Math.max(0f, image.at(i))) * WHITE);
      }
      return new CachedPhoto(photo, image.canvas(), values);
    }

    public Photo photo() {
      return photo;
    }

    @Override
    public Canvas canvas() {
      return canvas;
    }

    @Override
    public int planes() {
      return values.length / canvas.pixels();
    }

    /** A value by its place among those of all planes, 0 black to 255 white. */
    public int gray(int index) {
      return values[index] & 0xFF;
    }

    /** All values, plane after plane, each row-major, read-only. */
    public ByteBuffer bytes() {
      return ByteBuffer.wrap(values).asReadOnlyBuffer();
    }

    @Override
    public void paint(float[] target, int offset) {
      if (planes() == 1) {
        paintStored(target, offset);
      } else {
        PlanarImage.from(this).paint(target, offset);
      }
    }

    @Override
    public void paint(float[] target, int offset, int planes) {
      if (planes == planes()) {
        paintStored(target, offset);
      } else {
        Raster.super.paint(target, offset, planes);
      }
    }

    private void paintStored(float[] target, int offset) {
      for (int i = 0; i < values.length; i++) {
        target[offset + i] = (values[i] & 0xFF) / (float) WHITE;
      }
    }

    @Override
    public String toString() {
      return "CachedPhoto " + photo.file() + " " + canvas;
    }
  }
}
