package org.whisker.feature.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.CheckedPhoto;
import org.whisker.dataset.DuplicateGroup;
import org.whisker.dataset.ListedPhoto;
import org.whisker.dataset.PerceptualHash;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;

/** What was found in a dataset. */
public record DatasetCheck(
    List<CheckedPhoto> photos, List<Unreadable> unreadable, List<DuplicateGroup> duplicates) {
  private static final int CHUNK = 64;

  /** A file that is no picture, and why. */
  public record Unreadable(ListedPhoto photo, String why) {}

  /** One photo: read, or not. */
  private record Reading(List<CheckedPhoto> read, List<Unreadable> failed) {}

  public static DatasetCheck of(List<ListedPhoto> listed, JobContext context) {
    List<CheckedPhoto> photos = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    try (Progress progress = context.progress("checking photos", listed.size())) {
      for (int from = 0; from < listed.size(); from += CHUNK) {
        int to = Math.min(listed.size(), from + CHUNK);
        for (Reading each :
            listed.subList(from, to).parallelStream().map(DatasetCheck::read).toList()) {
          photos.addAll(each.read());
          unreadable.addAll(each.failed());
        }
        progress.stepTo(to);
      }
    }
    return new DatasetCheck(photos, unreadable, DuplicateGroup.find(photos));
  }

  private static Reading read(ListedPhoto photo) {
    try {
      GrayImage image = ImageFiles.readGray(photo.file());
      String hash = Sha256.of(photo.file());
      return new Reading(
          List.of(new CheckedPhoto(photo, image.canvas(), hash, PerceptualHash.of(image))),
          List.of());
    } catch (IOException e) {
      return new Reading(
          List.of(), List.of(new Unreadable(photo, FailureMessage.oneLine(FailureMessage.of(e)))));
    }
  }

  /** Whether training should wait. */
  public boolean isBad() {
    return !unreadable.isEmpty() || duplicates.stream().anyMatch(DuplicateGroup::crossesLabels);
  }

  /** What was found, for a manifest. */
  public Map<String, Integer> counts(int size) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("readable", photos.size());
    counts.put("unreadable", unreadable.size());
    counts.put("below_size", below(size));
    counts.put("same_file", groups(g -> g.exact() ? 1 : 0));
    counts.put("same_picture", groups(g -> g.exact() ? 0 : 1));
    counts.put("surplus", groups(g -> g.photos().size() - 1));
    counts.put("across_splits", groups(g -> g.crossesSplits() ? 1 : 0));
    counts.put("across_labels", groups(g -> g.crossesLabels() ? 1 : 0));
    return counts;
  }

  int groups(ToIntFunction<DuplicateGroup> counted) {
    return duplicates.stream().mapToInt(counted).sum();
  }

  public int below(int size) {
    return (int)
        photos.stream().filter(p -> Math.min(p.size().width(), p.size().height()) < size).count();
  }
}
