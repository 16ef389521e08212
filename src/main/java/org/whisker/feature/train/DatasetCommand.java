package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.whisker.command.Command;
import org.whisker.command.CommandGroup;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.NewFolder;
import org.whisker.command.TextTable;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.dataset.DuplicateGroup.CheckedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.feature.train.DatasetJob.DatasetCheck;
import org.whisker.feature.train.DatasetJob.DatasetConfig;
import org.whisker.feature.train.DatasetJob.PhotoRingRow;
import org.whisker.io.Decimals;
import org.whisker.value.Text;

/** {@code whisker dataset}: photos, before a network sees them. */
@Command(
    name = "dataset",
    description = "Checks photos before training.",
    footer = {"", "Example:", "  whisker dataset check photos"})
public final class DatasetCommand extends CommandGroup {
  public DatasetCommand(Environment environment) {
    super(environment, List.of(new Member(Check::new, Order.HELP_FIRST)));
  }

  @Command(
      name = "check",
      description = {
        "Looks for duplicates (the same file, or the same picture re-encoded), also across splits"
            + " and classes, and for unreadable files; counts sizes and the balance of the"
            + " classes.",
        "Writes photos.csv, duplicates.csv and photo_rings.csv (how dark photos of each class are"
            + " from the border to the centre). Exit code 1 when a file cannot be read, or a"
            + " picture is labelled both cat and not_cat."
      },
      footer = {
        "",
        "A folder holds cat/ and not_cat/, or folders with both such as train/ and test/.",
        "A CSV has the columns path, label (cat or 0, not_cat or 1) and optionally split.",
        "With --class dog the folders are dog/ and not_dog/, or dog/ and any others, and",
        "labels are dog and not_dog.",
        "",
        "Examples:",
        "  whisker dataset check photos",
        "  whisker dataset check photos.csv --size 224 --out photo-check"
      })
  private static final class Check extends JobCommand<DatasetConfig, DatasetJob.Result> {
    Check(Environment environment) {
      super(environment, DatasetConfig.class, DatasetJob::new, Optional::of);
    }

    @Override
    protected Optional<String> helpOf(String option) {
      return option.equals(NewFolder.NAME) ? Optional.of(NewFolder.IN_ANALYSES) : Optional.empty();
    }

    @Override
    protected Document document(Path folder) throws IOException {
      return Document.of(
          folder,
          DatasetJob.DatasetPhotoRow.TABLE,
          DatasetJob.DuplicateRow.TABLE,
          PhotoRingRow.TABLE);
    }

    @Override
    protected int say(DatasetJob.Result result) {
      environment().out().print(new DatasetText(result.check()).of(result.size()));
      environment().out().println("written to " + result.folder());
      return result.check().isBad() ? ExitCode.FAILURE : ExitCode.OK;
    }
  }

  /** A dataset's check as text. */
  private record DatasetText(DatasetCheck check) {
    /** A table of the classes by split, the sizes, and a line for each finding. */
    String of(int size) {
      StringBuilder text = new StringBuilder(balance()).append('\n');
      if (!check.photos().isEmpty()) {
        text.append(sizes(size));
      }
      Map<String, Integer> counts = check.counts(size);
      text.append(
          Text.of(
              "duplicates: same file %d groups, same picture %d groups; photos too many: %d%n",
              counts.get("same_file"), counts.get("same_picture"), counts.get("surplus")));
      finding(text, counts, "across_splits", "what is tested on was trained on");
      finding(text, counts, "across_labels", "a picture is both cat and not: one label is wrong");
      finding(text, counts, "unreadable", "leave them out or mend them");
      check.unreadable().stream()
          .limit(3)
          .forEach(u -> text.append("  ").append(u.why()).append('\n'));
      return text.toString();
    }

    private static void finding(
        StringBuilder text, Map<String, Integer> counts, String key, String meaning) {
      int count = counts.getOrDefault(key, 0);
      if (count > 0) {
        text.append(Text.of("%s: %d; %s%n", key.replace('_', ' '), count, meaning));
      }
    }

    private String balance() {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("SPLIT", "CAT", "NOT CAT", "SHARE OF CATS", "UNREADABLE"));
      Set<String> splits = new LinkedHashSet<>();
      listed().forEach(photo -> splits.add(photo.split()));
      for (String split : splits) {
        long cats = count(split, Label.CAT);
        long others = count(split, Label.NOT_CAT);
        rows.add(
            List.of(
                split.isEmpty() ? "all" : split,
                Long.toString(cats),
                Long.toString(others),
                cats + others == 0 ? "-" : Decimals.percent((double) cats / (cats + others)),
                Long.toString(
                    check.unreadable().stream()
                        .filter(u -> u.photo().split().equals(split))
                        .count())));
      }
      return TextTable.of(rows);
    }

    private Stream<ListedPhoto> listed() {
      return Stream.concat(
          check.photos().stream().map(CheckedPhoto::photo),
          check.unreadable().stream().map(DatasetCheck.Unreadable::photo));
    }

    private long count(String split, Label label) {
      return check.photos().stream()
          .filter(p -> p.photo().split().equals(split) && p.photo().label() == label)
          .count();
    }

    private String sizes(int size) {
      return Text.of(
          "sizes: width %s, height %s; %d with a side below %d%n",
          spread(p -> p.size().width()), spread(p -> p.size().height()), check.below(size), size);
    }

    private String spread(ToIntFunction<CheckedPhoto> side) {
      int[] sorted = check.photos().stream().mapToInt(side).sorted().toArray();
      return Text.of(
          "%d to %d (median %d)", sorted[0], sorted[sorted.length - 1], sorted[sorted.length / 2]);
    }
  }
}
