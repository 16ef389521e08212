package org.whisker.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.TextTable;
import org.whisker.torch.ModuleCheck;

/** What was imported, and what it sees. */
record ImportSummary(Environment environment, String photoName) {
  /** One picture and what the model makes of it. */
  record Row(String picture, String outputs, float logit) {}

  void print(ModelCard card, ModuleCheck check) {
    print(
        card,
        List.of(
            new Row("white", check.white().top(), check.white().logit()),
            new Row(photoName, check.photo().top(), check.photo().logit())),
        check.gradient());
  }

  void print(ModelCard card, List<Row> rows, OptionalDouble gradient) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("input", input(card) + ", " + card.preprocessing()));
    table.add(List.of("output", card.output().label()));
    gradient.ifPresent(
        norm ->
            table.add(
                List.of("gradient", String.format(Locale.ROOT, "L2 %.4g at %s", norm, photoName))));
    environment.out().print(TextTable.of(table));
    environment.out().println();
    environment.out().print(seen(rows));
    environment
        .out()
        .printf("%nimported as %s; try: whisker score --model %1$s IMAGE%n", card.name());
  }

  private static String seen(List<Row> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("PICTURE", "OUTPUT (HIGHEST)", "LOGIT OF NOT-CAT", "P(CAT)"));
    for (Row row : rows) {
      table.add(
          List.of(
              row.picture(),
              row.outputs(),
              String.format(Locale.ROOT, "%.4f", row.logit()),
              String.format(Locale.ROOT, "%.4g", Classifier.catProbability(row.logit()))));
    }
    return TextTable.of(table);
  }

  private static String input(ModelCard card) {
    ModelCard.Input in = card.input();
    return in.channels() + "x" + in.height() + "x" + in.width();
  }
}
