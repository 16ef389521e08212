package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.whisker.dataset.CheckedPhoto;
import org.whisker.dataset.DatasetListing;
import org.whisker.dataset.DuplicateGroup;
import org.whisker.dataset.ListedPhoto;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.Provenance;

/** Looks for duplicates and unreadable files among photos. */
public final class DatasetJob {
  private final DatasetConfig config;
  private final JobContext context;

  public DatasetJob(DatasetConfig config, JobContext context) {
    this.config = config;
    this.context = context;
  }

  /**
   * What was found.
   *
   * @param folder that holds the tables
   */
  public record Result(Path folder, DatasetCheck check) {}

  /**
   * Reads all photos and writes {@code photos.csv} and {@code duplicates.csv}.
   *
   * @throws IOException when there are no photos
   */
  public Result run() throws IOException {
    List<ListedPhoto> listed = DatasetListing.of(config.source());
    Map<String, Object> content = Provenance.manifest("dataset check", context);
    content.put("source", config.source().toString());
    content.put("size", config.size());
    content.put("photos", listed.size());
    return JobFolder.hold(
        context,
        new JobFolder.Place.New(config.out(), context.asked().arguments()),
        new JobFolder.Job(context.home().analyses(), "dataset-check", content, config, List.of()),
        folder -> check(folder, listed));
  }

  private Result check(JobFolder job, List<ListedPhoto> listed) throws IOException {
    job.begin();
    Path folder = job.folder();
    DatasetCheck check = DatasetCheck.of(listed, context);
    DatasetPhotoRow.TABLE.write(folder.resolve(DatasetPhotoRow.FILE), photos(check));
    DuplicateRow.TABLE.write(folder.resolve(DuplicateRow.FILE), duplicates(check));
    job.finish(Map.of("found", new LinkedHashMap<>(check.counts(config.size()))));
    return new Result(folder, check);
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

  private static DatasetPhotoRow row(
      ListedPhoto photo, OptionalInt width, OptionalInt height, String sha256, String problem) {
    return new DatasetPhotoRow(
        photo.file().toString(),
        photo.label().folder(),
        photo.split(),
        width,
        height,
        sha256,
        problem);
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
                p.photo().label().folder(),
                p.photo().split(),
                String.format(Locale.ROOT, "%.4f", alike)));
      }
    }
    return rows;
  }
}
