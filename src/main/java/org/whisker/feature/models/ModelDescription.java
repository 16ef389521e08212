package org.whisker.feature.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.Networks;
import org.whisker.command.JsonOption;
import org.whisker.command.TextTable;
import org.whisker.feature.train.EvaluationTables.EvaluationRow;
import org.whisker.feature.train.TrainArguments;
import org.whisker.feature.train.TrainArguments.TeachingRecord;
import org.whisker.feature.train.TrainArguments.TuningRecord;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;
import org.whisker.network.Network;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** A model's card, and what its network says of itself, as lines of text. */
final class ModelDescription {
  private final List<FactRow> facts = new ArrayList<>();
  private final List<FactRow> stages = new ArrayList<>();

  private ModelDescription() {}

  /**
   * What is known of a model.
   *
   * @param evaluated what was measured since
   */
  static ModelDescription of(ModelCard card, List<Kept> evaluated) {
    ModelDescription description = new ModelDescription();
    Architecture architecture = card.architecture();
    description.add("name", card.name());
    description.add(
        "architecture", architecture == null ? "a TorchScript module" : text(architecture));
    description.card(card);
    if (!card.isModule()) {
      Network network = Networks.of(card);
      description.network(network);
      description.stages(network);
    }
    description.file(card);
    description.training(card.training());
    description.made(card);
    description.figures(card.figures(), evaluated.isEmpty());
    evaluated.forEach(description::evaluation);
    return description;
  }

  String text() {
    if (stages.isEmpty()) {
      return words(facts);
    }
    List<FactRow> below = new ArrayList<>(List.of(new FactRow("STAGE", "SHAPE")));
    below.addAll(stages);
    return words(facts) + "\n" + words(below);
  }

  private static String words(List<FactRow> rows) {
    return TextTable.of(rows.stream().map(row -> List.of(row.item(), row.value())).toList());
  }

  JsonOption.Document document() {
    return new JsonOption.Document()
        .table("model", FactRow.TABLE, facts)
        .table("stages", FactRow.TABLE, stages);
  }

  private void add(String key, Object value) {
    facts.add(new FactRow(key, value.toString()));
  }

  private void card(ModelCard card) {
    ModelCard.Input input = card.input();
    add("input", input.width() + "x" + input.height() + ", channels " + input.channels());
    add("preprocessing", card.preprocessing().of(card.planes()));
    add("output", card.output().label());
    add("padding", card.paddingLabel());
  }

  private void network(Network network) {
    add("parameters", Text.of("%,d", network.trainedSize()));
    add("multiply-adds", Text.of("%,d an image", network.multiplyAdds()));
  }

  private void file(ModelCard card) {
    String dtype = card.isModule() ? "" : ", " + card.weights().dtype();
    add("weights", card.weights().file() + dtype);
    add("sha256", card.weights().sha256());
    add("created", card.created() + ", whisker " + card.whiskerVersion());
  }

  private static String text(Architecture a) {
    Network layers = a.layers();
    if (layers != null) {
      return Text.of("%d layers of %s", layers.nodes().size() - 1, layers.name());
    }
    String size = a.kind().label() + ", width " + a.width() + ", dropout " + a.dropout();
    if (a.kind() == Architecture.Kind.INCEPTION_RESNET_V2) {
      return size + ", repeats " + a.repeats();
    }
    String norm = a.batchNorm() ? ", batch norm" : ", no batch norm";
    String head = a.headWidth() + " units on " + a.pooledSize() + "x" + a.pooledSize();
    return size + norm + ", head " + (a.headWidth() == 0 ? "pooled globally" : head);
  }

  private void training(@Nullable TrainingRecord training) {
    if (training == null) {
      add("training", "elsewhere");
      return;
    }
    add("trained on", training.data() + (training.researchOnly() ? " (research only)" : ""));
    add("photos", training.photos());
    add("epochs", training.epochs() + ", seed " + training.seed());
    add("options", training.options());
  }

