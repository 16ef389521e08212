package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.DatasetListing;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.dataset.DuplicateGroup;
import org.whisker.dataset.DuplicateGroup.CheckedPhoto;
import org.whisker.dataset.DuplicateGroup.PerceptualHash;
import org.whisker.dataset.DuplicateGroup.PhotoRings;
import org.whisker.dataset.PhotoSet.Classes;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.feature.train.DatasetJob.DatasetConfig;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.io.ClassWords;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.parallel.Crew;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** Looks for duplicates and unreadable files among photos. */
public final class DatasetJob extends ResumableJob<DatasetConfig, DatasetJob.Result> {
  private static final String COMMAND = "dataset check";

  private static final List<String> DECISIVE = List.of("command", "source", "size", "photos");

  public DatasetJob(JobContext context) {
    super(context, COMMAND, DatasetConfig.class);
  }

  /**
   * What was found.
   *
   * @param folder the folder that holds the tables
   * @param size photos with a shorter side below this are counted
   */
  public record Result(Path folder, DatasetCheck check, int size) implements Outcome {}

  /**
   * Reads all photos and writes {@code photos.csv}, {@code duplicates.csv} and {@code
   * photo_rings.csv}.
   *
   * @throws IOException when there are no photos
   */
  @Override
  public Result run(DatasetConfig config, JobFolder.Place place) throws IOException {
    List<ListedPhoto> listed =
        DatasetListing.of(config.source(), new Classes(config.target().orElse(Label.CAT.folder())));
    Map<String, Object> content = Provenance.manifest(COMMAND, context);
    config
        .target()
        .filter(name -> !name.equals(Label.CAT.folder()))
        .ifPresent(it -> content.put(ClassWords.CLASS, it));
    content.put("source", config.source().toString());
    content.put("size", config.size());
    content.put("photos", listed.size());
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(context.home().analyses(), "dataset-check", content, config, DECISIVE),
        folder -> check(folder, listed, config.size()));
  }

  private Result check(JobFolder job, List<ListedPhoto> listed, int size) throws IOException {
    job.begin();
    Path folder = job.folder();
    DatasetCheck check = DatasetCheck.of(listed, context);
    DatasetPhotoRow.TABLE.writeIn(folder, photos(check));
    DuplicateRow.TABLE.writeIn(folder, duplicates(check));
    PhotoRingRow.TABLE.writeIn(folder, rings(check));
    job.finish(Map.of("found", new LinkedHashMap<>(check.counts(size))));
    return new Result(folder, check, size);
  }

  private static List<DatasetPhotoRow> photos(DatasetCheck check) {
    List<DatasetPhotoRow> rows = new ArrayList<>();
    for (CheckedPhoto p : check.photos()) {
      OptionalInt width = OptionalInt.of(p.size().width());
      OptionalInt height = OptionalInt.of(p.size().height());
      rows.add(row(p.photo(), width, height, p.sha256(), ""));
    }
    for (DatasetCheck.Unreadable u : check.unreadable()) {
      rows.add(row(u.photo(), OptionalInt.empty(), OptionalInt.empty(), "", u.why()));
    }
    return rows;
  }

  private static List<PhotoRingRow> rings(DatasetCheck check) {
    return PhotoRingRow.of(
        check.photos().stream()
            .map(p -> new PhotoRingRow.Seen(p.photo().label(), p.photo().split(), p.rings()))
            .toList());
  }

  private static DatasetPhotoRow row(
      ListedPhoto photo, OptionalInt width, OptionalInt height, String sha256, String problem) {
    return new DatasetPhotoRow(
        photo.file().toString(), photo.label(), photo.split(), width, height, sha256, problem);
  }

  private static List<DuplicateRow> duplicates(DatasetCheck check) {
    List<DuplicateRow> rows = new ArrayList<>();
    for (int i = 0; i < check.duplicates().size(); i++) {
      DuplicateGroup group = check.duplicates().get(i);
      CheckedPhoto first = group.photos().get(0);
      for (CheckedPhoto p : group.photos()) {
        double alike = p.hash().isFlat() ? 1 : first.hash().correlation(p.hash());
        rows.add(
            new DuplicateRow(
                i + 1,
                group.exact() ? "same file" : "same picture",
                p.photo().file().toString(),
                p.photo().label(),
                p.photo().split(),
                Text.of("%.4f", alike)));
      }
    }
    return rows;
  }

  public record DatasetCheck(
      List<CheckedPhoto> photos, List<Unreadable> unreadable, List<DuplicateGroup> duplicates) {
    private static final int CHUNK = 64;

    /** A file that is no picture, and why. */
    public record Unreadable(ListedPhoto photo, String why) {}

    /** What came of reading a photo: either list holds it. */
    private record Reading(List<CheckedPhoto> read, List<Unreadable> failed) {}

    public static DatasetCheck of(List<ListedPhoto> listed, JobContext context) {
      List<CheckedPhoto> photos = new ArrayList<>();
      List<Unreadable> unreadable = new ArrayList<>();
      try (Progress progress = context.progress("checking photos", listed.size())) {
        for (int from = 0; from < listed.size(); from += CHUNK) {
          int to = Math.min(listed.size(), from + CHUNK);
          for (Reading each : Crew.map(listed.subList(from, to), DatasetCheck::read)) {
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
            List.of(
                new CheckedPhoto(
                    photo, image.canvas(), hash, PerceptualHash.of(image), PhotoRings.of(image))),
            List.of());
      } catch (IOException e) {
        return new Reading(
            List.of(),
            List.of(new Unreadable(photo, FailureMessage.oneLine(FailureMessage.of(e)))));
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

  /** A row of {@code photos.csv}: a file of a dataset. */
  public record DatasetPhotoRow(
      String path,
      @Column(meaning = "target or not_target") Label label,
      @Column(meaning = "its split, such as train; empty without splits") String split,
      @Column(
              unit = "px",
              meaning =
                  "width in pixels; empty for an unreadable file, as are height and " + "sha256")
          OptionalInt width,
      @Column(unit = "px") OptionalInt height,
      String sha256,
      @Column(meaning = "why the file is unreadable; empty for a readable one") String problem) {
    public static final String FILE = "photos.csv";
    public static final Table<DatasetPhotoRow> TABLE = Table.of(DatasetPhotoRow.class, FILE);
  }

  /** A row of {@code duplicates.csv}: a photo of a group of duplicates. */
  public record DuplicateRow(
      @Column(meaning = "the group's number, from 1") int group,
      @Column(meaning = "same file or same picture") String kind,
      String path,
      @Column(meaning = "target or not_target") Label label,
      @Column(meaning = "its split; empty without splits") String split,
      @Column(
              meaning =
                  "correlation of its downsampled gray values with those of the group's "
                      + "first photo, with four decimals")
          String correlationWithFirst) {
    public static final String FILE = "duplicates.csv";
    public static final Table<DuplicateRow> TABLE = Table.of(DuplicateRow.class, FILE);
  }

  /**
   * A row of {@value #FILE}: how dark and how rich in contrast photos of a class are at one depth.
   * Such numbers may be kept and published where the photos may not.
   */
  public record PhotoRingRow(
      @Column(meaning = "target or not_target") Label label,
      @Column(meaning = "all, or the split or collection that the photos are of") String photosOf,
      @Column(meaning = "number of photos") int photos,
      @Column(meaning = "lower end of the zone's edge ranks; 0 is the border") double uFrom,
      @Column(meaning = "upper end; 1 is the centre") double uTo,
      @Column(meaning = "mean gray in the zone, 0 black to 1 white") double gray,
      @Column(meaning = "standard deviation of gray within the zone, mean over photos")
          double contrast,
      @Column(
              unit = "share",
              meaning =
                  "share of these photos that show something on plain white: at least 80 % of the"
                      + " border is lighter than 0.92, and the centre is darker than 0.85")
          double plainWhite) {
    public static final String FILE = "photo_rings.csv";
    public static final Table<PhotoRingRow> TABLE = Table.of(PhotoRingRow.class, FILE);

    private static final String ALL = "all";

    /**
     * A photo that was measured.
     *
     * @param of its split or collection; empty where it has none
     */
    record Seen(Label label, String of, PhotoRings rings) {}

    /** Rows of each class, of all its photos first, then of each split or collection by name. */
    static List<PhotoRingRow> of(List<Seen> photos) {
      List<PhotoRingRow> rows = new ArrayList<>();
      for (Label label : Label.values()) {
        Map<String, List<PhotoRings>> groups = new TreeMap<>();
        List<PhotoRings> all = new ArrayList<>();
        for (Seen photo : photos) {
          if (photo.label() == label) {
            all.add(photo.rings());
            groups.computeIfAbsent(photo.of(), of -> new ArrayList<>()).add(photo.rings());
          }
        }
        groups.remove("");
        Map<String, List<PhotoRings>> named = new LinkedHashMap<>();
        named.put(ALL, all);
        named.putAll(groups);
        named.forEach((of, rings) -> add(rows, label, of, rings));
      }
      return rows;
    }

    private static void add(
        List<PhotoRingRow> rows, Label label, String of, List<PhotoRings> photos) {
      for (int zone = 0; zone < PhotoRings.ZONES && !photos.isEmpty(); zone++) {
        int each = zone;
        rows.add(
            new PhotoRingRow(
                label,
                of,
                photos.size(),
                (double) zone / PhotoRings.ZONES,
                (zone + 1.0) / PhotoRings.ZONES,
                mean(photos, p -> p.gray()[each]),
                mean(photos, p -> p.contrast()[each]),
                mean(photos, p -> p.plainWhite() ? 1 : 0)));
      }
    }

    private static double mean(List<PhotoRings> photos, ToDoubleFunction<PhotoRings> value) {
      return photos.stream().mapToDouble(value).average().orElseThrow();
    }
  }

  /** A check of photos before a training. */
  public record DatasetConfig(
      @Option(label = "DIR|CSV", help = "The photos.") Path source,
      @Option(
              names = "--size",
              label = "N",
              defaultValue = "128",
              min = 1,
              help = "Photos with a shorter side below this are counted.")
          int size,
      @Option(
              names = "--class",
              label = "NAME",
              help =
                  "The class (default: cat): its folder has that name, and those of other photos"
                      + " are not_NAME or any others.")
          Optional<String> target) {
    public DatasetConfig {
      Options.check(DatasetConfig.class, source, size, target);
    }
  }
}
