package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.classifier.ClassNames;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.PublishedModel;
import org.whisker.feature.models.ImportResult.FirstLook;
import org.whisker.image.Raster;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.Layouts;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;

/**
 * Makes a model of a {@link ImportRequest}, tries it on pure white and on a photo, and saves it.
 * What can't be used leaves nothing behind.
 */
final class ImportJob {
  private static final int COLOURS = 3;

  /** Classes; some networks have more, for background or more kinds of things. */
  private static final int IMAGENET = 1000;

  private static final int TENSORFLOW = 1001; // with a background class before ImageNet's

  private final ImportRequest request;
  private final JobContext context;

  public ImportJob(ImportRequest request, JobContext context) {
    this.request = request;
    this.context = context;
  }

  /**
   * Imports the model.
   *
   * @throws InvalidRequestException when its name is taken, or the request doesn't fit the file
   * @throws IOException when the file can't be used
   */
  public ImportResult run() throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    requireFree(context, request.name());
    ImportResult imported =
        FolderSession.making(
            context.home().models().resolve(request.name()),
            () -> {
              requireFree(context, request.name());
              return imported(store);
            });
    List<String> notes = new ArrayList<>(imported.notes());
    notes.addAll(aboutColour(imported.card()));
    return new ImportResult(imported.card(), imported.pictures(), imported.gradient(), notes);
  }

  private ImportResult imported(ModelStore store) throws IOException {
    Optional<PublishedModel> architecture = request.architecture();
    if (architecture.isEmpty() && isOnnx(request.file())) {
      return new OnnxImport(request, context).run(store);
    }
    return architecture.isEmpty()
        ? new ModuleImport(request, context).run(store)
        : new WeightsImport(request, architecture.get(), context).run(store);
  }

  /** What people who have a network of colour photos may not expect. */
  private static List<String> aboutColour(ModelCard card) {
    List<String> notes = new ArrayList<>();
    if (card.input().channels() > 1) {
      notes.add(
          String.format(
              Locale.ROOT,
              card.planes() > 1
                  ? "it is shown photos in colour, and a gray picture the same in all of its %d"
                      + " channels"
                  : "it is shown every photo in gray, the same in all of its %d channels",
              card.input().channels()));
    }
    if (card.input().channels() == COLOURS
        && List.of(IMAGENET, TENSORFLOW).contains(card.output().size())
        && card.preprocessing().isIdentity()) {
      notes.add(
          Text.of(
                  "networks of ImageNet's %d classes mostly need --mean 0.485,0.456,0.406",
                  card.output().size())
              + " --std 0.229,0.224,0.225; without them it sees values of 0 to 1");
    }
    return notes;
  }

  /** Tells an ONNX file by its name; a TorchScript module is an archive, which begins with PK. */
  private static boolean isOnnx(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  /** Refuses a name that is taken: an import never replaces a model. */
  static void requireFree(JobContext context, String name) throws IOException {
    Path models = context.home().models();
    boolean there = InvalidRequestException.check(() -> new ModelStore(models).contains(name));
    if (there) {
      FolderSession.made(models.resolve(name));
    }
    InvalidRequestException.refuse(
        there,
        "--name " + name + ": there is a model of that name; take another, or delete its folder");
  }

  /** Makes a model of a published network's weights. */
  record WeightsImport(ImportRequest request, PublishedModel published, JobContext context) {
    ImportResult run(ModelStore store) throws IOException {
      Safetensors source = Safetensors.open(request.file());
      ModelCard card = card(source);
      Raster photo = ImportRequest.testPicture(request.photo(), card.input());
      Network network = Networks.of(card);
      Weights fitted = Layouts.fit(source, network.parameters());
      ClassNames names = request.names("", card.output().size());
      List<ImportResult.Seen> seen = new FirstLook(request, names).at(card, fitted, photo);
      ModelCard saved = store.create(card, fitted, DType.F32, names);
      return new ImportResult(saved, seen, OptionalDouble.empty(), notes(card));
    }

    /** TensorFlow's weights run in PyTorch's network, too, and give other logits. */
    private List<String> notes(ModelCard card) {
      boolean other = published.equals(PublishedModel.MOBILENET_V2);
      return other && card.output().size() == TENSORFLOW
          ? List.of(
              Text.of(
                  "%d classes are TensorFlow's; its padding and normalisation are those of --arch"
                      + " %s",
                  TENSORFLOW, PublishedModel.TF_MOBILENET_V2.label()))
          : List.of();
    }

    private ModelCard card(Weights source) throws IOException {
      PublishedModel.Found found = published.found(source);
      ModelCard.Input input = request.input().orElse(found.input());
      return new ModelCard(
          request.name(),
          found.architecture(),
          input,
          request.preprocessing(published.preprocessing(input.channels()), input.channels()),
          output(found),
          Padding.ZERO,
          null,
          null,
          WeightsFile.UNSAVED,
          context.clock().instant(),
          Provenance.whiskerVersion());
    }

    private Output output(PublishedModel.Found found) throws IOException {
      boolean single = found.outputs() == 1;
      Output.Form form = single ? Output.Form.LOGIT : Output.Form.LOGITS;
      List<Integer> usual = single ? Output.NOT_CAT_LOGIT.cat() : found.catClasses();
      Output output =
          request.asked(
              InvalidRequestException.check(
                  () -> new Output(form, found.outputs(), request.cat(usual, single))),
              request.names("", found.outputs()));
      InvalidRequestException.refuse(
          output.isAboutCat(),
          "with --arch a single output is the logit of not being "
              + (output.target() + "; name class 0"));
      return output;
    }
  }
}
