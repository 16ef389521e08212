package org.whisker.classifier;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.whisker.classifier.ModelCard.SafeName;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.io.AtomicFiles;
import org.whisker.io.CloseName;
import org.whisker.io.InputFile;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;
import org.whisker.weights.WholeFile;

/**
 * Models on disk: {@code ROOT/NAME/model.json} beside its weights file.
 *
 * <p>Where a model is asked for, a plain name means a folder under the root, and anything with a
 * separator the path of a model's folder. All failures throw an {@link IOException} with a one-line
 * message; an invalid name throws an {@link IllegalArgumentException}.
 */
public final class ModelStore {
  private static final String CARD = "model.json";

  /** The file beside the models that names the modules whose code is trusted. */
  public static final String TRUSTED = ".trusted-modules";

  private static final long MOST_BYTES = 16L << 20;

  /** Names of files that are imported. */
  private static final Pattern FILES =
      Pattern.compile("\\.(?:onnx|pt|pth|safetensors)$", Pattern.CASE_INSENSITIVE);

  private final Path root;

  public ModelStore(Path root) {
    this.root = root;
  }

  /** The names of the models under the root, sorted; none when there is no such folder. */
  public List<String> list() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(CARD)))
          .map(folder -> String.valueOf(folder.getFileName()))
          .filter(SafeName::valid)
          .sorted()
          .toList();
    }
  }

  /** What to do where there is no model. */
  public String mendOfNone() {
    return "get one with whisker models fetch, models import or train, or set WHISKER_HOME to the"
        + " folder that has your "
        + root.getFileName();
  }

  /**
   * Deletes a model under the root: its card, weights and names of classes; a file that is none of
   * these stays, with its folder.
   *
   * @return whether the folder is gone
   */
  public boolean delete(String name) throws IOException {
    Path folder = folder(SafeName.check(name));
    // without its card it is no model, however far the rest goes
    String weights = readCard(folder).weights().file();
    for (String file : List.of(CARD, weights, ClassNames.FILE)) {
      Files.deleteIfExists(folder.resolve(file));
    }
    try (Stream<Path> left = Files.list(folder)) {
      if (left.findAny().isPresent()) {
        return false;
      }
    }
    Files.delete(folder);
    return true;
  }

  /**
   * Gives a model under the root another name, which must be free.
   *
   * @throws IOException also when there is something of that name
   */
  public void rename(String name, String other) throws IOException {
    Path folder = folder(SafeName.check(name));
    ModelCard card = readCard(folder).named(other);
    Path to = root.resolve(other);
    if (Files.exists(to)) {
      throw new IOException(to + " is there already; take another name, or delete that one");
    }
    Files.move(folder, to, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.write(to.resolve(CARD), ModelCardJson.write(card));
  }

  /** Whether there is a model of that name under the root. */
  public boolean contains(String name) {
    return Files.isRegularFile(root.resolve(SafeName.check(name)).resolve(CARD));
  }

  public ModelCard card(String nameOrPath) throws IOException {
    Asked asked = asked(nameOrPath);
    return asked.card(readCard(asked.folder));
  }

  /**
   * A model's folder, and what it is asked for.
   *
   * @param target a class, see {@link ClassNames#target}; empty for that of its card
   */
  private record Asked(Path folder, String target) {
    ModelCard card(ModelCard own) throws IOException {
      return target.isEmpty() ? own : asking(own);
    }

    /** A class that a model doesn't have is missing as a model is. */
    private ModelCard asking(ModelCard own) throws IOException {
      Output output = own.output();
      if (output.form() != Output.Form.LOGITS) {
        throw new IOException(
            own.name()
                + " has one output, about "
                + output.target()
                + "; another class can't be asked for");
      }
      try {
        return own.asking(ClassNames.of(folder).target(output, target));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "no class " + target + " in " + own.name() + ": " + e.getMessage(), e);
      }
    }
  }

  /** Splits off {@code @CLASS}, which may ask for another class behind a name or path. */
  private Asked asked(String nameOrPath) throws IOException {
    int at = nameOrPath.lastIndexOf('@');
    boolean asks = at > 0 && nameOrPath.indexOf('/', at) < 0 && nameOrPath.indexOf('\\', at) < 0;
    return asks
        ? new Asked(folder(nameOrPath.substring(0, at)), nameOrPath.substring(at + 1))
        : new Asked(folder(nameOrPath), "");
  }

  /**
   * Opens a model after checking its weights file against the hash on its card; the weights are
   * memory-mapped. The operators of a TorchScript module are checked too ({@link ModuleOperators}),
   * unless it is trusted.
   *
   * @param nameOrPath behind which {@code @CLASS} may ask for another class than the card
   */
  public StoredModel open(String nameOrPath) throws IOException {
    Asked asked = asked(nameOrPath);
    Path folder = asked.folder;
    ModelCard card = asked.card(readCard(folder));
    String sha256 = verify(folder, card);
    if (card.isModule() && !trusted().lines().toList().contains(sha256)) {
      ModuleOperators.check(weightsFile(folder, card));
    }
    Weights weights =
        card.isModule() ? Weights.of(Map.of()) : Safetensors.open(weightsFile(folder, card));
    return new StoredModel(card, folder, weights);
  }

  /**
   * Saves a model under its card's name, replacing an existing one; other files in its folder are
   * kept. Both files are complete before either is put in place.
   *
   * @return the card as saved, with the weights' name, dtype and hash
   */
  public ModelCard save(ModelCard card, Weights weights, DType dtype) throws IOException {
    return save(card, weights, Storage.all(dtype));
  }

  /**
   * Saves a model like {@link #save(ModelCard, Weights, DType)}, with tensors of several dtypes.
   */
  public ModelCard save(ModelCard card, Weights weights, Storage storage) throws IOException {
    return ModelSaving.save(root, CARD, card, storage.dtype(), ModelSaving.body(weights, storage));
  }

  /**
   * Saves a model under its card's name, which must be free: of two that are saved at a time, the
   * first wins.
   *
   * @param names of its classes, which come with it
   * @throws IOException also when there is a model of that name
   */
  public ModelCard create(ModelCard card, Weights weights, DType dtype, ClassNames names)
      throws IOException {
    ModelSaving.Body body = ModelSaving.body(weights, Storage.all(dtype));
    return ModelSaving.create(root, CARD, card, dtype, body.with(names));
  }

  /**
   * Saves a TorchScript module under its card's name, as {@link #create(ModelCard, Weights, DType,
   * ClassNames)} does.
   *
   * @param module the file to copy
   */
  public ModelCard create(ModelCard card, Path module, ClassNames names) throws IOException {
    ModelSaving.Body body = file -> Files.copy(module, file);
    return ModelSaving.create(root, CARD, card, card.weights().dtype(), body.with(names));
  }

  /**
   * Trusts a TorchScript module's code from now on. This is kept beside the models' folders, so
   * that a folder that somebody else made can't claim it.
   */
  public void trust(String sha256) throws IOException {
    String known = trusted();
    if (!known.lines().toList().contains(sha256)) {
      String cut = known.isEmpty() || known.endsWith("\n") ? "" : "\n"; // an ended process's line
      AtomicFiles.append(root.resolve(TRUSTED), cut + sha256 + "\n");
    }
  }

  private String trusted() throws IOException {
    Path file = root.resolve(TRUSTED);
    return Files.exists(file) ? InputFile.text(file, MOST_BYTES) : "";
  }

  private Path folder(String nameOrPath) throws IOException {
    boolean path = nameOrPath.contains("/") || nameOrPath.contains("\\");
    Path folder = path ? Path.of(nameOrPath) : root.resolve(SafeName.check(nameOrPath));
    if (!Files.isRegularFile(folder.resolve(CARD))) {
      InputFile.requireOpen(folder);
      if (FILES.matcher(nameOrPath).find()) {
        if (!Files.exists(Path.of(nameOrPath))) {
          throw new IOException("there is no file " + nameOrPath);
        }
        throw new IOException(
            nameOrPath + " is a file, not a model yet; first: whisker models import " + nameOrPath);
      }
      List<String> names = list();
      String mend =
          names.isEmpty()
              ? "there is none under " + root + "; " + mendOfNone()
              : "there are " + String.join(", ", names);
      String hint = path ? "" : CloseName.hint(nameOrPath, names);
      throw new IOException("no model at " + folder + hint + "; " + mend);
    }
    return folder;
  }

  private static ModelCard readCard(Path folder) throws IOException {
    Path file = folder.resolve(CARD);
    String json;
    try {
      json = InputFile.text(file, MOST_BYTES);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage() + "; restore it", e);
    }
    try {
      return ModelCardJson.read(json);
    } catch (IOException e) {
      throw new IOException(file + " is damaged: " + e.getMessage() + "; restore it", e);
    }
  }

  private static String verify(Path folder, ModelCard card) throws IOException {
    Path file = weightsFile(folder, card);
    if (!card.weights().saved()) {
      throw new IOException(
          folder.resolve(CARD) + " has no sha256 for its weights; train the model again");
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing; restore it or train the model again");
    }
    String hash = Sha256.of(file);
    if (!hash.equals(card.weights().sha256())) {
      throw new IOException(
          Text.of(
              "%s is not the file that %s describes: its SHA-256 is %s, not %s;"
                  + " restore it or train the model again",
              file, CARD, Sha256.abbreviate(hash), Sha256.abbreviate(card.weights().sha256())));
    }
    return hash;
  }

  private static Path weightsFile(Path folder, ModelCard card) {
    return folder.resolve(card.weights().file());
  }

  /** Saves a model to disk: built in a hidden folder, then moved into place. */
  static final class ModelSaving {
    /** Metadata that other readers of safetensors ask for. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private ModelSaving() {}

    /** Writes the weights file of a card. */
    interface Body {
      void writeTo(Path file) throws IOException;

      /** Also writes the names of classes, beside it. */
      default Body with(ClassNames names) {
        return file -> {
          writeTo(file);
          names.write(file.resolveSibling(""));
        };
      }
    }

    /** Puts both files in their place. */
    private interface Placing {
      void move(Path folder, Path part, String file, String card) throws IOException;
    }

    static Body body(Weights weights, Storage storage) {
      return file -> Safetensors.write(file, weights, METADATA, storage);
    }

    /** Replaces a model of that name. */
    static ModelCard save(Path root, String cardName, ModelCard card, DType dtype, Body body)
        throws IOException {
      return save(root, cardName, card, dtype, body, ModelSaving::replace);
    }

    /** Saves a model unless there is one of that name: of several at a time the first wins. */
    static ModelCard create(Path root, String cardName, ModelCard card, DType dtype, Body body)
        throws IOException {
      return save(root, cardName, card, dtype, body, ModelSaving::create);
    }

    private static ModelCard save(
        Path root, String cardName, ModelCard card, DType dtype, Body body, Placing placing)
        throws IOException {
      Path folder = root.resolve(card.name());
      Path part = WholeFile.partOf(folder);
      String fileName = card.weights().file();
      List<String> files = List.of(fileName, cardName, ClassNames.FILE);
      Files.createDirectories(part);
      try {
        Path file = part.resolve(fileName);
        body.writeTo(file);
        ModelCard saved = card.withWeights(new WeightsFile(fileName, dtype, Sha256.of(file)));
        AtomicFiles.write(part.resolve(cardName), ModelCardJson.write(saved));
        placing.move(folder, part, fileName, cardName);
        return saved;
      } catch (IOException e) {
        throw named(folder, part, e);
      } finally {
        discard(part, files);
      }
    }

    /** Names the file as it will be, not the hidden one that is written. */
    private static IOException named(Path folder, Path part, IOException e) {
      String hidden = part.toString();
      String message = String.valueOf(e.getMessage());
      if (!message.contains(hidden)) {
        return e;
      }
      if (e instanceof FileSystemException of) {
        String file = String.valueOf(of.getOtherFile() == null ? of.getFile() : of.getOtherFile());
        return AtomicFiles.inOneLine(Path.of(file.replace(hidden, folder.toString())), e);
      }
      return new IOException(message.replace(hidden, folder.toString()), e);
    }

    /**
     * A new model appears in one step. When an old one is replaced, the two files are renamed one
     * after the other; an interruption between them leaves a hash mismatch, which loading detects.
     */
    private static void replace(Path folder, Path part, String file, String card)
        throws IOException {
      if (!Files.exists(folder)) {
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      for (String each : List.of(file, card)) {
        AtomicFiles.rename(part.resolve(each), folder.resolve(each));
      }
    }

    /**
     * Puts a new model in place. In a folder that holds something else the card comes before the
     * weights, which only one can put there.
     */
    private static void create(Path folder, Path part, String file, String card)
        throws IOException {
      if (!Files.exists(folder)) {
        try {
          Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
          return;
        } catch (FileSystemException e) {
          if (!Files.exists(folder)) {
            throw e;
          }
        }
      }
      if (Files.exists(part.resolve(ClassNames.FILE)) && !Files.exists(folder.resolve(card))) {
        AtomicFiles.rename(part.resolve(ClassNames.FILE), folder.resolve(ClassNames.FILE));
      }
      if (!AtomicFiles.create(folder.resolve(card), InputFile.bytes(part.resolve(card)))) {
        throw new IOException(
            folder + " has become a model meanwhile; take another name, or delete that folder");
      }
      AtomicFiles.rename(part.resolve(file), folder.resolve(file));
    }

    private static void discard(Path part, List<String> files) throws IOException {
      for (String file : files) {
        Files.deleteIfExists(part.resolve(file));
      }
      Files.deleteIfExists(part);
    }
  }
}
