package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.dataset.PhotoCache;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoSet;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.ImageFiles;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;

/**
 * Photos of a folder, decoded.
 *
 * @param photos the readable ones, of both labels
 * @param unreadable how many were left out
 */
public record PhotoReading(List<CachedPhoto> photos, int unreadable) {
  public PhotoReading {
    photos = List.copyOf(photos);
  }

  /**
   * Decodes a photo folder with progress; those that can't be read are named in one line.
   *
   * @param planes 1 for their gray, 3 for their colours
   * @throws IOException when it is no photo folder, or one of its halves has no readable photo
   */
  public static PhotoReading of(Path folder, int planes, JobContext context) throws IOException {
    return of(PhotoSet.of(PhotoFolder.open(folder)), planes, context);
  }

  /**
   * Decodes photos wherever they lie, with progress; those that can't be read are named in one
   * line.
   *
   * @param planes 1 for their gray, 3 for their colours
   * @throws IOException when no photo of one label can be read
   */
  public static PhotoReading of(PhotoSet listed, int planes, JobContext context)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    PhotoCache cache;
    try (Progress progress = context.progress("reading " + listed.name(), listed.photos().size())) {
      cache =
          PhotoCache.decode(
              listed.photos(), file -> ImageFiles.read(file, planes), threads, progress::stepTo);
    }
    if (!cache.unreadable().isEmpty()) {
      context.note(cache.unreadableSummary(3));
    }
    PhotoReading reading = new PhotoReading(cache.photos(), cache.unreadable().size());
    for (Label label : Label.values()) {
      if (reading.count(label) == 0) {
        throw new IOException(
            "no %s photo of %s can be read; add some that can"
                .formatted(label.folder(), listed.name()));
      }
    }
    return reading;
  }

  public int count(Label label) {
    return (int) photos.stream().filter(photo -> photo.photo().label() == label).count();
  }
}
