package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.ablation.result.NetworkTables.TrainedRow;
import org.whisker.classifier.ModelCard;
import org.whisker.feature.train.ModelTraining.EpochRow;
import org.whisker.io.InputFile;
import org.whisker.io.JsonFile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Networks that tasks have trained, beside the results: a folder each in {@value #FOLDER}/, a model
 * like any other. Its weights are named by their hash and come first, its card comes last and
 * decides: there is a whole model or none, and the first one stays.
 */
public final class TrainedNetworks {
  /** The folder of all networks of a sweep. */
  static final String FOLDER = "networks";

  private static final String CARD = "model.json";
  private static final int DIGITS = 12;

  private final ResultStore store;

  TrainedNetworks(ResultStore store) {
    this.store = store;
  }

  /** The card of a network that is whole. */
  Optional<JsonNode> find(String name) throws IOException {
    String place = place(name, CARD);
    return store.has(place)
        ? Optional.of(new ObjectMapper().readTree(store.read(place)))
        : Optional.empty();
  }

  /**
   * Keeps a model, unless there is one of its name.
   *
   * @param model its folder
   * @param writer unlike every other
   * @return its card, as it would be kept
   */
  JsonNode keep(Path model, ModelCard card, String writer) throws IOException {
    String sha256 = card.weights().sha256();
    String file = "weights-" + sha256.substring(0, DIGITS) + ".safetensors";
    ObjectNode own = (ObjectNode) JsonFile.read(model.resolve(CARD));
    own.withObject("/weights").put("file", file);
    create(card.name(), file, model.resolve(card.weights().file()), writer);
    create(card.name(), EpochRow.FILE, model.resolve(EpochRow.FILE), writer);
    byte[] text = JsonFile.text(own).getBytes(StandardCharsets.UTF_8);
    store.create(place(card.name(), CARD), text, writer);
    return own;
  }

  private void create(String name, String file, Path from, String writer) throws IOException {
    if (!store.has(place(name, file))) {
      store.create(place(name, file), InputFile.bytes(from), writer);
    }
  }

  private static String place(String name, String file) {
    return FOLDER + "/" + name + "/" + file;
  }

  /** A row of {@value #FILE}: a network that a sweep has trained. */
  public record SweptNetworkRow(
      @Column(meaning = "the configuration, see OptionRow") String group,
      String key,
      @Column(meaning = "options that the spec gives, as name=value, separated by spaces")
          String options,
      @Column(meaning = "its folder and figures") TrainedRow trained) {
    public static final String FILE = "networks.csv";
    public static final Table<SweptNetworkRow> TABLE = Table.of(SweptNetworkRow.class, FILE);
  }
}