  /** Adds the command that makes the model again. */
  private void made(ModelCard card) {
    TrainArguments.of(card)
        .ifPresent(words -> add("made by", "whisker train " + String.join(" ", words)));
    TrainingRecord training = card.training();
    if (training != null) {
      String base = training.options().get(TuningRecord.KEY);
      if (base != null) {
        add("from", base + ", weights " + training.options().get(TuningRecord.SHA256));
      }
      String teacher = training.options().get(TeachingRecord.KEY);
      if (teacher != null) {
        add("taught by", teacher + ", weights " + training.options().get(TeachingRecord.SHA256));
      }
    }
  }

  private void evaluation(Kept kept) {
    EvaluationRow row = kept.row();
    add(
        "evaluated",
        Decimals.percent(row.accuracy())
            + between(row.accuracyEnds())
            + ", ROC AUC "
            + Decimals.fixed(row.rocAuc(), 4)
            + ", photos "
            + row.photos()
            + " of "
            + kept.data());
    add("", kept.created().replaceFirst("T.*", "") + ", " + kept.folder());
  }

  private static String between(EvaluationRow.@Nullable Ends ends) {
    return ends == null
        ? ""
        : " (%s to %s)".formatted(Decimals.percent(ends.ciLow()), Decimals.percent(ends.ciHigh()));
  }

  private void figures(@Nullable Figures figures, boolean nothingElse) {
    if (figures == null) {
      if (nothingElse) {
        add("test", "not evaluated");
      }
      return;
    }
    String recalls =
        ", of cats "
            + Decimals.percent(figures.recallCat())
            + ", of others "
            + Decimals.percent(figures.recallNotCat());
    add(
        "test accuracy",
        Decimals.percent(figures.accuracy()) + recalls + ", photos " + figures.photos());
    add("ROC AUC", Text.of("%.4f", figures.rocAuc()));
    for (Map.Entry<String, Double> origin : figures.accuracyByOrigin().entrySet()) {
      add("  " + origin.getKey(), Decimals.percent(origin.getValue()));
    }
    add("p(target) of white", Text.of("%.4f", figures.whiteCatProbability()));
  }

  private void stages(Network network) {
    stages.add(new FactRow("input", network.input().toString()));
    network.stages().entrySet().stream()
        .sorted(Comparator.comparingInt((Map.Entry<String, Integer> stage) -> stage.getValue()))
        .forEach(
            stage ->
                stages.add(
                    new FactRow(
                        stage.getKey(), network.nodes().get(stage.getValue()).shape().toString())));
  }

  /** A fact that is known of a model or a machine, in words. */
  record FactRow(String item, String value) {
    public static final Table<FactRow> TABLE = Table.of(FactRow.class);
  }

  /**
   * An evaluation.
   *
   * @param data name of the photos
   * @param created when, in ISO 8601
   */
  record Kept(Path folder, String data, String created, EvaluationRow row) {}

  /**
   * What {@code evaluate} found of a model's very weights, in the folder of analyses.
   *
   * <p>The latest evaluation of these weights on each set of photos, the newest first. Folders that
   * can't be read are left out.
   *
   * @param analyses may be missing
   */
  static List<Kept> keptEvaluations(Path analyses, ModelCard card) throws IOException {
    List<Kept> all = new ArrayList<>();
    if (Files.isDirectory(analyses)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(analyses)) {
        folders.forEach(folder -> read(folder, card).ifPresent(all::add));
      }
    }
    all.sort(Comparator.comparing(Kept::created).thenComparing(Kept::folder).reversed());
    Map<String, Kept> latest = new LinkedHashMap<>();
    all.forEach(each -> latest.putIfAbsent(each.data(), each));
    return List.copyOf(latest.values());
  }

  private static Optional<Kept> read(Path folder, ModelCard card) {
    Path table = folder.resolve(EvaluationRow.FILE);
    if (!Manifest.isIn(folder)) {
      return Optional.empty();
    }
    try {
      JsonNode json = Manifest.read(folder);
      boolean own =
          json.path("command").asText().equals("evaluate")
              && json.at("/model/sha256").asText().equals(card.weights().sha256());
      return own && EvaluationRow.TABLE.isIn(table)
          ? EvaluationRow.TABLE.read(table).stream().findFirst().map(row -> kept(folder, json, row))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // of another tool or version, or damaged
    }
  }

  private static Kept kept(Path folder, JsonNode json, EvaluationRow row) {
    return new Kept(folder, json.path("data").asText(), json.path("created").asText(), row);
  }
}
