package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.command.TextTable;

/** What was imported, and what it makes of two pictures, as text. */
final class ImportText {
  private ImportText() {}

  static String of(ImportResult imported) {
    ModelCard card = imported.card();
    String photo = imported.pictures().get(1).picture();
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("input", input(card) + ", " + card.preprocessing()));
    table.add(List.of("output", card.output().label()));
    imported
        .gradient()
        .ifPresent(
            norm ->
                table.add(
                    List.of("gradient", String.format(Locale.ROOT, "L2 %.4g at %s", norm, photo))));
    return TextTable.of(table)
        + "\n"
        + seen(imported.pictures())
        + "\nimported as %s; try: whisker score --model %1$s IMAGE\n".formatted(card.name());
  }

  private static String seen(List<ImportResult.Seen> pictures) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("PICTURE", "OUTPUT (HIGHEST)", "LOGIT OF NOT-CAT", "P(CAT)"));
    for (ImportResult.Seen seen : pictures) {
      table.add(
          List.of(
              seen.picture(),
              seen.outputs(),
              String.format(Locale.ROOT, "%.4f", seen.logit()),
              String.format(Locale.ROOT, "%.4g", Classifier.catProbability(seen.logit()))));
    }
    return TextTable.of(table);
  }

  private static String input(ModelCard card) {
    ModelCard.Input in = card.input();
    return in.channels() + "x" + in.height() + "x" + in.width();
  }
}
