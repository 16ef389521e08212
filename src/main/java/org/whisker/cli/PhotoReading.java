package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.dataset.CachedPhoto;
import org.whisker.dataset.Label;
import org.whisker.dataset.PhotoCache;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoSet;
import org.whisker.image.ImageFiles;

/**
 * Photos of a folder, decoded.
 *
 * @param photos the readable ones, of both labels
 * @param unreadable how many were left out
 */
record PhotoReading(List<CachedPhoto> photos, int unreadable) {
  PhotoReading {
    photos = List.copyOf(photos);
  }

  /**
   * Decodes a photo folder with progress; those that can't be read are named in one line.
   *
   * @throws IOException when it is no photo folder, or one of its halves has no readable photo
   */
  static PhotoReading of(Path folder, Environment environment, CommonOptions common)
      throws IOException {
    return of(PhotoSet.of(PhotoFolder.open(folder)), environment, common);
  }

  /**
   * As above, for photos wherever they lie.
   *
   * @throws IOException when no photo of one label can be read
   */
  static PhotoReading of(PhotoSet listed, Environment environment, CommonOptions common)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    PhotoCache cache;
    try (Progress progress =
        Progress.start(environment, common, "reading " + listed.name(), listed.photos().size())) {
      cache = PhotoCache.decode(listed.photos(), ImageFiles::readGray, threads, progress::stepTo);
    }
    if (!cache.unreadable().isEmpty() && !common.quiet()) {
      environment.err().println("whisker: " + cache.unreadableSummary(3));
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

  int count(Label label) {
    return (int) photos.stream().filter(photo -> photo.photo().label() == label).count();
  }
}
